import { totalEur } from '../cart.ts'
import { type Html, html } from '../html.ts'
import type { Order } from '../orders.ts'
import type { PixelEvent, PixelOptions } from '../pixel.ts'
import { formatEuros } from '../products.ts'
import { summaryLine } from './checkout-page.ts'
import type { View } from './layout.ts'

/** @param pixel empty unless the visitor allows it now */
export function thankYouPage(order: Order, purchase: PixelEvent, pixel: PixelOptions): View {
  const [firstName] = order.customer.name.split(/\s+/)
  // Bought under a no, or before an answer: a yes that comes later does not reach back.
  const isReported = order.consent === 'granted'
  const body = html`
    <section class="thanks">
      <h1>Thank you, ${firstName}.</h1>
      <p class="lead">Your order ${order.id} is in. If this were a real shop, a confirmation would
        now be on its way to ${order.customer.email}.</p>
      <div class="summary">
        <h2>Your order</h2>
        <ul>${order.lines.map(summaryLine)}</ul>
        <p class="total"><span>Total</span> <span class="price">${formatEuros(totalEur(order.lines))}</span></p>
      </div>
      ${isReported ? whatWasSent(purchase, pixel) : nothingWasSent(pixel)}
      <p><a href="/">Back to the shop</a></p>
    </section>`
  return { title: 'Thank you', body, pixelEvents: isReported ? [purchase] : [] }
}

function whatWasSent(purchase: PixelEvent, { pixelId, pixelUrl }: PixelOptions): Html {
  if (pixelId === undefined) return html``
  return html`
    <aside class="sent" aria-labelledby="sent-title">
      <h2 id="sent-title">What was sent</h2>
      <p>One purchase, reported twice. Both copies carry the same event id, so it is counted once.</p>
      <dl>
        <div><dt>Event id</dt><dd><code>${purchase.event_id}</code></dd></div>
        <div><dt>From the server</dt><dd>${purchase.event_name}, with the e-mail and phone hashed</dd></div>
        <div><dt>From the browser</dt><dd>${purchase.event_name}, without either</dd></div>
      </dl>
      ${
        pixelUrl !== undefined &&
        html`<p><a href="${pairAddress(pixelUrl, purchase.event_id)}">Watch both arrive in the emulator</a></p>`
      }
    </aside>`
}

function nothingWasSent({ pixelId }: PixelOptions): Html {
  if (pixelId === undefined) return html``
  return html`
    <aside class="sent" aria-labelledby="sent-title">
      <h2 id="sent-title">What was sent</h2>
      <p>Nothing. You bought this before you allowed it, so neither the server nor this page reports
        it. What you do from now on is reported.</p>
    </aside>`
}

/** This pair on the emulator's page, which waits for the half that is still under way. */
function pairAddress(emulatorUrl: string, eventId: string): string {
  return `${emulatorUrl.replace(/\/+$/, '')}/#/pairs?${new URLSearchParams({ event_id: eventId }).toString()}`
}
