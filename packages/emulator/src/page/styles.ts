/** The look of the page. Text keeps at least 4.5:1 against its ground in both schemes. */
export const PAGE_STYLES: string = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f7f7f5, #121315);
  --surface: light-dark(#ffffff, #191b1e);
  --raised: light-dark(#f2f2ef, #212428);
  --line: light-dark(#e4e4df, #2b2e33);
  --text: light-dark(#1b1d20, #e9e9e6);
  --quiet: light-dark(#5c6068, #9ba0a8);
  --accent: light-dark(#3452c7, #93a9ff);
  --good: light-dark(#1b6e42, #6fcf97);
  --bad: light-dark(#b02a2a, #ff8f87);
  --bad-ground: light-dark(#fdf1f0, #2b1a1a);
  --server: light-dark(#5a3fb0, #bba6ff);
  --server-ground: light-dark(#f0ecfb, #2a2440);
  --browser: light-dark(#0f6471, #6fd0de);
  --browser-ground: light-dark(#e4f4f6, #14313a);
  --mono: ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
  --grid: 6.5rem minmax(8rem, 1.1fr) 5.5rem 11.5rem minmax(8rem, 1.2fr) 7.5rem minmax(9rem, 1.6fr);
}

* { box-sizing: border-box; }
[hidden] { display: none !important; }

body {
  margin: 0;
  background: var(--ground);
  color: var(--text);
  font: 0.875rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  -webkit-font-smoothing: antialiased;
}

h1, h2, h3, p, ol, dl, dd, pre { margin: 0; padding: 0; }
ol { list-style: none; }
pre, code, time, .id { font-family: var(--mono); font-size: 0.8125rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

.button {
  padding: 0.25rem 0.75rem;
  border: 1px solid var(--line);
  border-radius: 6px;
  background: var(--surface);
  color: var(--text);
  font: inherit;
  cursor: pointer;
}
.button:hover:enabled { border-color: var(--quiet); }
.button:disabled { color: var(--quiet); cursor: default; }

.bar {
  position: sticky;
  top: 0;
  z-index: 1;
  display: flex;
  align-items: center;
  gap: 1rem;
  padding: 0.625rem 1.25rem;
  border-bottom: 1px solid var(--line);
  background: var(--surface);
}
h1 { font-size: 0.9375rem; font-weight: 650; letter-spacing: -0.01em; }
.live { display: flex; align-items: center; gap: 0.4rem; color: var(--quiet); }
.dot { width: 0.5rem; height: 0.5rem; border-radius: 50%; background: var(--quiet); }
.live[data-state="open"] .dot { background: var(--good); }
.live[data-state="lost"] { color: var(--bad); }
.live[data-state="lost"] .dot { background: var(--bad); }
.count { margin-inline-start: auto; color: var(--quiet); font-variant-numeric: tabular-nums; }

.note { padding: 2rem 1.25rem; }

.empty { width: min(46rem, 100%); margin: 0 auto; padding: clamp(2rem, 9vh, 6rem) 1.25rem 3rem; }
.empty h2 { font-size: 1.5rem; font-weight: 620; letter-spacing: -0.02em; line-height: 1.2; }
.lead { margin-top: 0.5rem; color: var(--quiet); font-size: 1rem; }
.steps { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.75rem; margin-top: 2.25rem; }
.step { display: flex; align-items: center; justify-content: space-between; gap: 1rem; margin-bottom: 0.5rem; }
.step h3 { font-size: 0.875rem; font-weight: 600; }
.step .button { font-size: 0.8125rem; }
.steps pre {
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  padding: 0.75rem 0.875rem;
  border: 1px solid var(--line);
  border-radius: 8px;
  background: var(--surface);
  line-height: 1.6;
}

.columns, .row { display: grid; grid-template-columns: var(--grid); column-gap: 1rem; align-items: baseline; }
.columns {
  padding: 0.6rem 1.25rem 0.4rem;
  border-bottom: 1px solid var(--line);
  color: var(--quiet);
  font-size: 0.75rem;
}
.end { text-align: end; }

.list > li { border-bottom: 1px solid var(--line); background: var(--surface); }
.row {
  width: 100%;
  padding: 0.5rem 1.25rem;
  border: 0;
  background: none;
  color: inherit;
  font: inherit;
  text-align: start;
  cursor: pointer;
}
.row:hover, .row[aria-expanded="true"] { background: var(--raised); }
.row:focus-visible { outline-offset: -2px; }
.row > * { min-width: 0; }
.row time { color: var(--quiet); white-space: nowrap; }
.name { font-weight: 600; overflow-wrap: anywhere; }
.name[data-missing], .none { color: var(--quiet); font-weight: 400; }
.id { color: var(--quiet); overflow-wrap: anywhere; }
.value { text-align: end; font-variant-numeric: tabular-nums; }
.value small { color: var(--quiet); font-size: 0.75rem; }
.status[data-status="processed"] { color: var(--good); }
.status[data-status="rejected"] { color: var(--bad); font-weight: 550; }

.chip { display: inline-block; padding: 0 0.45rem; border-radius: 5px; font-size: 0.75rem; line-height: 1.3rem; white-space: nowrap; }
.chip.server { background: var(--server-ground); color: var(--server); }
.chip.browser { background: var(--browser-ground); color: var(--browser); }
.chip.pair { margin-inline-start: 0.5rem; box-shadow: inset 0 0 0 1px currentColor; color: var(--accent); font-weight: 500; }
.keys { display: flex; flex-wrap: wrap; gap: 0.25rem; }
.key { padding: 0 0.35rem; border-radius: 4px; background: var(--raised); color: var(--text); font: 0.6875rem/1.25rem var(--mono); }
.row:hover .key, .row[aria-expanded="true"] .key { background: var(--line); }

.detail { display: grid; gap: 1rem; padding: 1rem 1.25rem 1.5rem; border-top: 1px solid var(--line); background: var(--ground); }
.fault { padding: 0.75rem 1rem; border-inline-start: 3px solid var(--bad); border-radius: 0 6px 6px 0; background: var(--bad-ground); }
.fault h3 { color: var(--bad); font-size: 0.9375rem; font-weight: 620; }
.fault p { margin-top: 0.25rem; overflow-wrap: anywhere; }
.fault code { color: var(--text); }
.facts { display: flex; flex-wrap: wrap; gap: 0.5rem 2rem; }
.facts dt { color: var(--quiet); font-size: 0.75rem; }
.facts dd { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.json { overflow-x: auto; padding: 0.875rem 1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--surface); line-height: 1.55; }
.json .j-key { color: var(--accent); }
.json .j-text { color: var(--good); }
.json .j-other { color: var(--server); }

@media (max-width: 60rem) {
  .columns { display: none; }
  .row { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.25rem 0.75rem; padding-block: 0.7rem; }
  .row .name { order: -1; flex: 1 1 60%; }
  .row time { order: -1; }
  .row .value { margin-inline-start: auto; }
  .row .id, .row .keys { order: 1; flex: 1 0 100%; }
  .row .none { display: none; }
}

@media (max-width: 30rem) {
  .bar { gap: 0.75rem; padding-inline: 1rem; }
  .row, .detail { padding-inline: 1rem; }
}
`
