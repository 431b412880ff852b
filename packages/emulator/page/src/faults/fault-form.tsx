import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { FaultRule } from '../../../src/faults/fault-rule.ts'
import { buildFault, FAULT_TYPES, type FaultDraft, type FaultType } from '../model/build-fault.ts'
import { Choice, Field } from '../ui/field.tsx'

const EMPTY: FaultDraft = {
  type: 'error',
  status: '500',
  code: '2',
  subcode: '',
  isTransient: true,
  ms: '1500',
  received: '0',
  event_name: '',
  pixel_id: '',
  percent: '100',
  times: '',
}

/** A fault of one's own. */
export function FaultForm({ onAdd }: { readonly onAdd: (rule: FaultRule) => void }): JSX.Element {
  const [draft, setDraft] = useState(EMPTY)
  const set = (key: Exclude<keyof FaultDraft, 'isTransient' | 'type'>) => (value: string) =>
    setDraft({ ...draft, [key]: value })
  const { type } = draft
  const hasStatus = type === 'error' || type === 'html'
  return (
    <section class="block">
      <h3>Or one of your own</h3>
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          onAdd(buildFault(draft))
        }}
      >
        <div class="form-grid">
          <Choice
            label="What happens"
            value={type}
            options={Object.entries(FAULT_TYPES).map(([value, title]) => ({ value, title }))}
            onChange={(value) => setDraft({ ...draft, type: value as FaultType })}
          />
          {hasStatus && (
            <Field
              label="HTTP status"
              type="number"
              value={draft.status}
              onChange={set('status')}
            />
          )}
          {type === 'error' && (
            <>
              <Field label="Meta’s code" type="number" value={draft.code} onChange={set('code')} />
              <Field
                label="Subcode"
                type="number"
                value={draft.subcode}
                onChange={set('subcode')}
                placeholder="none"
              />
            </>
          )}
          {type === 'latency' && (
            <Field label="Milliseconds" type="number" value={draft.ms} onChange={set('ms')} />
          )}
          {type === 'received' && (
            <Field
              label="Events counted"
              type="number"
              value={draft.received}
              onChange={set('received')}
            />
          )}
          <Field
            label="Only for event"
            value={draft.event_name}
            placeholder="any"
            onChange={set('event_name')}
          />
          <Field
            label="Only for dataset"
            value={draft.pixel_id}
            placeholder="any"
            onChange={set('pixel_id')}
          />
          <Field
            label="Percent of calls"
            type="number"
            value={draft.percent}
            onChange={set('percent')}
          />
          <Field
            label="How many times"
            type="number"
            value={draft.times}
            placeholder="until ended"
            onChange={set('times')}
          />
        </div>
        {type === 'error' && (
          <label class="check">
            <input
              type="checkbox"
              checked={draft.isTransient}
              onChange={(event) => setDraft({ ...draft, isTransient: event.currentTarget.checked })}
            />
            Said to be transient
          </label>
        )}
        <p>
          <button type="submit" class="button">
            Add this fault
          </button>
        </p>
      </form>
    </section>
  )
}
