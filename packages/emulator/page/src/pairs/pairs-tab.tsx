import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import type { NearMiss, Pair, PairsReport } from '../../../src/analysis/report.ts'
import { SampleButton } from '../connect/sample-button.tsx'
import { indexOfId } from '../model/event-log.ts'
import { plural } from '../model/format.ts'
import { formatRoute } from '../model/route.ts'
import { events } from '../state/events.ts'
import { cursor } from '../state/list-cursor.ts'
import { pairs } from '../state/reports.ts'
import { hrefWith, route, setParams } from '../state/route.ts'
import { Empty } from '../ui/empty.tsx'
import { Icon } from '../ui/icon.tsx'
import { ReportView } from '../ui/report-view.tsx'
import { SplitView } from '../ui/split-view.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { useRowList } from '../ui/use-row-list.ts'
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

type Entry = Pair | NearMiss
/** A row of the list: a pair, or the heading of those below it. */
type Row = Entry | 'misses' | 'pairs'

function rowId(row: Row): string {
  return typeof row === 'string' ? '' : pairId(row)
}

function Pairs({ pairs: found, near_misses }: PairsReport): JSX.Element {
  const rows = useMemo<readonly Row[]>(
    () => [
      ...(near_misses.length > 0 ? (['misses', ...near_misses.toReversed()] as const) : []),
      ...(found.length > 0 ? (['pairs', ...found.toReversed()] as const) : []),
    ],
    [found, near_misses],
  )
  const { pair: pairParam, event_id: wanted } = route.value.params
  const selected = rows.find((row): row is Entry => {
    if (typeof row === 'string') return false
    if (pairParam !== undefined) return pairId(row) === pairParam
    return wanted !== undefined && eventIdsOf(row).includes(wanted)
  })
  if (selected === undefined && pairParam === undefined && wanted !== undefined) {
    return <PairAwaited eventId={wanted} />
  }
  if (rows.length === 0) {
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
  const selectedId = selected && pairId(selected)
  return (
    <SplitView
      list={
        <PairList
          rows={rows}
          counts={{ misses: near_misses.length, pairs: found.length }}
          selectedId={selectedId}
        />
      }
      detail={selected && <PairDetail key={selectedId} entry={selected} />}
      detailKey={selectedId}
      detailLabel="Pair"
      onClose={() => setParams({ pair: '', event_id: '' }, { replace: true })}
    />
  )
}

interface PairListProps {
  readonly rows: readonly Row[]
  readonly counts: Readonly<Record<'misses' | 'pairs', number>>
  readonly selectedId: string | undefined
}

function PairList({ rows, counts, selectedId }: PairListProps): JSX.Element {
  const { scroller, items, height, rowHeight, isCompact } = useRowList({
    count: rows.length,
    ids: () => rows.map(rowId),
    param: 'pair',
    selected: selectedId,
    alias: 'event_id',
    rowRem: 3.5,
    compactRowRem: 4.75,
  })
  return (
    <div class={isCompact ? 'event-list compact' : 'event-list'}>
      <div class="scroller" ref={scroller}>
        <div class="rows" style={{ height: `${height}px` }}>
          {items.map(({ index, start }) => {
            const row = rows[index]
            if (row === undefined) return null
            const style = { transform: `translateY(${start}px)`, height: `${rowHeight}px` }
            return typeof row === 'string' ? (
              <ListTitle key={row} of={row} count={counts[row]} style={style} />
            ) : (
              <PairRow
                key={pairId(row)}
                entry={row}
                style={style}
                isSelected={selectedId === pairId(row)}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

type Style = Readonly<Record<'transform' | 'height', string>>

interface ListTitleProps {
  readonly of: 'misses' | 'pairs'
  readonly count: number
  readonly style: Style
}

function ListTitle({ of, count, style }: ListTitleProps): JSX.Element {
  const isMisses = of === 'misses'
  return (
    <h2 class={isMisses ? 'list-title bad' : 'list-title'} style={style}>
      <Icon name={isMisses ? 'alert' : 'merge'} />
      {isMisses ? 'Counted twice, though they look like one' : 'Counted once'}
      <a
        class="count-text"
        href={formatRoute({
          tab: 'events',
          params: { q: isMisses ? 'half:twice' : 'half:both' },
        })}
      >
        {plural(count, 'pair')}
      </a>
    </h2>
  )
}

interface PairRowProps {
  readonly entry: Entry
  readonly isSelected: boolean
  readonly style: Style
}

function PairRow({ entry, isSelected, style }: PairRowProps): JSX.Element {
  const id = pairId(entry)
  const server = events.value[indexOfId(events.value, entry.server)]
  const browser = events.value[indexOfId(events.value, entry.browser)]
  const event = server ?? browser
  return (
    <div
      class={`list-row pair${isSelected ? ' selected' : ''}${cursor.value === id ? ' cursor' : ''}`}
      style={style}
    >
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
      <p class={'reason' in entry ? 'verdict-line' : 'verdict-line quiet'} title={entry.verdict}>
        {entry.verdict}
      </p>
    </div>
  )
}
