import { createDeduplicator, type DedupPreference } from '../analysis/deduplicator.ts'
import { eventIssues } from '../analysis/event-issues.ts'
import type { CapturedEvent, EventIssue, NewEvent } from './captured-event.ts'
import { type AnyFilter, matches } from './event-filter.ts'
import { limitDepth } from './limit-depth.ts'
import { createRing } from './ring.ts'

/** What a subscriber hears. After `close` it hears nothing more. */
export type StoreMessage =
  | { readonly type: 'event'; readonly event: CapturedEvent; readonly isRestored: boolean }
  /** A kept event has become the duplicate of another. */
  | { readonly type: 'update'; readonly event: CapturedEvent }
  | { readonly type: 'clear' }
  | { readonly type: 'close' }

/** An event of an earlier run: all but what this run finds out itself. */
export type StoredEvent = NewEvent & Pick<CapturedEvent, 'received_at' | 'batch'>

export interface EventStoreOptions {
  readonly prefer?: DedupPreference | undefined
}

/** The newest events in memory, and who wants to hear of the next. */
export interface EventStore {
  /**
   * Keeps the events of one call, with what is found about each and whether it repeats another.
   * @returns what was found
   */
  add(events: readonly NewEvent[]): readonly EventIssue[]
  /** Keeps events of an earlier run, at their own times, judged anew. */
  restore(events: readonly StoredEvent[]): void
  /** Oldest first; a copy. */
  list(filter?: AnyFilter): readonly CapturedEvent[]
  get(id: number): CapturedEvent | undefined
  /** How many are kept. */
  size(): number
  clear(): void
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
  let lastBatch = 0

  const notify = (message: StoreMessage) => {
    for (const listener of listeners) listener(message)
  }

  const keep = (received: StoredEvent, isRestored: boolean) => {
    const id = ring.nextId()
    const stored = { ...received, payload: limitDepth(received.payload) }
    const issues = eventIssues(stored.payload, {
      nowMs: stored.received_at,
      source: stored.source,
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
    return issues
  }

  return {
    add(added) {
      if (added.length === 0) return []
      const received_at = now()
      const batch = ++lastBatch
      return added.flatMap((event) => keep({ received_at, batch, ...event }, false))
    },
    restore(stored) {
      const batches = new Map<number, number>()
      for (const event of stored) {
        const batch = batches.get(event.batch) ?? ++lastBatch
        batches.set(event.batch, batch)
        keep({ ...event, batch }, true)
      }
    },
    list: (filter = {}) => ring.list().filter((event) => matches(event, filter)),
    get: (id) => ring.get(id),
    size: () => ring.size(),
    clear() {
      ring.clear()
      deduplicator.clear()
      notify({ type: 'clear' })
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
