import type { JSX } from 'preact'
import type { NearMiss } from '../../../src/analysis/report.ts'
import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import { indexOfId } from '../model/event-log.ts'
import { formatDuration } from '../model/format.ts'
import { formatRoute } from '../model/route.ts'
import { duplicatesOf, events, nearMissOf } from '../state/events.ts'
import { hrefWith } from '../state/route.ts'
import { Icon } from '../ui/icon.tsx'

/** Which other event this one was counted with, or would have been. */
export function PartnerNote({ event }: { readonly event: CapturedEvent }): JSX.Element | null {
  const miss = nearMissOf.value.get(event.id)
  if (miss) return <MissNote event={event} miss={miss} />
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
        <a href={pairHref(event.id, id)}>Compare the two</a>
      </p>
    </section>
  )
}

interface MissNoteProps {
  readonly event: CapturedEvent
  readonly miss: NearMiss
}

function MissNote({ event, miss: { browser, server, verdict } }: MissNoteProps): JSX.Element {
  const [other, side] = event.id === browser ? [server, 'server'] : [browser, 'browser']
  return (
    <section class="verdict bad" aria-label="Deduplication">
      <Icon name="alert" />
      <p>
        Counted twice: it looks like{' '}
        <a href={hrefWith({ event: String(other) })}>the {side}’s event</a>. {verdict}{' '}
        <a href={pairHref(browser, server)}>Compare the two</a>
      </p>
    </section>
  )
}

function pairHref(one: number, other: number): string {
  const pair = [one, other].sort((a, b) => a - b).join('-')
  return formatRoute({ tab: 'pairs', params: { pair } })
}
