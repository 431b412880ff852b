import { type Html, html } from '../html.ts'
import { formatEuros, type Product, products } from '../products.ts'
import type { View } from './layout.ts'

export function homePage(): View {
  const body = html`
    <section class="hero">
      <h1>Three pots.<br>One blue.</h1>
      <p>A workshop of two, on the coast. We throw three shapes in pale stoneware and glaze them
        in a single cobalt, mixed by hand for every firing.</p>
    </section>
    <ul class="shelf">${products.map(card)}</ul>`
  return { title: 'Stoneware in one blue', body }
}

function card(product: Product): Html {
  return html`
    <li class="card">
      <a href="/products/${product.id}">
        <span class="panel">${product.drawing}</span>
        <span class="card-line">
          <span class="card-name">${product.name}</span>
          <span class="price">${formatEuros(product.priceEur)}</span>
        </span>
      </a>
    </li>`
}
