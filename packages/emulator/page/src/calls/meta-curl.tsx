import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import type { RecordedCall } from '../../../src/store/recorded-call.ts'
import { curlForMeta } from '../model/call-request.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Field } from '../ui/field.tsx'

interface MetaCurlProps {
  readonly call: RecordedCall
  readonly events: readonly CapturedEvent[]
}

/** The same events for Meta itself, as a test: without a code they would count. */
export function MetaCurl({ call, events }: MetaCurlProps): JSX.Element {
  const [code, setCode] = useState(events[0]?.test_event_code ?? '')
  const testCode = code.trim()
  return (
    <section class="block">
      <h3>Send to Meta as a test</h3>
      <p class="quiet">
        The test code stands in Events Manager under Test events. The command reads the token from{' '}
        <code>$META_CAPI_ACCESS_TOKEN</code>.
      </p>
      <div class="form clock">
        <Field label="Test code" value={code} placeholder="TEST12345" onChange={setCode} />
        {testCode === '' ? (
          <button type="button" class="button" disabled>
            curl for Meta
          </button>
        ) : (
          <CopyButton label="curl for Meta" text={() => curlForMeta(call, events, testCode)} />
        )}
      </div>
    </section>
  )
}
