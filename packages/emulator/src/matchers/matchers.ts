import { knownOptions } from '../known-options.ts'
import { MATCHER_OPTIONS } from '../option-tables.ts'
import type { DiagnosticsAllowed } from '../options.ts'
import type { EventFilter } from '../store/event-filter.ts'
import { askEmulator, type EmulatorLike } from './ask-emulator.ts'
import type { MatcherResult } from './observed.ts'
import { deduplicated, noDiagnostics, received, receivedOnce } from './questions.ts'

/** A matcher: at once for an emulator of this process, a promise for a connected one. */
export interface Matcher<Args extends readonly unknown[]> {
  (emulator: EmulatorLike, ...args: Args): MatcherResult
  (emulator: unknown, ...args: Args): MatcherResult | Promise<MatcherResult>
}

/** The matchers, by name. A type, not an interface: `expect.extend` wants an object with any keys. */
export type EmulatorMatchers = {
  /** That Meta took an event of this name that is, in part, like `partial`. */
  readonly toHaveReceived: Matcher<[name: string, partial?: EventFilter]>
  /** That Meta counts exactly one such event: a browser and a server event that are deduplicated are one. */
  readonly toHaveReceivedOnce: Matcher<[name: string, partial?: EventFilter]>
  /** That a browser and a server event with this id count once. */
  readonly toHaveDeduplicated: Matcher<[eventId: string]>
  /** That nothing of this severity or above was found; without one, nothing at all. */
  readonly toHaveNoDiagnostics: Matcher<[allowed?: DiagnosticsAllowed]>
}

/**
 * Matchers for `expect(emulator)` of Vitest, Jest and Playwright. `@capi/emulator/vitest` and `@capi/emulator/jest` add them;
 * elsewhere hand them to `expect.extend`. For an emulator of another process (`connectEmulator`) they are asynchronous, and
 * wait for events that are still to come: `await` them. Throw an EmulatorError for what is no emulator (`not_an_emulator`)
 * and for an unknown severity or filter key (`option_invalid`).
 * @example
 * expect.extend(matchers)
 * expect(emulator).toHaveReceived('Purchase', { custom_data: { currency: 'EUR' } })
 * expect(emulator).toHaveReceivedOnce('Purchase', { event_id: 'order.1001' })
 * expect(emulator).toHaveDeduplicated('order.1001')
 * expect(emulator).toHaveNoDiagnostics({ severity: 'high' })
 */
export const matchers: EmulatorMatchers = {
  toHaveReceived: matcher((name: string, partial: EventFilter = {}) => received(name, partial)),
  toHaveReceivedOnce: matcher((name: string, partial: EventFilter = {}) =>
    receivedOnce(name, partial),
  ),
  toHaveDeduplicated: matcher(deduplicated),
  toHaveNoDiagnostics: matcher((allowed: DiagnosticsAllowed = {}) => {
    const { severity = 'low' } = knownOptions(allowed, MATCHER_OPTIONS, 'toHaveNoDiagnostics')
    return noDiagnostics(severity)
  }),
}

function matcher<Args extends readonly unknown[]>(
  question: (...args: Args) => ReturnType<typeof received>,
): Matcher<Args> {
  function match(this: unknown, emulator: unknown, ...args: Args) {
    return askEmulator(emulator, this, question(...args))
  }
  return match as Matcher<Args>
}

/** What `expect(emulator)` gains; `R` is what an assertion gives back. */
export interface CapiMatchers<R> {
  /** That Meta took an event of this name that is, in part, like `partial`. */
  toHaveReceived(name: string, partial?: EventFilter): R
  /** That Meta counts exactly one such event: a browser and a server event that are deduplicated are one. */
  toHaveReceivedOnce(name: string, partial?: EventFilter): R
  /** That a browser and a server event with this id count once. */
  toHaveDeduplicated(eventId: string): R
  /** That nothing of this severity or above was found; without one, nothing at all. */
  toHaveNoDiagnostics(allowed?: DiagnosticsAllowed): R
}
