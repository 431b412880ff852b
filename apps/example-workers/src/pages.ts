import { html, raw } from 'hono/html'
import { PRODUCTS, type Product, saleOf } from './products.ts'

/** What a page's tracker needs to know. */
interface PagePixel {
  readonly pixelId: string
  readonly pixelUrl: string | undefined
  /** The id under which the server tracks this page's view. */
  readonly pageViewId: string
}

/** A page with its tracker: `watch` reports the view under the server's id, `after` is the page's own script. */
function layout(title: string, { pageViewId, ...options }: PagePixel, body: unknown, after = '') {
  return html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>${title} · Kobalt</title>
      <style>
        body {
          font: 1.1rem/1.5 system-ui;
          max-width: 34rem;
          margin: 3rem auto;
          padding: 0 1rem;
        }
      </style>
      <h1>${title}</h1>
      ${body}
      <script src="/events/c.js"></script>
      <script>
        const tracker = capi.createTracker(${json(options)})
        tracker.watch({ pageViewId: ${json(pageViewId)} })
        ${raw(after)}
      </script>
    </html>`
}

export function shopPage(pixel: PagePixel) {
  const items = PRODUCTS.map(
    ({ id, name, priceEur }) =>
      html`<li><a href="/products/${id}">${name}</a>, €${priceEur.toFixed(2)}</li>`,
  )
  return layout('Stoneware', pixel, html`<ul>${items}</ul>`)
}

export function productPage(product: Product, pixel: PagePixel) {
  const { id, name, priceEur } = product
  const form = html`<p>€${priceEur.toFixed(2)}</p>
    <p><button id="cart">Add to cart</button></p>
    <form method="post" action="/checkout">
      <input type="hidden" name="product" value="${id}" />
      <label>E-mail <input name="email" type="email" required value="anna.muster@example.com" /></label>
      <button>Buy</button>
    </form>`
  const addToCart = `document.getElementById('cart').onclick = () =>
          tracker.track('AddToCart', ${JSON.stringify(saleOf(product))})`
  return layout(name, pixel, form, addToCart)
}

/** The server tracked the Purchase: the page repeats it to the Pixel alone, under the same id. */
export function orderPage(product: Product, event_id: string, pixel: PagePixel) {
  const event = JSON.stringify({ event_id, endpoint: false })
  const purchase = `tracker.track('Purchase', ${JSON.stringify(saleOf(product))}, ${event})`
  return layout('Thank you', pixel, html`<p>Your ${product.name} is on its way.</p>`, purchase)
}

/** As a script's literal; `<` would end the script. */
const json = (value: unknown) =>
  raw((JSON.stringify(value) ?? 'undefined').replaceAll('<', '\\u003c'))
