import type { CapturedEvent } from '../store/captured-event.ts'
import { DEDUP_WINDOW_MS, scopeOf } from './dedup-keys.ts'
import { createFallbackIndex } from './fallback-index.ts'
import type { DedupKey } from './report.ts'

/**
 * Which of two events with one id counts. Meta's pages disagree: one says the first to arrive, the other the
 * browser's when both arrive within five minutes.
 * Source: Meta, Deduplicate Pixel and Server Events, and Server Event Parameters, read 2026-09.
 */
export type DedupPreference = 'first' | 'browser-within-5m'

const BROWSER_WINS_WITHIN_MS = 5 * 60_000

/** What became of a new event, and of an earlier one by it. */
export interface DedupOutcome {
  readonly event: CapturedEvent
  readonly changed?: CapturedEvent
}

export interface Deduplicator {
  judge(event: CapturedEvent): DedupOutcome
  /** For an event that is kept no longer. */
  forget(event: CapturedEvent): void
  clear(): void
}

/**
 * Tells which events Meta would count once. The cost of one event does not grow with the number of events.
 * Source: Meta, Deduplicate Pixel and Server Events, read 2026-09.
 */
export function createDeduplicator(
  prefer: DedupPreference,
  get: (id: number) => CapturedEvent | undefined,
): Deduplicator {
  /** Events that count, by name and id and source. */
  const byEventId = new Map<string, Set<number>>()
  const fallback = createFallbackIndex()

  const inTime = (first: CapturedEvent | undefined, second: CapturedEvent) =>
    first !== undefined && second.received_at - first.received_at <= DEDUP_WINDOW_MS

  const findById = (event: CapturedEvent): CapturedEvent | undefined => {
    if (event.event_id === undefined) return undefined
    const other = event.source === 'browser' ? 'server' : 'browser'
    for (const id of byEventId.get(scopeOf(event, event.event_id, other)) ?? []) {
      const first = get(id)
      if (inTime(first, event)) return first
    }
    return undefined
  }

  const add = (event: CapturedEvent) => {
    if (event.event_id !== undefined) {
      const name = scopeOf(event, event.event_id, event.source)
      byEventId.set(name, (byEventId.get(name) ?? new Set<number>()).add(event.id))
    }
    if (event.source === 'browser') fallback.add(event)
  }

  const forget = (event: CapturedEvent) => {
    if (event.event_id !== undefined) {
      const name = scopeOf(event, event.event_id, event.source)
      const ids = byEventId.get(name)
      ids?.delete(event.id)
      if (ids?.size === 0) byEventId.delete(name)
    }
    if (event.source === 'browser') fallback.remove(event)
  }

  return {
    judge(event) {
      if (event.status !== 'processed') return { event }
      const first = findById(event)
      if (first) {
        const isBrowserBetter =
          prefer === 'browser-within-5m' &&
          event.source === 'browser' &&
          event.received_at - first.received_at <= BROWSER_WINS_WITHIN_MS
        if (isBrowserBetter) {
          forget(first)
          add(event)
          return { event, changed: duplicateOf(event, first, 'event_id') }
        }
        if (first.source === 'browser') fallback.markPaired(first)
        return { event: duplicateOf(first, event, 'event_id') }
      }
      // Only a server event after its browser event: never the other way about, never one source alone.
      if (event.source === 'server') {
        const found = fallback.find(event, (id) => inTime(get(id), event))
        const earlier = found && get(found.id)
        if (earlier) {
          fallback.markPaired(earlier)
          return { event: duplicateOf(earlier, event, found.key) }
        }
      }
      add(event)
      return { event }
    },
    forget,
    clear() {
      byEventId.clear()
      fallback.clear()
    },
  }
}

function duplicateOf(kept: CapturedEvent, event: CapturedEvent, key: DedupKey): CapturedEvent {
  return { ...event, status: 'deduplicated', duplicate_of: kept.id, dedup_key: key }
}
