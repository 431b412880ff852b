import type { JSX } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { plural } from '../model/format.ts'
import { events, isAtTop, isPaused, shown, showWaiting, waitingCount } from '../state/events.ts'
import { cursor } from '../state/list-cursor.ts'
import { route, setParams } from '../state/route.ts'
import { Empty } from '../ui/empty.tsx'
import { Icon } from '../ui/icon.tsx'
import { useRowList } from '../ui/use-row-list.ts'
import { EventRow } from './event-row.tsx'

export function EventList(): JSX.Element {
  const keysCell = useRef<HTMLSpanElement>(null)
  const [keysPx, setKeysPx] = useState(0)
  const rows = shown.value
  const { scroller, items, height, rowHeight, isCompact } = useRowList({
    count: rows.length,
    ids: () => shown.peek().map((event) => String(event.id)),
    param: 'event',
    companion: 'compare',
    rowRem: 2.375,
    compactRowRem: 3.5,
  })
  const isEmpty = rows.length === 0

  useLayoutEffect(() => {
    const cell = keysCell.current
    if (!cell) return
    const observer = new ResizeObserver(([entry]) => setKeysPx(entry?.contentRect.width ?? 0))
    observer.observe(cell)
    return () => observer.disconnect()
  }, [isEmpty])

  useEffect(
    () => () => {
      isAtTop.value = true
    },
    [],
  )

  const showNew = () => {
    scroller.current?.scrollTo(0, 0)
    isAtTop.value = true
    showWaiting()
  }
  const selected = route.value.params['event']

  return (
    <div class={isCompact ? 'event-list compact' : 'event-list'}>
      {waitingCount.value > 0 && (
        <button type="button" class="pill" onClick={showNew}>
          <Icon name="up" />
          {waitingCount.value.toLocaleString('en')} new
          {isPaused.value && ' while paused'}
        </button>
      )}
      <div
        class="scroller"
        ref={scroller}
        onScroll={(event) => {
          isAtTop.value = event.currentTarget.scrollTop < 4
        }}
      >
        {isEmpty ? (
          <NoMatch />
        ) : (
          <div role="table" aria-label="Events, newest first" aria-rowcount={rows.length + 1}>
            <div class="columns row-grid" role="row" aria-rowindex={1}>
              <span role="columnheader">Event</span>
              <span role="columnheader">Source</span>
              <span role="columnheader">Status</span>
              <span role="columnheader" class="col-id">
                Event ID
              </span>
              <span role="columnheader" class="col-value">
                Value
              </span>
              <span role="columnheader" class="col-keys" ref={keysCell}>
                Customer info
              </span>
              <span role="columnheader" class="col-time">
                Received
              </span>
            </div>
            <div role="rowgroup" class="rows" style={{ height: `${height}px` }}>
              {items.map(({ index, start }) => {
                const event = rows[index]
                if (!event) return null
                const id = String(event.id)
                return (
                  <EventRow
                    key={event.id}
                    event={event}
                    index={index}
                    top={start}
                    height={rowHeight}
                    keysPx={keysPx}
                    isSelected={selected === id}
                    isCursor={cursor.value === id}
                  />
                )
              })}
            </div>
          </div>
        )}
      </div>
    </div>
  )
}

function NoMatch(): JSX.Element {
  return (
    <Empty title="No event matches">
      <p>
        {plural(events.value.length, 'event is', 'events are')} kept, none of which fits the filter.
        {waitingCount.value > 0 && ' Newer ones wait above.'}
      </p>
      <button type="button" class="button" onClick={() => setParams({ q: '' }, { replace: true })}>
        Show all events
      </button>
    </Empty>
  )
}
