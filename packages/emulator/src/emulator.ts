import { type DiagnosticFilter, ofSeverity } from './analysis/diagnostics.ts'
import type { Diagnostic, EventQuality, PairsReport } from './analysis/report.ts'
import { createReports } from './analysis/reports.ts'
import { createApp } from './app.ts'
import { createClock } from './clock.ts'
import { EmulatorError } from './emulator-error.ts'
import { createFetch } from './faults/create-fetch.ts'
import type { ActiveFault, FaultRule } from './faults/fault-rule.ts'
import { createFaultStore } from './faults/fault-store.ts'
import { knownOptions } from './known-options.ts'
import { type Listener, listen } from './listen.ts'
import { DIAGNOSTICS_OPTIONS, EMULATOR_OPTIONS, WAIT_OPTIONS } from './option-tables.ts'
import type { EmulatorOptions, ListenOptions, WaitOptions } from './options.ts'
import { type CallFilter, checkCallFilter } from './store/call-filter.ts'
import type { CapturedEvent } from './store/captured-event.ts'
import { checkDataset, type DatasetFilter } from './store/dataset-filter.ts'
import { checkFilter, type EventFilter } from './store/event-filter.ts'
import { createEventStore, type EventStore } from './store/event-store.ts'
import { checkFits } from './store/memory-budget.ts'
import { readEvents, writeEvents } from './store/ndjson.ts'
import { persistTo } from './store/persist.ts'
import type { RecordedCall } from './store/recorded-call.ts'
import { waitForEvent } from './store/wait-for-event.ts'

const NO_TEXT = 'importEvents must be given the text of an export.'

/** What came of an import. */
export interface ImportResult {
  /** Events brought back. */
  readonly imported: number
  /** Lines that hold no event. */
  readonly refused: number
}

/** What a client needs to send its events here, without a network. */
export interface EmulatorClientOptions {
  /** Made up; the emulator takes any. */
  readonly pixelId: string
  /** Made up; the emulator takes any. */
  readonly accessToken: string
  /** Answers like Meta. */
  readonly fetch: Emulator['fetch']
}

/** The faults asked for. Of one dataset: those whose `match` names it. */
export interface FaultRules {
  /** In the order in which they strike. */
  readonly list: (filter?: DatasetFilter) => readonly ActiveFault[]
  /** Ends them. */
  readonly clear: (filter?: DatasetFilter) => void
}

/** Meta's Conversions API in this process. Its functions need no `this`. */
export interface Emulator {
  /** Options of a client of this emulator: `createCapi({ ...emulator.options })`. */
  readonly options: EmulatorClientOptions
  /** Answers like Meta, without a network. Hand it to a client in place of `fetch`. */
  readonly fetch: (input: Request | string | URL, init?: RequestInit) => Promise<Response>
  /** Serves the same over HTTP, with the page that shows events as they arrive. */
  readonly listen: (options?: ListenOptions) => Promise<Listener>
  /** The kept events, oldest first, refused ones included. */
  readonly events: (filter?: EventFilter) => readonly CapturedEvent[]
  /**
   * The kept calls with their answers, oldest first: those of the imitated API and of the browser's pixel, also calls without
   * a readable event and calls to a wrong path. No preflights.
   */
  readonly calls: (filter?: CallFilter) => readonly RecordedCall[]
  /** Forgets the kept events and calls, of one dataset or all. Numbers go on from where they were. */
  readonly clear: (filter?: DatasetFilter) => void
  /** Which browser and server events count once, and which only just do not. */
  readonly pairs: (filter?: DatasetFilter) => PairsReport
  /** Match-quality estimate, coverage, keys and freshness by event name. Estimates, not Meta's numbers. */
  readonly quality: (filter?: DatasetFilter) => readonly EventQuality[]
  /** Problems over the kept events, the gravest first. */
  readonly diagnostics: (filter?: DiagnosticFilter) => readonly Diagnostic[]
  /** The kept events as text, one JSON line each, for `importEvents` of another run. */
  readonly exportEvents: (filter?: DatasetFilter) => string
  /**
   * Brings back what was exported, judged anew. Lines that hold no event are counted in `refused`. Throws an EmulatorError
   * (`option_invalid`) for what is no text.
   */
  readonly importEvents: (text: string) => ImportResult
  /**
   * The first kept or coming event that matches. Rejects with an EmulatorError (`event_not_received`) that lists what did
   * arrive.
   */
  readonly waitForEvent: (filter: EventFilter, options?: WaitOptions) => Promise<CapturedEvent>
  /**
   * Lets calls fail as the rule says, until the returned function ends it. The first rule that fits a
   * call strikes. Throws an EmulatorError (`fault_invalid`) that names what is wrong with a rule.
   */
  readonly fail: (rule: FaultRule) => () => void
  /** The faults asked for, with their hits; those that are over stay until cleared. */
  readonly faults: FaultRules
  /**
   * Stops the clock at a time, until it is set again; without one it runs on at the right time. Throws an EmulatorError
   * (`time_invalid`) for what is no time.
   */
  readonly setNow: (time?: Date | number | string) => void
  /**
   * Moves the clock forward by milliseconds, or by text such as `8d`, `+36h` or `1h 30m`. A running clock runs on from there,
   * until `setNow()`; one that `setNow` stopped stays stopped. Throws an EmulatorError (`time_invalid`) for what is no span.
   */
  readonly advance: (span: number | string) => void
  /** Stops every listener and ends every stream and wait. */
  readonly close: () => Promise<void>
  /** `close`, for `await using`. */
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/**
 * Makes a stand-in for Meta's Conversions API. It judges each call by Meta's published rules,
 * keeps the events in memory, and reaches no network. Throws an EmulatorError where an option cannot be used
 * (`option_invalid`), or where the file of `persist` cannot be opened (`file_failed`).
 * @example
 * await using emulator = createEmulator()
 * await using capi = createCapi({ ...emulator.options })
 * await capi.track('Lead', {}, { action_source: 'phone_call', user_data: { ph: '+41 79 123 45 67' } })
 * await capi.flush()
 * emulator.events({ event_name: 'Lead' })[0]?.status // 'processed'
 */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  return openEmulator(options).emulator
}

