import { totalEur } from '../cart.ts'
import { type Html, html } from '../html.ts'
import type { Order } from '../orders.ts'
import type { PixelEvent, PixelOptions } from '../pixel.ts'
import { formatEuros } from '../products.ts'
import { summaryLine } from './checkout-page.ts'
import type { View } from './layout.ts'

export function thankYouPage(order: Order, purchase: PixelEvent, pixel: PixelOptions): View {
  const [firstName] = order.customer.name.split(/\s+/)
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
      ${whatWasSent(purchase, pixel)}
      <p><a href="/">Back to the shop</a></p>
    </section>`
  return { title: 'Thank you', body, pixelEvents: [purchase] }
}

function whatWasSent(purchase: PixelEvent, { pixelId, pixelUrl }: PixelOptions): Html {
  if (pixelId === undefined) return html``
  return html`
    <aside class="sent" aria-labelledby="sent-title">
      <h2 id="sent-title">What was sent</h2>
      <p>One purchase, told twice. Both copies carry the same event id, so it is counted once.</p>
      <dl>
        <div><dt>Event id</dt><dd><code>${purchase.event_id}</code></dd></div>
        <div><dt>From the server</dt><dd>${purchase.event_name}, with the e-mail and phone hashed</dd></div>
        <div><dt>From the browser</dt><dd>${purchase.event_name}, without either</dd></div>
      </dl>
      ${pixelUrl !== undefined && html`<p><a href="${pixelUrl}">Watch both arrive in the emulator</a></p>`}
    </aside>`
}
