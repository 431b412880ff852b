import { createDeduplicator, type DedupPreference } from '../analysis/deduplicator.ts'
import { eventIssues } from '../analysis/event-issues.ts'
import { type CallStore, createCallStore } from './call-store.ts'
import type { CapturedEvent, NewEvent } from './captured-event.ts'
import type { DatasetFilter } from './dataset-filter.ts'
import { type AnyFilter, matcherOf } from './event-filter.ts'
import { limitDepth } from './limit-depth.ts'
import type { RecordedCall } from './recorded-call.ts'
import { createRing } from './ring.ts'

/** What a subscriber hears. After `close` it hears nothing more. */
export type StoreMessage =
  | { readonly type: 'event'; readonly event: CapturedEvent; readonly isRestored: boolean }
  /** A kept event has become the duplicate of another. */
  | { readonly type: 'update'; readonly event: CapturedEvent }
  /** A call is over, or another try has joined an earlier one. */
  | { readonly type: 'call'; readonly call: RecordedCall }
  /** Of one dataset, or of all. */
  | { readonly type: 'clear'; readonly pixel_id?: string | undefined }
  | { readonly type: 'close' }

/** An event of an earlier run: all but what this run finds out itself. */
export type StoredEvent = NewEvent & Pick<CapturedEvent, 'received_at' | 'call'>

export interface EventStoreOptions {
  readonly prefer?: DedupPreference | undefined
}

/** The newest events and calls in memory, and who wants to hear of the next. */
export interface EventStore {
  /** The calls that events came in, and those without a readable event. */
  readonly calls: CallStore
  /**
   * Keeps the events of one call, with what is found about each and whether it repeats another.
   * @param call the number of their call; a new one without it
   * @returns the events as they are kept
   */
  add(events: readonly NewEvent[], call?: number): readonly CapturedEvent[]
  /** Keeps events of an earlier run, at their own times, judged anew. */
  restore(events: readonly StoredEvent[]): void
  /** Oldest first; a copy. */
  list(filter?: AnyFilter): readonly CapturedEvent[]
  get(id: number): CapturedEvent | undefined
  /** How many are kept. */
  size(): number
  /** Forgets the events and calls of one dataset, or all. */
  clear(filter?: DatasetFilter): void
  /** @returns a function that ends the subscription. */
  subscribe(listener: (message: StoreMessage) => void): () => void
  /** Tells every subscriber that it is over. */
  close(): void
}

export function createEventStore(
  max: number,
  now: () => number,
  { prefer = 'first' }: EventStoreOptions = {},
): EventStore {
  const listeners = new Set<(message: StoreMessage) => void>()
  const ring = createRing<CapturedEvent>(max)
  const deduplicator = createDeduplicator(prefer, (id) => ring.get(id))

  const notify = (message: StoreMessage) => {
    for (const listener of listeners) listener(message)
  }
  const calls = createCallStore(max, (call) => notify({ type: 'call', call }))

  const keep = (received: StoredEvent, isRestored: boolean) => {
    const id = ring.nextId()
    const stored = { ...received, payload: limitDepth(received.payload) }
    const issues = eventIssues(stored.payload, {
      nowMs: stored.received_at,
      source: stored.source,
      error: stored.error,
    })
    const { event, changed } = deduplicator.judge({
      id,
      ...stored,
      ...(issues.length > 0 && { issues }),
    })
    const gone = ring.push(event)
    if (gone) deduplicator.forget(gone)
    notify({ type: 'event', event, isRestored })
    if (changed && ring.get(changed.id)) {
      ring.replace(changed.id, changed)
      notify({ type: 'update', event: changed })
    }
    return event
  }

  return {
    calls,
    add(added, call = calls.open()) {
      const received_at = now()
      return added.map((event) => keep({ received_at, call, ...event }, false))
    },
    restore(stored) {
      const numbers = new Map<number, number>()
      for (const event of stored) {
        const call = numbers.get(event.call) ?? calls.open()
        numbers.set(event.call, call)
        keep({ ...event, call }, true)
      }
    },
    list: (filter = {}) => ring.list().filter(matcherOf(filter)),
    get: (id) => ring.get(id),
    size: () => ring.size(),
    clear({ pixel_id } = {}) {
      if (pixel_id === undefined) {
        ring.clear()
        deduplicator.clear()
      } else {
        for (const event of ring.list()) {
          if (event.pixel_id !== pixel_id) continue
          ring.remove(event.id)
          deduplicator.forget(event)
        }
      }
      calls.clear({ pixel_id })
      notify({ type: 'clear', pixel_id })
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      notify({ type: 'close' })
      listeners.clear()
    },
  }
}
