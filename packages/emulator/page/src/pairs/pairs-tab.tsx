import type { JSX } from 'preact'
import type { NearMiss, Pair, PairsReport } from '../../../src/analysis/report.ts'
import { SampleButton } from '../connect/sample-button.tsx'
import { indexOfId } from '../model/event-log.ts'
import { plural } from '../model/format.ts'
import { events } from '../state/events.ts'
import { cursor } from '../state/list-cursor.ts'
import { pairs } from '../state/reports.ts'
import { hrefWith, route, setParams } from '../state/route.ts'
import { Empty } from '../ui/empty.tsx'
import { Icon } from '../ui/icon.tsx'
import { ReportView } from '../ui/report-view.tsx'
import { SplitView } from '../ui/split-view.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { useWalkable } from '../ui/use-walkable.ts'
import { PairAwaited } from './pair-awaited.tsx'
import { PairDetail } from './pair-detail.tsx'

export function PairsTab(): JSX.Element {
  return <ReportView report={pairs.value}>{(data) => <Pairs {...data} />}</ReportView>
}

/** The id that both halves share, or the two of a near miss. */
function eventIdsOf({ browser, server }: Pick<Pair, 'browser' | 'server'>): readonly unknown[] {
  return [browser, server].map((id) => events.value[indexOfId(events.value, id)]?.event_id)
}

/** The smaller id first, whichever half it is. */
function pairId({ browser, server }: Pick<Pair, 'browser' | 'server'>): string {
  return `${Math.min(browser, server)}-${Math.max(browser, server)}`
}

function Pairs({ pairs: found, near_misses }: PairsReport): JSX.Element {
  const newest = [...found].reverse()
  const misses = [...near_misses].reverse()
  const all = [...misses, ...newest]
  useWalkable('pair', all.map(pairId))
  const { pair: pairParam, event_id: wanted } = route.value.params
  const selected =
    pairParam === undefined && wanted !== undefined
      ? all.find((entry) => eventIdsOf(entry).includes(wanted))
      : all.find((entry) => pairId(entry) === pairParam)
  const selectedId = selected && pairId(selected)
  if (selected === undefined && pairParam === undefined && wanted !== undefined) {
    return <PairAwaited eventId={wanted} />
  }
  if (all.length === 0) {
    return (
      <Empty title="No pair yet">
        <p>
          When the browser and the server report one event with the same <code>event_id</code>, Meta
          counts it once. Such pairs appear here, field by field; so do events that look like a pair
          and are counted twice.
        </p>
        <SampleButton />
      </Empty>
    )
  }
  return (
    <SplitView
      list={
        <div class="scroller plain-list">
          {misses.length > 0 && (
            <section aria-labelledby="misses">
              <h2 id="misses" class="list-title bad">
                <Icon name="alert" />
                Counted twice, though they look like one
                <span class="count-text quiet">{misses.length}</span>
              </h2>
              {misses.map((miss) => (
                <PairRow key={pairId(miss)} entry={miss} selectedId={selectedId} isMiss />
              ))}
            </section>
          )}
          {newest.length > 0 && (
            <section aria-labelledby="paired">
              <h2 id="paired" class="list-title">
                <Icon name="merge" />
                Counted once
                <span class="count-text quiet">{plural(newest.length, 'pair')}</span>
              </h2>
              {newest.map((pair) => (
                <PairRow key={pairId(pair)} entry={pair} selectedId={selectedId} isMiss={false} />
              ))}
            </section>
          )}
        </div>
      }
      detail={selected && <PairDetail key={pairId(selected)} entry={selected} />}
      detailKey={selectedId}
      detailLabel="Pair"
      onClose={() => setParams({ pair: '', event_id: '' }, { replace: true })}
    />
  )
}

interface PairRowProps {
  readonly entry: Pair | NearMiss
  readonly isMiss: boolean
  readonly selectedId: string | undefined
}

function PairRow({ entry, isMiss, selectedId }: PairRowProps): JSX.Element {
  const id = pairId(entry)
  const isSelected = selectedId === id
  const server = events.value[indexOfId(events.value, entry.server)]
  const browser = events.value[indexOfId(events.value, entry.browser)]
  const event = server ?? browser
  return (
    <div class={`list-row${isSelected ? ' selected' : ''}${cursor.value === id ? ' cursor' : ''}`}>
      <p class="list-row-head">
        <a
          href={hrefWith({ pair: id, event_id: '' })}
          data-row={id}
          aria-current={isSelected ? 'true' : undefined}
        >
          {event?.event_name ?? ('event_name' in entry ? entry.event_name : `Events ${id}`)}
        </a>
        <span class="mono quiet clip">{event?.event_id}</span>
        {event && (
          <span class="quiet">
            <TimeAgo ms={event.received_at} />
          </span>
        )}
      </p>
      <p class={isMiss ? 'verdict-line' : 'verdict-line quiet'}>{entry.verdict}</p>
    </div>
  )
}
