import type { Row } from '../read/row-splitter.ts'
import type { Place } from '../read/source-file.ts'
import { type Counts, increment } from './tally.ts'

/** How an order ended. */
export type End =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'refused'; readonly code: string; readonly fix: string }

interface Entry {
  readonly rows: readonly Row[]
  readonly size: number
  readonly warnings: readonly string[]
  readonly place: Place
  end: End | undefined
  /** Waits under the same id. */
  other: Entry | undefined
}

export interface Order {
  readonly rows: readonly Row[]
  /** Codes of what was left out or doubted. */
  readonly warnings: readonly string[]
  /** The end of the part of the file in which they stand. */
  readonly place: Place
}

/**
 * Orders between their reading and their end. Events are delivered in any order; here they come out as they stand in the file, so that
 * one number says what is settled, and refused rows stand in `failed.csv` as in the file.
 */
export function orderQueue(
  counts: Counts,
  onRefused: (rows: readonly Row[], code: string, fix: string) => void,
) {
  let entries: (Entry | undefined)[] = []
  let head = 0
  /** Events of different names may share an id. */
  const waiting = new Map<string, Entry>()
  let waitingCount = 0
  let characters = 0
  let place: Place | undefined
  let line = 0

  function settle(): void {
    while (head < entries.length) {
      const entry = entries[head]
      if (entry?.end === undefined) break
      entries[head++] = undefined
      take(entry, entry.end)
    }
    if (head < 4_096) return
    entries = entries.slice(head)
    head = 0
  }

  function take({ rows, warnings, place: at }: Entry, end: End): void {
    counts.orders++
    counts.rows += rows.length
    line = rows.at(-1)?.line ?? line
    for (const code of warnings) increment(counts.warnings, code)
    if (end.kind === 'delivered') counts.delivered++
    else if (end.kind === 'skipped') increment(counts.skipped, end.reason)
    else {
      increment(counts.refused, end.code)
      onRefused(rows, end.code, end.fix)
    }
    place = at
  }

  function add({ rows, warnings, place: at }: Order, size: number, end?: End): Entry {
    const entry: Entry = { rows, warnings, place: at, size, end, other: undefined }
    entries.push(entry)
    return entry
  }

  return {
    /** An order that ended where it was read. */
    ended(order: Order, end: End): void {
      add(order, 0, end)
      settle()
    },
    /** An order whose event is on its way. */
    waits(order: Order, event_id: string, size: number): void {
      const entry = add(order, size)
      entry.other = waiting.get(event_id)
      waiting.set(event_id, entry)
      waitingCount++
      characters += size
    },
    /** @returns whether an order waited for this. */
    end(event_id: string, end: End): boolean {
      const entry = waiting.get(event_id)
      if (entry === undefined) return false
      if (entry.other === undefined) waiting.delete(event_id)
      else waiting.set(event_id, entry.other)
      waitingCount--
      characters -= entry.size
      entry.end = end
      return true
    },
    settle,
    /** Events on their way. */
    waitingCount: () => waitingCount,
    /** Orders held: those that wait, and those behind them that have ended. */
    held: () => entries.length - head,
    characters: () => characters,
    /** Up to where all is settled. */
    settledTo: () => ({ place, line }),
  }
}
