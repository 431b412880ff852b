import type { CapturedEvent, NewEvent } from './captured-event.ts'
import { matches } from './event-filter.ts'

/** What a subscriber hears. After `close` it hears nothing more. */
export type StoreMessage =
  | { readonly type: 'event'; readonly event: CapturedEvent }
  | { readonly type: 'clear' }
  | { readonly type: 'close' }

/** The newest events in memory, and who wants to hear of the next. */
export interface EventStore {
  /** Keeps the events of one call. */
  add(events: readonly NewEvent[]): void
  /** Oldest first; a copy. */
  list(filter?: Parameters<typeof matches>[1]): readonly CapturedEvent[]
  clear(): void
  /** @returns a function that ends the subscription. */
  subscribe(listener: (message: StoreMessage) => void): () => void
  /** Tells every subscriber that it is over. */
  close(): void
}

export function createEventStore(max: number, now: () => number): EventStore {
  if (!Number.isInteger(max) || max < 1) throw new RangeError('max must be a positive integer.')
  const listeners = new Set<(message: StoreMessage) => void>()
  let events: readonly CapturedEvent[] = []
  let lastId = 0
  let lastBatch = 0

  const tell = (message: StoreMessage) => {
    for (const listener of listeners) listener(message)
  }

  return {
    add(added) {
      if (added.length === 0) return
      const received_at = now()
      const batch = ++lastBatch
      const captured = added.map((event) => ({ id: ++lastId, received_at, batch, ...event }))
      events = [...events, ...captured].slice(-max)
      for (const event of captured) tell({ type: 'event', event })
    },
    list: (filter = {}) => events.filter((event) => matches(event, filter)),
    clear() {
      events = []
      tell({ type: 'clear' })
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      tell({ type: 'close' })
      listeners.clear()
    },
  }
}
