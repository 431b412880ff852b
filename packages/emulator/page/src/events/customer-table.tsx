import type { JSX } from 'preact'
import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import { type CustomerKey, customerKeys, isSha256 } from '../model/customer-findings.ts'
import { plural } from '../model/format.ts'
import { textOf } from '../model/payload.ts'
import { hrefWith } from '../state/route.ts'
import { Icon } from '../ui/icon.tsx'
import { HashCheck } from './hash-check.tsx'

const MAX_LINES = 100
/** Keys that lead to the visitor's other events. */
const FOLLOWED: ReadonlySet<string> = new Set(['fbp', 'external_id', 'em'])

/** Customer information, key by key: the values, which of them are hashed, and what the rules found. */
export function CustomerTable({ event }: { readonly event: CapturedEvent }): JSX.Element {
  const all = customerKeys(event)
  const shown = all.slice(0, MAX_LINES)
  return (
    <section class="block">
      <h3>Customer information</h3>
      {all.length === 0 ? (
        <p class="quiet">None: this event can hardly be matched to a person.</p>
      ) : (
        <ul class="customer">
          {shown.map((entry) => (
            <CustomerLine key={entry.key} entry={entry} />
          ))}
        </ul>
      )}
      {all.length > shown.length && (
        <p class="quiet">and {plural(all.length - shown.length, 'more key')}</p>
      )}
    </section>
  )
}

function CustomerLine({ entry }: { readonly entry: CustomerKey }): JSX.Element {
  const { key: name, label, values, findings } = entry
  const hashes = values.filter(isSha256).length
  const shown = values.slice(0, MAX_LINES)
  return (
    <li>
      <div class="customer-head">
        <code class="customer-key">{textOf(name, 200)}</code>
        <span class="quiet">{label ?? ''}</span>
        <span class="customer-marks">
          <span class={hashes > 0 ? 'mark' : 'mark plain'}>
            {hashes === 0 ? 'Plain' : hashes === values.length ? 'SHA-256' : 'Partly SHA-256'}
          </span>
          {FOLLOWED.has(name) && (
            <a
              href={hrefWith({ journey: name })}
              aria-label={`Journey of this visitor, by ${name}`}
            >
              Journey
            </a>
          )}
          {findings.length > 0 ? (
            <span class="mark bad">
              <Icon name="alert" />
              {plural(findings.length, 'finding')}
            </span>
          ) : (
            <span class="mark good">
              <Icon name="check" />
              No finding
            </span>
          )}
        </span>
      </div>
      {findings.map(({ rule, title, fix }) => (
        <p key={`${rule} ${title}`} class="customer-note">
          {title}. {fix}
        </p>
      ))}
      {shown.map((value, index) => (
        <div key={index}>
          <div class="customer-value mono">{textOf(value)}</div>
          {isSha256(value) && <HashCheck name={name} hash={value} />}
        </div>
      ))}
      {values.length > shown.length && (
        <p class="quiet">and {plural(values.length - shown.length, 'more value')}</p>
      )}
    </li>
  )
}
