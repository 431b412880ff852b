import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import { comparePair } from '../model/compare-pair.ts'
import { indexOfId } from '../model/event-log.ts'
import { textOf } from '../model/payload.ts'
import { ComparisonTable } from '../pairs/comparison-table.tsx'
import { events } from '../state/events.ts'
import { hrefWith, route } from '../state/route.ts'
import { SourceChip, StatusBadge } from '../ui/badges.tsx'
import { Empty } from '../ui/empty.tsx'

const MAX_LINES = 200

function named(param: string): CapturedEvent | undefined {
  return events.value[indexOfId(events.value, Number(route.value.params[param]))]
}

/** Any two events field by field: `compare` and `event` of the address. */
export function EventComparison(): JSX.Element {
  const [showsAll, setShowsAll] = useState(false)
  const one = named('compare')
  const other = named('event')
  if (!one || !other) return <Empty title="One of the two events is no longer kept" />
  const lines = comparePair(one, other)
  const different = lines.filter(({ isSame }) => !isSame)
  return (
    <article class="detail">
      <header class="detail-head">
        <h2>Two events compared</h2>
      </header>
      <dl class="facts">
        <Side event={one} />
        <Side event={other} />
      </dl>
      <section class="block">
        <div class="block-head">
          <h3>{different.length === 0 ? 'No differences' : `Differences (${different.length})`}</h3>
          <label class="check">
            <input
              type="checkbox"
              checked={showsAll}
              onChange={(event) => setShowsAll(event.currentTarget.checked)}
            />
            Show equal fields too ({lines.length - different.length})
          </label>
        </div>
        <ComparisonTable
          lines={(showsAll ? lines : different).slice(0, MAX_LINES)}
          names={[`#${one.id}`, `#${other.id}`]}
        />
      </section>
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
