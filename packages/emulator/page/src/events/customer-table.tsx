import type { JSX } from 'preact'
import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import { customerKey, readCustomerValue } from '../model/customer-keys.ts'
import { plural } from '../model/format.ts'
import { groupOf, textOf } from '../model/payload.ts'
import { Icon } from '../ui/icon.tsx'
import { HashCheck } from './hash-check.tsx'

const MAX_LINES = 100

/** Customer information, key by key: whether its form is right, whether it is hashed, and what was found. */
export function CustomerTable({ event }: { readonly event: CapturedEvent }): JSX.Element {
  const all = Object.entries(groupOf(event, 'user_data')).flatMap(([key, value]) =>
    Array.isArray(value)
      ? value.map((item: unknown) => [key, item] as const)
      : [[key, value] as const],
  )
  const entries = all.slice(0, MAX_LINES)
  return (
    <section class="block">
      <h3>Customer information</h3>
      {entries.length === 0 ? (
        <p class="quiet">None: this event can hardly be matched to a person.</p>
      ) : (
        <ul class="customer">
          {entries.map(([key, value], index) => (
            <CustomerLine key={index} name={key} value={value} event={event} />
          ))}
        </ul>
      )}
      {all.length > entries.length && (
        <p class="quiet">and {plural(all.length - entries.length, 'more value')}</p>
      )}
    </section>
  )
}

interface CustomerLineProps {
  readonly name: string
  readonly value: unknown
  readonly event: CapturedEvent
}

function CustomerLine({ name, value, event }: CustomerLineProps): JSX.Element {
  const known = customerKey(name)
  const { isHashed, problem } = readCustomerValue(name, value)
  const found = (event.issues ?? []).filter(({ path }) => path === `user_data.${name}`)
  const text = textOf(value)
  return (
    <li>
      <div class="customer-head">
        <code class="customer-key">{textOf(name, 200)}</code>
        <span class="quiet">{known?.label ?? 'Unknown key'}</span>
        <span class="customer-marks">
          <span class={isHashed ? 'mark' : 'mark plain'}>{isHashed ? 'SHA-256' : 'Plain'}</span>
          <Form problem={problem} />
        </span>
      </div>
      <div class="customer-value mono">{text}</div>
      {found.map((issue) => (
        <p key={issue.rule} class="customer-note">
          {issue.title}. {issue.fix}
        </p>
      ))}
      {isHashed && <HashCheck name={name} hash={text} />}
    </li>
  )
}

function Form({ problem }: { readonly problem: string }): JSX.Element {
  return problem === '' ? (
    <span class="mark good">
      <Icon name="check" />
      Format OK
    </span>
  ) : (
    <span class="mark bad">
      <Icon name="alert" />
      {problem}
    </span>
  )
}
