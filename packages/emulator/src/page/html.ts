/** The page without its events; `client-main.ts` fills it in. */
export const PAGE_HTML: string = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>CAPI emulator</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%233452c7'/%3E%3Cpath d='M4 8h3l1.5-3 2 6 1.5-3' fill='none' stroke='%23fff' stroke-width='1.5' stroke-linecap='round' stroke-linejoin='round'/%3E%3C/svg%3E">
<link rel="stylesheet" href="/__capi/page.css">
<script type="module" src="/__capi/page.js"></script>
</head>
<body>
<header class="bar">
  <h1>CAPI emulator</h1>
  <p class="live" role="status" data-state="waiting"><span class="dot" aria-hidden="true"></span><span id="live">Connecting</span></p>
  <p class="count"><span id="count">0</span> <span id="count-unit">events</span></p>
  <button id="clear" class="button" type="button" disabled>Clear</button>
</header>

<main>
  <noscript><p class="note">This page shows events with JavaScript. Without it, read <a href="/__capi/events">/__capi/events</a>.</p></noscript>

  <section id="empty" class="empty" aria-labelledby="empty-title" hidden>
    <h2 id="empty-title">Waiting for the first event</h2>
    <p class="lead">Events appear here the moment they arrive. Nothing leaves this machine.</p>
    <ol class="steps">
      <li>
        <div class="step"><h3>Point your app here</h3><button class="button" type="button" data-copy="env">Copy</button></div>
        <pre tabindex="0" aria-label="Environment line" id="env"></pre>
      </li>
      <li>
        <div class="step"><h3>Or send a Purchase from a terminal</h3><button class="button" type="button" data-copy="curl">Copy</button></div>
        <pre tabindex="0" aria-label="Server event with curl" id="curl"></pre>
      </li>
      <li>
        <div class="step"><h3>Then report it from the browser too, to see the pair</h3><button class="button" type="button" data-copy="pixel">Copy</button></div>
        <pre tabindex="0" aria-label="Browser event with curl" id="pixel"></pre>
      </li>
    </ol>
  </section>

  <section id="events" aria-label="Events, newest first" hidden>
    <div class="columns" aria-hidden="true"><span>Time</span><span>Event</span><span>Source</span><span>Status</span><span>Event ID</span><span class="end">Value</span><span>Customer information</span></div>
    <ol id="list" class="list"></ol>
  </section>
</main>
</body>
</html>
`
