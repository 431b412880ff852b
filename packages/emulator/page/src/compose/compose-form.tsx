import type { JSX } from 'preact'
import { STANDARD_EVENTS } from '../../../src/analysis/standard-events.ts'
import {
  ACTION_SOURCES,
  type Draft,
  FORM_KEYS,
  type PreparedValue,
} from '../model/compose-draft.ts'
import { Choice, Field } from '../ui/field.tsx'

interface ComposeFormProps {
  readonly draft: Draft
  readonly prepared: readonly PreparedValue[]
  readonly onChange: (draft: Draft) => void
}

export function ComposeForm({ draft, prepared, onChange }: ComposeFormProps): JSX.Element {
  const set = (key: Exclude<keyof Draft, 'customer'>) => (value: string) =>
    onChange({ ...draft, [key]: value })
  return (
    <div class="form">
      <div class="form-grid">
        <Field
          label="Event name"
          value={draft.event_name}
          onChange={set('event_name')}
          suggestions={STANDARD_EVENTS}
        />
        <Field label="Event ID" value={draft.event_id} onChange={set('event_id')} />
        <Field label="Value" value={draft.value} onChange={set('value')} />
        <Field label="Currency" value={draft.currency} onChange={set('currency')} />
        <Choice
          label="Action source"
          value={draft.action_source}
          options={ACTION_SOURCES.map((value) => ({ value, title: value }))}
          onChange={set('action_source')}
        />
        <Field label="Page" value={draft.event_source_url} onChange={set('event_source_url')} />
        <Field label="Dataset" value={draft.pixelId} onChange={set('pixelId')} />
        <Field
          label="Test code"
          value={draft.test_event_code}
          placeholder="TEST12345"
          onChange={set('test_event_code')}
        />
      </div>
      <h3>Customer information</h3>
      <p class="quiet">
        Type it raw: it is prepared and hashed in this page. These are the plain steps;{' '}
        <code>@capi/core</code> applies the full rules.
      </p>
      {FORM_KEYS.map(({ key, label, sample }) => (
        <Field
          key={key}
          label={label}
          value={draft.customer[key] ?? ''}
          placeholder={sample}
          onChange={(value) =>
            onChange({ ...draft, customer: { ...draft.customer, [key]: value } })
          }
        >
          <Steps
            raw={draft.customer[key] ?? ''}
            value={prepared.find((entry) => entry.key === key)}
          />
        </Field>
      ))}
    </div>
  )
}

interface StepsProps {
  readonly raw: string
  readonly value: PreparedValue | undefined
}

/** What becomes of a value on its way. */
function Steps({ raw, value }: StepsProps): JSX.Element | null {
  if (!value?.hash) return null
  return (
    <span class="prepared mono">
      {value.normalised === raw ? 'unchanged' : value.normalised} → SHA-256{' '}
      <span title={value.hash}>{value.hash.slice(0, 16)}…</span>
    </span>
  )
}
