import { diagnosticsReport } from '../analysis/diagnostics.ts'
import type { Diagnostic } from '../analysis/report.ts'
import { atOnce } from '../analysis/steps.ts'
import { unreadCalls } from '../store/arrivals.ts'
import type { CapturedEvent } from '../store/captured-event.ts'
import type { EventStore } from '../store/event-store.ts'
import type { RecordedCall } from '../store/recorded-call.ts'

/** What arrived during a run. Tests clear the emulator between them; the gate at the end must know what they cleared. */
export interface Journal {
  /** How many events arrived; imported ones did not. */
  readonly arrived: () => number
  /** How many events went unjudged, because more came than are kept. */
  readonly unjudged: () => number
  /**
   * The findings of the run. What was cleared is judged by itself, as a test that clears means it: two tests may use one
   * `event_id`.
   */
  readonly diagnostics: () => readonly Diagnostic[]
  /** Refused calls without a readable event: no diagnostic stands for them. */
  readonly unread: () => readonly RecordedCall[]
}

/** @param max how many events, and how many unread calls, are kept */
export function keepJournal(subscribe: EventStore['subscribe'], max: number): Journal {
  const events = new Map<number, CapturedEvent>()
  const unread = new Map<number, RecordedCall>()
  let found: readonly Diagnostic[] = []
  let arrived = 0
  let unjudged = 0

  const forget = (pixelId: string | undefined) => {
    const gone = [...events.values()].filter(
      ({ pixel_id }) => pixelId === undefined || pixel_id === pixelId,
    )
    found = joined(found, atOnce(diagnosticsReport(gone)))
    for (const { id } of gone) events.delete(id)
  }

  subscribe((message) => {
    switch (message.type) {
      case 'event':
        if (!message.isRestored) arrived += 1
        events.set(message.event.id, message.event)
        unjudged += dropOldest(events, max)
        return
      case 'update':
        if (events.has(message.event.id)) events.set(message.event.id, message.event)
        return
      case 'call':
        for (const call of unreadCalls([message.call])) unread.set(call.id, call)
        dropOldest(unread, max)
        return
      case 'clear':
        forget(message.pixel_id)
        return
      case 'close':
        return
      default:
        message satisfies never
    }
  })

  return {
    arrived: () => arrived,
    unjudged: () => unjudged,
    diagnostics: () => joined(found, atOnce(diagnosticsReport([...events.values()]))),
    unread: () => [...unread.values()],
  }
}

/** @returns how many went */
function dropOldest(kept: Map<number, unknown>, max: number): number {
  if (kept.size <= max) return 0
  const [oldest] = kept.keys()
  return oldest !== undefined && kept.delete(oldest) ? 1 : 0
}

/** One finding of many tests is one line, with the events of all. */
function joined(
  earlier: readonly Diagnostic[],
  later: readonly Diagnostic[],
): readonly Diagnostic[] {
  if (earlier.length === 0) return later
  const byKind = new Map<string, Diagnostic>()
  for (const one of [...earlier, ...later]) {
    const kind = JSON.stringify([one.id, one.name, one.paths])
    const known = byKind.get(kind)
    byKind.set(kind, known ? together(known, one) : one)
  }
  return [...byKind.values()]
}

function together(one: Diagnostic, other: Diagnostic): Diagnostic {
  const affected_event_count = one.affected_event_count + other.affected_event_count
  const total_event_count = one.total_event_count + other.total_event_count
  const affected_event_ids = [...one.affected_event_ids, ...other.affected_event_ids]
  return { ...one, affected_event_count, total_event_count, affected_event_ids }
}
