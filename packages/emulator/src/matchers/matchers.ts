import type { Severity } from '../analysis/report.ts'
import type { Emulator } from '../emulator.ts'
import { EmulatorError } from '../emulator-error.ts'
import { knownOptions } from '../known-options.ts'
import { DIAGNOSTICS_OPTIONS } from '../option-tables.ts'
import type { CapturedEvent } from '../store/captured-event.ts'
import type { EventFilter } from '../store/event-filter.ts'
import { matcherOf } from '../store/event-filter.ts'
import { arrivals, nearestMiss } from '../store/nearest-miss.ts'

/** What a matcher of Vitest or Jest answers. */
export interface MatcherResult {
  /** Whether it holds. */
  readonly pass: boolean
  /** What to say when it should not, or should, have held. */
  readonly message: () => string
}

/** What the matchers read; `createEmulator()` and `startEmulator()` both have it. */
export type EmulatorLike = Pick<Emulator, 'events' | 'pairs' | 'diagnostics'>

/** What `toHaveNoDiagnostics` looks away from. */
export interface DiagnosticsAllowed {
  /** From this severity up. Default `low`: all of them. */
  readonly severity?: Severity
}

/** The ranks a severity takes in, itself and all above. */
const FROM: Readonly<Record<Severity, readonly Severity[]>> = {
  high: ['high'],
  medium: ['high', 'medium'],
  low: ['high', 'medium', 'low'],
}

/**
 * Matchers for `expect(emulator)`. Import `@capi/emulator/vitest` or `@capi/emulator/jest`, which add them, or pass them to
 * `expect.extend`. Throw an EmulatorError for what is no emulator (`not_an_emulator`) and for an unknown severity
 * (`option_invalid`).
 * @example
 * expect.extend(matchers)
 * expect(emulator).toHaveReceived('Purchase', { custom_data: { currency: 'EUR' } })
 * expect(emulator).toHaveDeduplicated('order.1001')
 * expect(emulator).toHaveNoDiagnostics({ severity: 'high' })
 */
export const matchers = {
  /** That Meta took an event of this name that is, in part, like `partial`. */
  toHaveReceived(received: unknown, name: string, partial: EventFilter = {}): MatcherResult {
    const events = emulatorOf(received).events()
    const filter = { ...partial, event_name: name }
    const matches = matcherOf(filter)
    const found = events.filter((event) => isTaken(event) && matches(event))
    return {
      pass: found.length > 0,
      message: () =>
        found.length > 0
          ? `Expected no event to match ${JSON.stringify(filter)}, but these did:\n${ids(found)}`
          : [
              `Expected Meta to have taken an event that matches ${JSON.stringify(filter)}.`,
              nearestMiss(events, filter),
              arrivals(events),
            ]
              .filter((text) => text !== '')
              .join('\n'),
    }
  },

  /** That a browser and a server event with this id count once. */
  toHaveDeduplicated(received: unknown, eventId: string): MatcherResult {
    const emulator = emulatorOf(received)
    const events = emulator.events()
    const own = new Set(events.filter(({ event_id }) => event_id === eventId).map(({ id }) => id))
    const isOwn = ({ browser, server }: { browser: number; server: number }) =>
      own.has(browser) || own.has(server)
    const { pairs, near_misses } = emulator.pairs()
    const pair = pairs.find(isOwn)
    const misses = near_misses.filter(isOwn).map(({ verdict }) => `  ${verdict}`)
    return {
      pass: pair !== undefined,
      message: () =>
        pair
          ? `Expected event_id ${eventId} not to be deduplicated, but it was. ${pair.verdict}`
          : [
              `Expected a browser and a server event with event_id ${eventId} to count once.`,
              own.size === 0
                ? 'No event carries it.'
                : `It came with:\n${ids(events.filter(({ id }) => own.has(id)))}`,
              ...misses,
              ...(own.size === 0 ? [arrivals(events)] : []),
            ].join('\n'),
    }
  },

  /** That nothing of this severity or above was found. */
  toHaveNoDiagnostics(received: unknown, allowed: DiagnosticsAllowed = {}): MatcherResult {
    const { severity = 'low' } = knownOptions(allowed, DIAGNOSTICS_OPTIONS, 'toHaveNoDiagnostics')
    const ranks = FROM[severity]
    const found = emulatorOf(received)
      .diagnostics()
      .filter((one) => ranks.includes(one.severity))
    const lines = found.map(
      (one) =>
        `  ${one.severity}  ${one.rule}: ${one.name} (${one.affected_event_count} of ${one.total_event_count} events` +
        `${one.paths.length > 0 ? `, ${one.paths.join(', ')}` : ''})\n          ${one.solution}`,
    )
    return {
      pass: found.length === 0,
      message: () =>
        found.length === 0
          ? `Expected diagnostics of severity ${severity} or above, but there are none.`
          : `Expected no diagnostics of severity ${severity} or above:\n${lines.join('\n')}`,
    }
  },
}

/** What `expect(emulator)` gains. */
export interface CapiMatchers<R> {
  /** That Meta took an event of this name that is, in part, like `partial`. */
  toHaveReceived(name: string, partial?: EventFilter): R
  /** That a browser and a server event with this id count once. */
  toHaveDeduplicated(eventId: string): R
  /** That nothing of this severity or above was found; without one, nothing at all. */
  toHaveNoDiagnostics(allowed?: DiagnosticsAllowed): R
}

function emulatorOf(received: unknown): EmulatorLike {
  if (isEmulator(received)) return received
  throw new EmulatorError(
    'not_an_emulator',
    'Hand expect() an emulator: expect(emulator).toHaveReceived(…).',
  )
}

function isEmulator(value: unknown): value is EmulatorLike {
  return (
    typeof value === 'object' &&
    value !== null &&
    'events' in value &&
    'pairs' in value &&
    'diagnostics' in value
  )
}

function isTaken({ status }: CapturedEvent): boolean {
  return status === 'processed' || status === 'deduplicated'
}

function ids(events: readonly CapturedEvent[]): string {
  return events
    .map(
      ({ id, source, event_name, status }) => `  event ${id}: ${source} ${event_name}, ${status}`,
    )
    .join('\n')
}
