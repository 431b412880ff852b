import { createDeduplicator, type DedupPreference } from '../analysis/deduplicator.ts'
import { eventIssues } from '../analysis/event-issues.ts'
import { type CallStore, createCallStore } from './call-store.ts'
import type { CapturedEvent, NewEvent } from './captured-event.ts'
import type { DatasetFilter } from './dataset-filter.ts'
import { type AnyFilter, matcherOf } from './event-filter.ts'
import { createLater } from './later.ts'
import { limitDepth } from './limit-depth.ts'
import { extraBytes, keptBytes, memoryBudget } from './memory-budget.ts'
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
  /** Bytes that events may take together; the oldest go for larger ones. Default: what fits into this process. */
  readonly budget?: number | undefined
}

/** The newest events and calls in memory, and who wants to hear of the next. */
export interface EventStore {
  /** The calls that events came in, and those without a readable event. */
  readonly calls: CallStore
  /**
   * Keeps the events of one call, with what is found about each and whether it repeats another.
   * @param call the number of their call; a new one without it
   * @param bytes of the body they came in
   * @returns the events as they are kept
   */
  add(events: readonly NewEvent[], call?: number, bytes?: number): readonly CapturedEvent[]
  /** Keeps events of an earlier run, at their own times, judged anew. */
  restore(events: readonly StoredEvent[]): void
  /** Oldest first; a copy. */
  list(filter?: AnyFilter): readonly CapturedEvent[]
  get(id: number): CapturedEvent | undefined
  /** How many are kept. */
  size(): number
  /** Changes whenever an event comes, changes or goes. */
  version(): number
  /** When the findings of every event are made. */
  settled(): Promise<void>
  /** Forgets the events and calls of one dataset, or all. */
  clear(filter?: DatasetFilter): void
  /** @returns a function that ends the subscription. */
  subscribe(listener: (message: StoreMessage) => void): () => void
  /** Tells every subscriber that it is over. */
  close(): void
}

/** The answer to a call speaks of so many of its events; a batch is of one kind. The findings of the others can wait. */
const JUDGED_AT_ONCE = 5

export function createEventStore(
  max: number,
  now: () => number,
  { prefer = 'first', budget = memoryBudget().bytes }: EventStoreOptions = {},
): EventStore {
  const listeners = new Set<(message: StoreMessage) => void>()
  const ring = createRing<CapturedEvent>(max)
  const deduplicator = createDeduplicator(prefer, (id) => ring.get(id))

  let version = 0

  const notify = (message: StoreMessage) => {
    for (const listener of listeners) listener(message)
  }
  const calls = createCallStore(max, (call) => notify({ type: 'call', call }))

  /** The event with its findings. */
  const judged = (event: CapturedEvent): CapturedEvent => {
    const { payload, received_at, source, error } = event
    const issues = eventIssues(payload, { nowMs: received_at, source, error })
    return issues.length > 0 ? { ...event, issues } : event
  }
  const later = createLater((id) => {
    const kept = ring.get(id)
    if (kept === undefined) return
    const event = judged(kept)
    if (event === kept) return
    version += 1
    ring.replace(id, event)
    notify({ type: 'update', event })
  })

  /** Of events larger than usual: by how much. */
  const extras = new Map<number, number>()
  let extraTotal = 0

  const drop = (gone: CapturedEvent) => {
    deduplicator.forget(gone)
    extraTotal -= extras.get(gone.id) ?? 0
    extras.delete(gone.id)
  }

  const keep = (received: StoredEvent, { isRestored = false, isAtOnce = false, extra = 0 }) => {
    const id = ring.nextId()
    const payload = limitDepth(received.payload)
    const kept = { id, ...received, payload }
    const { event, changed } = deduplicator.judge(isAtOnce ? judged(kept) : kept)
    const gone = ring.push(event)
    version += 1
    if (gone) drop(gone)
    if (extra > 0) {
      extras.set(id, extra)
      extraTotal += extra
      while (ring.size() > 1 && keptBytes(ring.size(), extraTotal) > budget) {
        const oldest = ring.shift()
        if (oldest) drop(oldest)
      }
    }
    if (!isAtOnce) later.add(id)
    notify({ type: 'event', event, isRestored })
    if (changed && ring.get(changed.id)) {
      ring.replace(changed.id, changed)
      notify({ type: 'update', event: changed })
    }
    return event
  }

  return {
    calls,
    add(added, call = calls.open(), bytes = 0) {
      const received_at = now()
      const extra = extraBytes(bytes / added.length)
      return added.map((event, index) =>
        keep({ received_at, call, ...event }, { isAtOnce: index < JUDGED_AT_ONCE, extra }),
      )
    },
    restore(stored) {
      const numbers = new Map<number, number>()
      for (const event of stored) {
        const call = numbers.get(event.call) ?? calls.open()
        numbers.set(event.call, call)
        keep({ ...event, call }, { isRestored: true })
      }
    },
    list(filter = {}) {
      later.finish()
      return ring.list().filter(matcherOf(filter))
    },
    get(id) {
      later.finish(id)
      return ring.get(id)
    },
    size: () => ring.size(),
    version: () => version,
    settled: () => later.settle(),
    clear({ pixel_id } = {}) {
      // A subscriber hears the findings of what goes.
      if (listeners.size > 0) later.finish()
      version += 1
      if (pixel_id === undefined) {
        later.clear()
        ring.clear()
        deduplicator.clear()
        extras.clear()
        extraTotal = 0
      } else {
        for (const event of ring.list()) {
          if (event.pixel_id !== pixel_id) continue
          ring.remove(event.id)
          drop(event)
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
