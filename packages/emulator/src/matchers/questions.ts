import type { Severity } from '../analysis/report.ts'
import { arrivals } from '../store/arrivals.ts'
import type { CapturedEvent, EventSource } from '../store/captured-event.ts'
import { checkFilter, type EventFilter, matcherOf } from '../store/event-filter.ts'
import { nearestMiss } from '../store/nearest-miss.ts'
import { showFilter } from '../store/show-filter.ts'
import type { Observed, Question } from './observed.ts'

/** The ranks a severity takes in, itself and all above. */
const FROM: Readonly<Record<Severity, readonly Severity[]>> = {
  high: ['high'],
  medium: ['high', 'medium'],
  low: ['high', 'medium', 'low'],
}

/** Whether Meta took an event that matches. */
export function received(name: string, partial: EventFilter): Question {
  const { filter, found } = taken(name, partial, 'toHaveReceived')
  return {
    reads: ['events', 'calls'],
    judge: (observed) => {
      const events = found(observed)
      return {
        pass: events.length > 0,
        message: () =>
          events.length > 0
            ? `Expected no event to match ${showFilter(filter)}, but these did:\n${listed(events)}`
            : lines(
                `Expected Meta to have taken an event that matches ${showFilter(filter)}.`,
                ...instead(observed, filter),
              ),
      }
    },
  }
}

/** Whether Meta counts exactly one event that matches; the two halves of a pair are one. */
export function receivedOnce(name: string, partial: EventFilter): Question {
  const { filter, found } = taken(name, partial, 'toHaveReceivedOnce')
  return {
    reads: ['events', 'calls', 'pairs'],
    judge: (observed) => {
      const events = found(observed)
      const counted = new Set(events.map(({ id, duplicate_of }) => duplicate_of ?? id))
      const pass = counted.size === 1
      const message = () => {
        const wanted = `exactly one counted event to match ${showFilter(filter)}`
        if (pass) return `Expected not ${wanted}, but this one did:\n${listed(events)}`
        if (counted.size === 0) return lines(`Expected ${wanted}.`, ...instead(observed, filter))
        const ids = new Set(events.map(({ id }) => id))
        return lines(
          `Expected ${wanted}, but Meta would count ${counted.size}:`,
          listed(events),
          ...nearMisses(observed, ids),
        )
      }
      return { pass, message, isFinal: counted.size > 1 }
    },
  }
}

/** Whether a browser and a server event with this id count once. */
export function deduplicated(eventId: string): Question {
  return {
    reads: ['events', 'calls', 'pairs'],
    judge: (observed) => {
      const own = observed.events.filter(({ event_id }) => event_id === eventId)
      const ids = new Set(own.map(({ id }) => id))
      const pair = observed.pairs.pairs.find(
        ({ browser, server }) => ids.has(browser) || ids.has(server),
      )
      return {
        pass: pair !== undefined,
        message: () =>
          pair
            ? `Expected event_id ${eventId} not to be deduplicated, but it was. ${pair.verdict}`
            : lines(
                `Expected a browser and a server event with event_id ${eventId} to count once.`,
                ...(own.length === 0
                  ? ['No event carries it.', arrivals(observed.events, observed.calls)]
                  : [`It came with:\n${listed(own)}`, ...missingHalves(own)]),
                ...nearMisses(observed, ids),
              ),
      }
    },
  }
}

/** Whether nothing of a severity or above was found. */
export function noDiagnostics(severity: Severity): Question {
  const ranks = FROM[severity]
  return {
    reads: ['diagnostics'],
    judge: ({ diagnostics }) => {
      const found = diagnostics.filter((one) => ranks.includes(one.severity))
      const texts = found.map(
        (one) =>
          `  ${one.severity}  ${one.rule}: ${one.name} (${one.affected_event_count} of ${one.total_event_count} events` +
          `${one.paths.length > 0 ? `, ${one.paths.join(', ')}` : ''})\n          ${one.solution}`,
      )
      return {
        pass: found.length === 0,
        message: () =>
          found.length === 0
            ? `Expected diagnostics of severity ${severity} or above, but there are none.`
            : lines(`Expected no diagnostics of severity ${severity} or above:`, ...texts),
      }
    },
  }
}

function taken(name: string, partial: EventFilter, by: string) {
  const filter = checkFilter({ ...partial, event_name: name }, by)
  const matches = matcherOf(filter)
  const found = ({ events }: Observed) => events.filter((event) => isTaken(event) && matches(event))
  return { filter, found }
}

function isTaken({ status }: CapturedEvent): boolean {
  return status === 'processed' || status === 'deduplicated'
}

function instead({ events, calls }: Observed, filter: EventFilter): readonly string[] {
  return [nearestMiss(events, filter), arrivals(events, calls)]
}

/** Which side an event id did not come from, or was not taken from. */
function missingHalves(own: readonly CapturedEvent[]): readonly string[] {
  return (['browser', 'server'] as const).flatMap((source: EventSource) => {
    const half = own.filter((event) => event.source === source)
    const [first] = half
    if (first === undefined) {
      return [`The ${source} half is missing: no ${source} event carries this event_id.`]
    }
    if (half.some(isTaken)) return []
    const { error } = first
    const reason = error === undefined ? '' : ` (${error.rule}): ${error.fix}`
    return [`The ${source} half was ${first.status}${reason}`]
  })
}

function nearMisses({ pairs }: Observed, ids: ReadonlySet<number>): readonly string[] {
  return pairs.near_misses
    .filter(({ browser, server }) => ids.has(browser) || ids.has(server))
    .map(({ verdict }) => `  ${verdict}`)
}

function listed(events: readonly CapturedEvent[]): string {
  return events
    .map(({ id, source, event_name, status, duplicate_of }) => {
      const joined = duplicate_of === undefined ? '' : ` with event ${duplicate_of}`
      return `  event ${id}: ${source} ${event_name}, ${status}${joined}`
    })
    .join('\n')
}

function lines(...texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n')
}
