import { html } from '../html.ts'
import type { View } from './layout.ts'

export function notFoundPage(): View {
  const body = html`
    <section class="narrow">
      <h1>Not on this shelf</h1>
      <p class="lead">We only make three things, and this is not one of them.</p>
      <p><a class="button" href="/">See the three pieces</a></p>
    </section>`
  return { title: 'Not found', body }
}
