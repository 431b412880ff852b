import type { CapturedEvent } from './captured-event.ts'
import { type EventFilter, matches } from './event-filter.ts'
import type { EventStore } from './event-store.ts'

/** How many of the events that did arrive a failed wait lists. */
const LISTED = 20

/** Resolves with the first kept or coming event that matches; rejects when time is up. */
export function waitForEvent(
  store: EventStore,
  filter: EventFilter,
  timeoutMs: number,
): Promise<CapturedEvent> {
  const [kept] = store.list(filter)
  if (kept) return Promise.resolve(kept)

  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      unsubscribe()
    }
    const fail = (reason: string) => {
      end()
      reject(new Error(`No event matched ${JSON.stringify(filter)} ${reason}. ${arrived(store)}`))
    }
    const timer = setTimeout(() => fail(`within ${timeoutMs} ms`), timeoutMs)
    const unsubscribe = store.subscribe((message) => {
      if (message.type === 'close') fail('before the emulator closed')
      if (message.type !== 'event' || !matches(message.event, filter)) return
      end()
      resolve(message.event)
    })
  })
}

function arrived(store: EventStore): string {
  const events = store.list()
  if (events.length === 0) return 'Nothing arrived.'
  const lines = events.slice(-LISTED).map(describe)
  return `What did arrive (${events.length}), newest last:\n${lines.join('\n')}`
}

function describe(event: CapturedEvent): string {
  const id = event.event_id === undefined ? 'no event_id' : `event_id ${event.event_id}`
  const reason = event.error ? ` (${event.error.rule})` : ''
  return `  ${event.source} ${event.event_name || '(no name)'}, ${id}, dataset ${event.pixel_id}, ${event.status}${reason}`
}
