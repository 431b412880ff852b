import type { JSX } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { plural } from '../model/format.ts'
import { events, isAtTop, isPaused, shown, showWaiting, waitingCount } from '../state/events.ts'
import { cursor, walkWith } from '../state/list-cursor.ts'
import { route, setParams } from '../state/route.ts'
import { Empty } from '../ui/empty.tsx'
import { Icon } from '../ui/icon.tsx'
import { useVirtualList } from '../ui/use-virtual-list.ts'
import { EventRow } from './event-row.tsx'

/** Below this width a row takes two lines. The styles follow the class, so that both agree. */
const COMPACT_REM = 36
const ROW_REM = 2.375
const COMPACT_ROW_REM = 3.5

const remPx = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize)

export function EventList(): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(1000)
  const isCompact = width < COMPACT_REM * remPx()
  const rowHeight = Math.round((isCompact ? COMPACT_ROW_REM : ROW_REM) * remPx())
  const rows = shown.value
  const list = useVirtualList({ count: rows.length, rowHeight, scroller: () => scroller.current })
  const scrollTo = useRef(list.scrollTo)
  scrollTo.current = list.scrollTo

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => {
      observer.disconnect()
      isAtTop.value = true
    }
  }, [])

  useEffect(
    () =>
      walkWith({
        ids: () => shown.peek().map((event) => String(event.id)),
        selected: () => route.peek().params['event'],
        open: (id) => setParams({ event: id }, { replace: true }),
        close: () => setParams({ event: '' }, { replace: true }),
        reveal: (id) =>
          scrollTo.current(shown.peek().findIndex((event) => String(event.id) === id)),
      }),
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
        {rows.length === 0 ? (
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
              <span role="columnheader" class="col-keys">
                Customer info
              </span>
              <span role="columnheader" class="col-time">
                Received
              </span>
            </div>
            <div role="rowgroup" class="rows" style={{ height: `${list.height}px` }}>
              {list.items.map(({ index, start }) => {
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
