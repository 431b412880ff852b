import type { Consent } from '@capi/core'
import { type Html, html } from '../html.ts'
import { type PixelEvent, type PixelOptions, pixelMarkup } from '../pixel.ts'
import { consentBanner, consentSwitch } from './consent-banner.ts'

/** What a page function returns: the part between header and footer. */
export interface View {
  readonly title: string
  readonly body: Html
  readonly pixelEvents?: readonly PixelEvent[]
}

export interface Frame {
  readonly cartCount: number
  readonly pixel: PixelOptions
  readonly consent: Consent
  /** Of this page, to come back to. */
  readonly path: string
  readonly isLoggedIn: boolean
}

export function layout(view: View, frame: Frame): string {
  const { cartCount, pixel, consent, path, isLoggedIn } = frame
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${view.title} · Kobalt</title>
    <link rel="icon" href="/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/shop.css">
    <link rel="stylesheet" href="/goods.css">
    <link rel="stylesheet" href="/order.css">
    <link rel="stylesheet" href="/visit.css">
    ${consent === 'granted' && pixelMarkup(pixel, view.pixelEvents ?? [])}
  </head>
  <body>
    <a class="skip" href="#main">Skip to content</a>
    ${consentBanner(consent, path)}
    <header class="bar">
      <a class="wordmark" href="/">Kobalt</a>
      <nav class="bar-links" aria-label="Yours">
        <a class="cart-link" href="/account">${isLoggedIn ? 'Account' : 'Log in'}</a>
        <a class="cart-link" href="/cart">Cart ${cartBadge(cartCount)}</a>
      </nav>
    </header>
    <main id="main">${view.body}</main>
    <footer class="foot">
      <p>A demonstration shop. Nothing is sold, charged or shipped.</p>
      ${destination(pixel)}
      ${consentSwitch(consent, path)}
    </footer>
  </body>
</html>
`.markup
}

function cartBadge(count: number): Html {
  if (count === 0) return html`<span class="visually-hidden">(empty)</span>`
  const noun = count === 1 ? 'piece' : 'pieces'
  return html`<span class="badge">${count}<span class="visually-hidden"> ${noun}</span></span>`
}

function destination({ pixelId, pixelUrl }: PixelOptions): Html {
  if (pixelUrl !== undefined) {
    return html`<p><a href="${pixelUrl}">See the events arrive in the emulator</a></p>`
  }
  return pixelId === undefined
    ? html`<p>No Pixel is set up.</p>`
    : html`<p>Events go to Meta, Pixel ${pixelId}.</p>`
}
