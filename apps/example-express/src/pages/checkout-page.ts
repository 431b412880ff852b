import { type CartLine, totalEur } from '../cart.ts'
import type { Customer, CustomerErrors } from '../customer.ts'
import { type Html, html } from '../html.ts'
import type { PixelEvent } from '../pixel.ts'
import { formatEuros } from '../products.ts'
import type { View } from './layout.ts'

/** A number from the range that Germany's regulator keeps free for fiction. */
export const demoCustomer: Customer = {
  name: 'Anna Keller',
  email: 'anna.keller@example.com',
  phone: '+49 30 23125 042',
}

export interface CheckoutForm {
  readonly entered: Customer
  readonly errors?: CustomerErrors
  readonly pixelEvents?: readonly PixelEvent[]
}

export function checkoutPage(lines: readonly CartLine[], form: CheckoutForm): View {
  const { entered, errors = {}, pixelEvents = [] } = form
  const total = formatEuros(totalEur(lines))
  const body = html`
    <section class="checkout">
      <form class="fields" method="post" action="/checkout">
        <h1>Checkout</h1>
        ${field({ name: 'name', label: 'Name', type: 'text', autocomplete: 'name' }, entered, errors)}
        ${field({ name: 'email', label: 'E-mail', type: 'email', autocomplete: 'email' }, entered, errors)}
        ${field({ name: 'phone', label: 'Phone', type: 'tel', autocomplete: 'tel' }, entered, errors)}
        <button class="button" type="submit">Buy for ${total}</button>
        <p class="fine">No card is asked for: this is a demonstration.</p>
      </form>
      <aside class="summary" aria-labelledby="summary-title">
        <h2 id="summary-title">Your order</h2>
        <ul>${lines.map(summaryLine)}</ul>
        <p class="total"><span>Total</span> <span class="price">${total}</span></p>
      </aside>
    </section>`
  return { title: 'Checkout', body, pixelEvents }
}

export function summaryLine({ product, quantity }: CartLine): Html {
  return html`
    <li>
      <span>${quantity} × ${product.name}</span>
      <span class="price">${formatEuros(product.priceEur * quantity)}</span>
    </li>`
}

interface Field {
  readonly name: keyof Customer
  readonly label: string
  readonly type: 'text' | 'email' | 'tel'
  readonly autocomplete: string
}

function field(input: Field, entered: Customer, errors: CustomerErrors): Html {
  const { name, label, type, autocomplete } = input
  const error = errors[name]
  return html`
    <div class="field">
      <label for="${name}">${label}</label>
      <input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}"
        value="${entered[name]}" maxlength="200" required${
          error !== undefined && html` aria-invalid="true" aria-describedby="${name}-error"`
        }>
      ${error !== undefined && html`<p class="error" id="${name}-error">${error}</p>`}
    </div>`
}
