import { type CartLine, MAX_QUANTITY, totalEur } from '../cart.ts'
import { type Html, html } from '../html.ts'
import type { PixelEvent } from '../pixel.ts'
import { formatEuros } from '../products.ts'
import type { View } from './layout.ts'

export function cartPage(lines: readonly CartLine[], pixelEvents: readonly PixelEvent[]): View {
  return { title: 'Cart', body: lines.length === 0 ? emptyCart() : fullCart(lines), pixelEvents }
}

function emptyCart(): Html {
  return html`
    <section class="narrow">
      <h1>Your cart is empty</h1>
      <p class="lead">There are three things to choose from, so this will not take long.</p>
      <p><a class="button" href="/">See the three pieces</a></p>
    </section>`
}

function fullCart(lines: readonly CartLine[]): Html {
  return html`
    <section class="narrow">
      <h1>Your cart</h1>
      <ul class="lines">${lines.map(cartLine)}</ul>
      <p class="total"><span>Total</span> <span class="price">${formatEuros(totalEur(lines))}</span></p>
      <p class="fine">Shipping is on us. VAT is included.</p>
      <p class="actions">
        <a class="button" href="/checkout">Check out</a>
        <a href="/">Keep looking</a>
      </p>
    </section>`
}

function cartLine({ product, quantity }: CartLine): Html {
  return html`
    <li class="line">
      <a class="panel panel-small" href="/products/${product.id}" aria-hidden="true" tabindex="-1">${product.drawing}</a>
      <div class="line-text">
        <a class="line-name" href="/products/${product.id}">${product.name}</a>
        <form class="stepper" method="post" action="/cart/${product.id}">
          <button name="quantity" value="${quantity - 1}" aria-label="One ${product.name} less">−</button>
          <span class="quantity"><span class="visually-hidden">Quantity: </span>${quantity}</span>
          <button name="quantity" value="${quantity + 1}" aria-label="One ${product.name} more"${
            quantity >= MAX_QUANTITY && html` disabled`
          }>+</button>
          <button class="remove" name="quantity" value="0">Remove<span class="visually-hidden"> ${product.name}</span></button>
        </form>
      </div>
      <p class="price">${formatEuros(product.priceEur * quantity)}</p>
    </li>`
}
