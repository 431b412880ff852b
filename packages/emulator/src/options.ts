import type { DedupPreference } from './analysis/deduplicator.ts'
import type { Severity } from './analysis/report.ts'
import type { Mode } from './rules/judge.ts'

/** How strictly it judges, what it keeps, and whose clock and chance it goes by. */
export interface EmulatorOptions {
  /** The clock that event ages are judged by, in Unix milliseconds. Default `Date.now`. */
  readonly now?: (() => number) | undefined
  /**
   * How many of the newest events, and of the newest calls, are kept. Default 500. Fewer when they are so large that they
   * would not fit into the memory of the process; a number of usual events that does not fit is refused.
   */
  readonly max?: number | undefined
  /**
   * Default `meta`: refuses what Meta refuses. `strict` also refuses findings of high severity, for
   * CI. `lenient` takes everything, and still says what Meta would refuse.
   */
  readonly mode?: Mode | undefined
  /** The app secret, where the app requires proofs: calls must carry the right `appsecret_proof`. Default: it is not looked at. */
  readonly appSecret?: string | undefined
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

/** Which part of an emulator a test works with, and how long it waits. */
export interface ConnectOptions {
  /**
   * The dataset to work with: only its events, calls and faults are read, set and forgotten, so that tests which run at once
   * can share an emulator. Default: all of them.
   */
  readonly pixelId?: string | undefined
  /** How long `waitForEvent` and matchers wait for what has not arrived. Default 5000. */
  readonly timeoutMs?: number | undefined
}

/** What `toHaveNoDiagnostics` looks away from. */
export interface DiagnosticsAllowed {
  /** From this severity up. Default `low`: all of them. */
  readonly severity?: Severity
}
