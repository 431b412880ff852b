import { html } from '../html.ts'
import type { View } from './layout.ts'

export interface AccountForm {
  readonly email?: string | undefined
  readonly error?: string | undefined
}

export function loginPage({ email = 'anna.keller@example.com', error }: AccountForm = {}): View {
  const body = html`
    <section class="narrow">
      <h1>Log in</h1>
      <p class="lead">No password: this is a demonstration. From here on, events name you by a hash of
        your address.</p>
      <form class="fields" method="post" action="/account">
        <div class="field">
          <label for="email">E-mail</label>
          <input id="email" name="email" type="email" autocomplete="email" maxlength="200" required
            value="${email}"${error !== undefined && html` aria-invalid="true" aria-describedby="email-error"`}>
          ${error !== undefined && html`<p class="error" id="email-error">${error}</p>`}
        </div>
        <button class="button" type="submit">Log in</button>
      </form>
    </section>`
  return { title: 'Log in', body }
}

export function accountPage(email: string): View {
  const body = html`
    <section class="narrow">
      <h1>Your account</h1>
      <p class="lead">You are logged in as ${email}.</p>
      <form method="post" action="/logout"><button class="button" type="submit">Log out</button></form>
    </section>`
  return { title: 'Your account', body }
}
