import type { Consent } from '@capi/core'
import { type Html, html } from '../html.ts'

/**
 * Asks once; both answers are as easy to give. It stands in the flow of the page, above its content:
 * laid over the page, it would cover a button on some screen.
 */
export function consentBanner(consent: Consent, path: string): Html {
  if (consent !== 'pending') return html``
  return html`
    <form class="consent" method="post" action="/consent" aria-labelledby="consent-title">
      <div class="consent-inner">
        <p><strong id="consent-title">May we tell Meta what you look at and buy?</strong>
          It shows us which advertisements bring people here. Nothing is sent before you answer.</p>
        <input type="hidden" name="back" value="${path}">
        <p class="choices">
          <button class="button" name="choice" value="granted">Allow</button>
          <button class="button" name="choice" value="denied">Do not allow</button>
        </p>
      </div>
    </form>`
}

/** In the foot of every page, to change one's mind. */
export function consentSwitch(consent: Consent, path: string): Html {
  if (consent === 'pending') return html``
  const [says, choice, offer] =
    consent === 'denied'
      ? ['Your visit is not shared with Meta.', 'granted', 'Allow it']
      : ['Your visit is shared with Meta.', 'denied', 'Stop that']
  return html`
    <form class="consent-switch" method="post" action="/consent">
      ${says} <input type="hidden" name="back" value="${path}">
      <button name="choice" value="${choice}">${offer}</button>
    </form>`
}
