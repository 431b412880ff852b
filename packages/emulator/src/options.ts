import type { DedupPreference } from './analysis/deduplicator.ts'
import type { Mode } from './rules/judge.ts'

/** How strictly it judges, what it keeps, and whose clock and chance it goes by. */
export interface EmulatorOptions {
  /** The clock that event ages are judged by, in Unix milliseconds. Default `Date.now`. */
  readonly now?: (() => number) | undefined
  /** How many of the newest events are kept. Default 500. */
  readonly max?: number | undefined
  /**
   * Default `meta`: refuses what Meta refuses. `strict` also refuses findings of high severity, for
   * CI. `lenient` takes everything, and still says what Meta would refuse.
   */
  readonly mode?: Mode | undefined
  /** Chance, 0 to 1, that faults with a probability go by. Default `Math.random`. */
  readonly random?: (() => number) | undefined
  /**
   * Which of a browser and a server event with one id counts. Default `first`: the first to arrive.
   * `browser-within-5m`: the browser's, when both arrive within five minutes.
   */
  readonly dedup?:
    | {
        /** Default `first`. */
        readonly prefer?: DedupPreference | undefined
      }
    | undefined
  /** A file that each new event is appended to, one JSON line each. Default: memory only. */
  readonly persist?: string | undefined
}

/** How long to wait for an event. */
export interface WaitOptions {
  /** Default 2000. */
  readonly timeoutMs?: number | undefined
  /** Only an event that came after the one with this `id`. Default 0: any kept event will do. */
  readonly after?: number | undefined
}

/** Where it is served. */
export interface ListenOptions {
  /** Default 2274; 0 takes any free port. */
  readonly port?: number | undefined
  /** Default `127.0.0.1`. Anything else shows the events, which are personal data, to others. */
  readonly host?: string | undefined
}

/** What `createEmulator` and its `listen` take. */
export interface StartOptions extends EmulatorOptions, ListenOptions {}
