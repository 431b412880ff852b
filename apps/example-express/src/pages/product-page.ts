import { html } from '../html.ts'
import type { PixelEvent } from '../pixel.ts'
import { formatEuros, type Product } from '../products.ts'
import type { View } from './layout.ts'

export function productPage(product: Product, viewContent: PixelEvent): View {
  const body = html`
    <article class="product">
      <div class="panel panel-large">${product.drawing}</div>
      <div class="product-text">
        <p class="crumb"><a href="/">All pieces</a></p>
        <h1>${product.name}</h1>
        <p class="price price-large">${formatEuros(product.priceEur)}</p>
        <p class="lead">${product.description}</p>
        <form method="post" action="/cart">
          <input type="hidden" name="product" value="${product.id}">
          <button class="button" type="submit">Add to cart</button>
        </form>
        <button class="save" type="button" data-save="${JSON.stringify(viewContent.custom_data)}">Save for later</button>
        <script src="/save.js" defer></script>
        <ul class="notes">
          <li>Thrown and glazed by hand</li>
          <li>Dishwasher and oven safe</li>
          <li>Ships in recycled paper, within three days</li>
        </ul>
      </div>
    </article>`
  return { title: product.name, body, pixelEvents: [viewContent] }
}
