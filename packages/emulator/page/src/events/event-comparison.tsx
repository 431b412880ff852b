import type { JSX } from 'preact'
import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import { comparePair } from '../model/compare-pair.ts'
import { indexOfId } from '../model/event-log.ts'
import { textOf } from '../model/payload.ts'
import { DifferencesBlock } from '../pairs/differences-block.tsx'
import { events } from '../state/events.ts'
import { hrefWith, route } from '../state/route.ts'
import { SourceChip, StatusBadge } from '../ui/badges.tsx'
import { Empty } from '../ui/empty.tsx'

function named(param: string): CapturedEvent | undefined {
  return events.value[indexOfId(events.value, Number(route.value.params[param]))]
}

/** Any two events field by field: `compare` and `event` of the address. */
export function EventComparison(): JSX.Element {
  const one = named('compare')
  const other = named('event')
  if (!one || !other) return <Empty title="One of the two events is no longer kept" />
  const lines = comparePair(one, other)
  return (
    <article class="detail">
      <header class="detail-head">
        <h2>Two events compared</h2>
      </header>
      <dl class="facts">
        <Side event={one} />
        <Side event={other} />
      </dl>
      <DifferencesBlock lines={lines} names={[`#${one.id}`, `#${other.id}`]} />
    </article>
  )
}

function Side({ event }: { readonly event: CapturedEvent }): JSX.Element {
  return (
    <div>
      <dt>
        <a href={hrefWith({ event: String(event.id), compare: '' })}>#{event.id}</a>
      </dt>
      <dd class="detail-badges">
        {textOf(event.event_name, 100)}
        <SourceChip source={event.source} />
        <StatusBadge status={event.status} />
      </dd>
    </div>
  )
}