/** For the command line, which also listens to what the store tells. */
export function openEmulator(options: EmulatorOptions): {
  readonly emulator: Emulator
  readonly subscribe: EventStore['subscribe']
} {
  const {
    now = Date.now,
    max = 500,
    mode = 'meta',
    random = Math.random,
    dedup = {},
    persist,
    appSecret,
  } = knownOptions(options, EMULATOR_OPTIONS, 'createEmulator')
  checkFits(max)
  const clock = createClock(now)
  const store = createEventStore(max, clock.now, dedup)
  if (persist !== undefined) persistTo(persist, store)
  const faults = createFaultStore(random)
  const reports = createReports(store)
  const app = createApp({ store, clock, faults, mode, random, appSecret })
  const listeners = new Set<Listener>()

  const close = async () => {
    store.close()
    await Promise.all([...listeners].map((listener) => listener.close()))
    listeners.clear()
  }

  const fetch = createFetch(app.fetch)

  const emulator: Emulator = {
    options: { pixelId: '1234567890', accessToken: 'emulator', fetch },
    fetch,
    listen: async (options) => {
      const listener = await listen(app.fetch, options)
      listeners.add(listener)
      return listener
    },
    events: (filter = {}) => store.list(checkFilter(filter, 'events')),
    calls: (filter = {}) => store.calls.list(checkCallFilter(filter, 'calls')),
    clear: (filter = {}) => store.clear(checkDataset(filter, 'clear')),
    pairs: (filter = {}) => reports.now('pairs', checkDataset(filter, 'pairs').pixel_id),
    quality: (filter = {}) => reports.now('quality', checkDataset(filter, 'quality').pixel_id),
    diagnostics: (filter = {}) => {
      const { pixel_id, severity } = knownOptions(filter, DIAGNOSTICS_OPTIONS, 'diagnostics')
      return ofSeverity(reports.now('diagnostics', pixel_id), { severity })
    },
    exportEvents: (filter = {}) => writeEvents(store.list(checkDataset(filter, 'exportEvents'))),
    importEvents: (text) => {
      if (typeof text !== 'string') throw new EmulatorError('option_invalid', NO_TEXT)
      const { events, refused } = readEvents(text)
      store.restore(events)
      return { imported: events.length, refused }
    },
    waitForEvent: async (filter, waiting = {}) => {
      checkFilter(filter, 'waitForEvent')
      const { timeoutMs = 2000, after } = knownOptions(waiting, WAIT_OPTIONS, 'waitForEvent')
      return await waitForEvent(store, filter, { timeoutMs, after })
    },
    fail: (rule) => {
      const { id } = faults.add(rule)
      return () => faults.remove(id)
    },
    faults: {
      list: (filter = {}) => faults.list(checkDataset(filter, 'faults.list')),
      clear: (filter = {}) => faults.clear(checkDataset(filter, 'faults.clear')),
    },
    setNow: clock.set,
    advance: clock.advance,
    close,
    [Symbol.asyncDispose]: close,
  }
  return { emulator, subscribe: (listener) => store.subscribe(listener) }
}
