import type { Emulator, EmulatorClientOptions, FaultRules } from '../emulator.ts'
import type { FaultRule } from '../faults/fault-rule.ts'

const BRAND = Symbol.for('@capi/emulator.connected')

/** The same function, asked of another process. */
type Asked<Ask extends (...args: never) => unknown> = (
  ...args: Parameters<Ask>
) => Promise<Awaited<ReturnType<Ask>>>

/** What a client needs to send its events to a connected emulator. */
export interface ConnectedClientOptions
  extends Pick<EmulatorClientOptions, 'pixelId' | 'accessToken'> {
  /** The emulator's address, in place of Meta's. */
  readonly baseUrl: string
}

/** An emulator in another process: the words of `createEmulator()`, each a promise. Its functions need no `this`. */
export interface ConnectedEmulator {
  /** Where it listens, without a trailing slash: what `CAPI_BASE_URL` is set to. */
  readonly url: string
  /** The dataset it works with; undefined for all of them. */
  readonly pixelId: string | undefined
  /** Options of a client of this emulator: `createCapi({ ...emulator.options })`. */
  readonly options: ConnectedClientOptions
  /** The kept events, oldest first, refused ones included. */
  readonly events: Asked<Emulator['events']>
  /** The kept calls with their answers, oldest first, also those without a readable event. */
  readonly calls: Asked<Emulator['calls']>
  /** Forgets events and calls: those of its dataset, or all. */
  readonly clear: Asked<Emulator['clear']>
  /** Which browser and server events count once, and which only just do not. */
  readonly pairs: Asked<Emulator['pairs']>
  /** Match-quality estimate, coverage, keys and freshness by event name. Estimates, not Meta's numbers. */
  readonly quality: Asked<Emulator['quality']>
  /** Problems over the kept events, the gravest first. */
  readonly diagnostics: Asked<Emulator['diagnostics']>
  /** The kept events as text, one JSON line each. */
  readonly exportEvents: Asked<Emulator['exportEvents']>
  /** Brings back what was exported, to the datasets named in it. */
  readonly importEvents: Asked<Emulator['importEvents']>
  /** The first kept or coming event that matches; default `timeoutMs` is that of `connectEmulator`. */
  readonly waitForEvent: Emulator['waitForEvent']
  /** Lets calls fail as the rule says, until the returned function ends it. With a dataset, its calls alone. */
  readonly fail: (rule: FaultRule) => Promise<() => Promise<void>>
  /** The faults asked for; with a dataset, its own. */
  readonly faults: {
    /** In the order in which they strike. */
    readonly list: Asked<FaultRules['list']>
    /** Ends them. */
    readonly clear: Asked<FaultRules['clear']>
  }
  /** Stops the clock at a time; without one it runs on at the right time. All datasets share the clock. */
  readonly setNow: Asked<Emulator['setNow']>
  /** Moves the clock forward; it runs on from there. All datasets share the clock. */
  readonly advance: Asked<Emulator['advance']>
}

export function branded(emulator: ConnectedEmulator): ConnectedEmulator {
  return Object.defineProperty({ ...emulator }, BRAND, { value: true })
}

/** Also one of the package's CommonJS copy. */
export function isConnected(value: unknown): value is ConnectedEmulator {
  return typeof value === 'object' && value !== null && BRAND in value
}
