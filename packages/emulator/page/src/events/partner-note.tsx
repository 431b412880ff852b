import type { JSX } from 'preact'
import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import { indexOfId } from '../model/event-log.ts'
import { formatDuration } from '../model/format.ts'
import { formatRoute } from '../model/route.ts'
import { duplicatesOf, events } from '../state/events.ts'
import { hrefWith } from '../state/route.ts'
import { Icon } from '../ui/icon.tsx'

/** Which other event this one was counted with. */
export function PartnerNote({ event }: { readonly event: CapturedEvent }): JSX.Element | null {
  const kept = event.duplicate_of
  const ids = kept === undefined ? duplicatesOf.value.get(event.id) : [kept]
  const id = ids?.[0]
  if (id === undefined) return null
  const partner = events.value[indexOfId(events.value, id)]
  const key = event.dedup_key ?? partner?.dedup_key ?? 'event_id'
  return (
    <section class="partner" aria-label="Deduplication">
      <Icon name="merge" />
      <p>
        Counted once with{' '}
        <a href={hrefWith({ event: String(id) })}>
          {partner ? `the ${partner.source}’s event` : `event ${id}`}
        </a>
        {' by '}
        <code>{key}</code>
        {partner && `, ${formatDuration(event.received_at - partner.received_at)} apart`}
        {kept === undefined ? '. This one counts.' : '. The other one counts.'}{' '}
        <a
          href={formatRoute({
            tab: 'pairs',
            params: { pair: [event.id, id].sort((a, b) => a - b).join('-') },
          })}
        >
          Compare the two
        </a>
      </p>
    </section>
  )
}
