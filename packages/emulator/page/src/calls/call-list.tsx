import type { JSX } from 'preact'
import type { RecordedCall } from '../../../src/store/recorded-call.ts'
import type { CallRow } from '../model/call-log.ts'
import { formatDuration, plural } from '../model/format.ts'
import { callRows } from '../state/calls.ts'
import { cursor } from '../state/list-cursor.ts'
import { hrefWith, route } from '../state/route.ts'
import { Empty } from '../ui/empty.tsx'
import { TimeAgo } from '../ui/time-ago.tsx'
import { useRowList } from '../ui/use-row-list.ts'
import { Answer, reasonOf } from './answer.tsx'

const COLUMNS = [
  ['call', 'Call'],
  ['answer', 'Answer'],
  ['reason', 'Why'],
  ['events', 'Events'],
  ['bytes', 'Bytes'],
  ['ms', 'Took'],
  ['time', 'Received'],
] as const

export function CallList(): JSX.Element {
  const rows = callRows.value
  const { scroller, items, height, rowHeight, isCompact } = useRowList({
    count: rows.length,
    ids: () => rows.map(({ call }) => String(call.id)),
    param: 'call',
    rowRem: 2.375,
    compactRowRem: 3.5,
  })
  return (
    <div class={isCompact ? 'event-list compact' : 'event-list'}>
      <div class="scroller" ref={scroller}>
        {rows.length === 0 ? (
          <Empty title="No call matches" />
        ) : (
          <div role="table" aria-label="Calls, newest first" aria-rowcount={rows.length + 1}>
            <div class="columns row-grid call-grid" role="row" aria-rowindex={1}>
              {COLUMNS.map(([name, title]) => (
                <span key={name} role="columnheader" class={`col-${name}`}>
                  {title}
                </span>
              ))}
            </div>
            <div role="rowgroup" class="rows" style={{ height: `${height}px` }}>
              {items.map(({ index, start }) => {
                const row = rows[index]
                return (
                  row && (
                    <Row
                      key={row.call.id}
                      row={row}
                      index={index}
                      style={{ transform: `translateY(${start}px)`, height: `${rowHeight}px` }}
                    />
                  )
                )
              })}
            </div>
          </div>
        )}
      </div>
    </div>
  )
}

interface RowProps {
  readonly row: CallRow
  readonly index: number
  readonly style: Readonly<Record<'transform' | 'height', string>>
}

function Row({ row: { call, attempt, isEarlier }, index, style }: RowProps): JSX.Element {
  const id = String(call.id)
  const isSelected = route.value.params['call'] === id
  const state = `${isSelected ? ' selected' : ''}${cursor.value === id ? ' cursor' : ''}`
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      class={`row row-grid call-grid${isEarlier ? ' earlier' : ''}${state}`}
      style={style}
    >
      <span role="cell" class="col-call">
        <a
          class="mono"
          href={hrefWith({ call: id })}
          data-row={id}
          aria-current={isSelected ? 'true' : undefined}
        >
          {call.method} {call.path.split('?')[0]}
        </a>
        {attempt !== undefined && <span class="key">try {attempt}</span>}
      </span>
      <span role="cell" class="col-answer">
        <Answer call={call} />
      </span>
      <span role="cell" class="col-reason mono">
        {reasonOf(call)}
      </span>
      <span role="cell" class="col-events mono">
        {eventsOf(call)}
      </span>
      <span role="cell" class="col-bytes">
        {call.bytes.toLocaleString('en')}
      </span>
      <span role="cell" class="col-ms">
        {formatDuration(call.duration_ms)}
      </span>
      <span role="cell" class="col-time">
        <TimeAgo ms={call.received_at} />
      </span>
    </div>
  )
}

function eventsOf({ events, event_ids }: RecordedCall): JSX.Element | string {
  const [first] = event_ids
  if (events.length > 1) return plural(events.length, 'event')
  if (first !== undefined) return first
  return events.length === 1 ? '1 event' : <span class="none">none</span>
}
