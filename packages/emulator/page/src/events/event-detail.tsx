import type { JSX } from 'preact'
import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import { bodyOf, eventAsCurl, payloadAsTypeScript } from '../model/copy-as.ts'
import { groupOf, textOf } from '../model/payload.ts'
import { Journey } from '../picture/journey.tsx'
import { openResend } from '../state/resend.ts'
import { hrefWith } from '../state/route.ts'
import { SourceChip, StatusBadge } from '../ui/badges.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { JsonView } from '../ui/json-view.tsx'
import { CustomerTable } from './customer-table.tsx'
import { EventFacts } from './event-facts.tsx'
import { EventFindings } from './event-findings.tsx'
import { FieldTable } from './field-table.tsx'
import { PartnerNote } from './partner-note.tsx'

/** Everything about one event, what needs doing first. */
export function EventDetail({ event }: { readonly event: CapturedEvent }): JSX.Element {
  return (
    <article class="detail">
      <header class="detail-head">
        <h2>{textOf(event.event_name) || 'No event_name'}</h2>
        <div class="detail-badges">
          <SourceChip source={event.source} />
          <StatusBadge status={event.status} />
        </div>
        <div class="button-row">
          <CopyButton
            label="curl"
            what="Copy as curl"
            text={() => eventAsCurl(event, location.origin)}
          />
          <CopyButton
            label="TypeScript"
            what="Copy as TypeScript"
            text={() => payloadAsTypeScript(event.payload)}
          />
          <CopyButton
            label="JSON"
            what="Copy as JSON"
            text={() => JSON.stringify(event.payload, null, 2)}
          />
          <a class="button" href={hrefWith({ compare: String(event.id), event: '' })}>
            Compare
          </a>
          <CopyButton label="Link" what="Copy link" text={() => location.href} />
          <button
            type="button"
            class="button"
            onClick={() => openResend({ pixelId: event.pixel_id, body: bodyOf(event) })}
          >
            Resend
          </button>
        </div>
      </header>
      <EventFindings event={event} />
      <PartnerNote event={event} />
      <Journey event={event} />
      <EventFacts event={event} />
      <CustomerTable event={event} />
      <FieldTable title="Parameters" fields={groupOf(event, 'custom_data')} />
      <FieldTable title="App data" fields={groupOf(event, 'app_data')} />
      <section class="block">
        <h3>As sent</h3>
        <JsonView
          value={event.test_event_code === undefined ? event.payload : bodyOf(event)}
          label="Event as sent"
        />
      </section>
    </article>
  )
}
