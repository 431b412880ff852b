import type { JSX } from 'preact'
import { STANDARD_EVENTS } from '../../../src/analysis/standard-events.ts'
import { customerLabel } from '../model/customer-findings.ts'
import {
  ACTION_SOURCES,
  type Draft,
  HASHED_KEYS,
  PLAIN_KEYS,
  type PreparedValue,
} from '../model/payload-draft.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Choice, Field } from '../ui/field.tsx'

interface HelperFormProps {
  readonly draft: Draft
  readonly prepared: Readonly<Record<string, PreparedValue>>
  readonly onChange: (draft: Draft) => void
}

export function HelperForm({ draft, prepared, onChange }: HelperFormProps): JSX.Element {
  const set = (key: Exclude<keyof Draft, 'customer'>) => (value: string) =>
    onChange({ ...draft, [key]: value })
  const customerField = (key: string, sample: string) => (
    <Field
      label={`${customerLabel(key) ?? key}, ${key}`}
      value={draft.customer[key] ?? ''}
      placeholder={sample}
      onChange={(value) => onChange({ ...draft, customer: { ...draft.customer, [key]: value } })}
    />
  )
  return (
    <div class="form">
      <h3>Customer information to hash</h3>
      <p class="quiet">
        Type it raw: it is hashed in this page, as <code>@capi/core</code> prepares it, and stays
        here.
      </p>
      {Object.entries(HASHED_KEYS).map(([key, sample]) => (
        <div key={key}>
          {customerField(key, sample)}
          <Prepared name={key} value={prepared[key]} />
        </div>
      ))}
      <h3>Sent as it is</h3>
      {Object.entries(PLAIN_KEYS).map(([key, sample]) => (
        <div key={key}>{customerField(key, sample)}</div>
      ))}
      <h3>Event</h3>
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
    </div>
  )
}

interface PreparedProps {
  readonly name: string
  readonly value: PreparedValue | undefined
}

/** What becomes of a value: the text that is hashed, and its hash. */
function Prepared({ name, value }: PreparedProps): JSX.Element | null {
  if (value === undefined) return null
  const { text, hash } = value
  if (hash === undefined) return <p class="warn-text">@capi/core sends nothing for this value.</p>
  return (
    <p class="prepared">
      <span class="mono">
        {text === hash ? 'already hashed' : text} → {hash}
      </span>
      <CopyButton label="Hash" what={`Copy the hash of ${name}`} text={() => hash} />
    </p>
  )
}
