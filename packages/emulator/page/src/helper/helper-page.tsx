import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { Core } from '../core/load-core.ts'
import { buildBody, type Draft, newDraft, prepareCustomer } from '../model/payload-draft.ts'
import { openResend } from '../state/resend.ts'
import { Code } from '../ui/code.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { HelperForm } from './helper-form.tsx'

/** Stays when the tab changes. */
const draft = signal<Draft>(newDraft(Date.now(), navigator.userAgent))

/** The values on one side, the payload on the other: for the clipboard, or to send. */
export function HelperPage({ core }: { readonly core: Core }): JSX.Element {
  const prepared = prepareCustomer(draft.value.customer, core)
  const body = buildBody(draft.value, prepared, Date.now())
  const text = JSON.stringify(body, null, 2)
  return (
    <div class="scroll">
      <div class="page helper">
        <section aria-label="Values">
          <div class="block-head">
            <h2>Payload Helper</h2>
          </div>
          <HelperForm
            draft={draft.value}
            prepared={prepared}
            onChange={(next) => {
              draft.value = next
            }}
          />
        </section>
        <section class="helper-output" aria-label="Result">
          <div class="button-row send-row">
            <button
              type="button"
              class="button primary"
              onClick={() => openResend({ pixelId: draft.value.pixelId, body })}
            >
              Edit and send
            </button>
            <CopyButton label="JSON" what="Copy as JSON" text={() => text} />
          </div>
          <Code label="Payload">{text}</Code>
        </section>
      </div>
    </div>
  )
}
