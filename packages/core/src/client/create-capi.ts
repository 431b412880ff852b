import { createLanes } from '../delivery/lanes.ts'
import { createLedger } from '../delivery/ledger.ts'
import { type Consent, readConsent } from '../event/consent.ts'
import type { Scope } from '../event/event-input.ts'
import { readSaved } from '../event/saved-context.ts'
import { warningsOf } from '../event/scope-warnings.ts'
import type { Fields } from '../field/fields.ts'
import { CapiConfigError, CapiError } from '../issue/errors.ts'
import { optionText } from '../option/demand.ts'
import type { OptionTable } from '../option/option-table.ts'
import { type OptionReader, readOptions } from '../option/read-options.ts'
import { attempt } from '../runtime/attempt.ts'
import { claim } from '../store/outbox-owners.ts'
import { openStore } from '../store/store.ts'
import { createExchange } from '../transport/exchange.ts'
import { versionNotice } from '../transport/graph-versions.ts'
import { addressed, type TrackerScope, within } from './addressed.ts'
import { type AsyncDisposal, disposable } from './async-disposal.ts'
import type { ClientState } from './client-state.ts'
import { deadLetters } from './dead-letters.ts'
import { close, flush } from './drain.ts'
import { erase } from './erase.ts'
import { isAtHome } from './home.ts'
import { nothingIsSent } from './nothing-is-sent.ts'
import type { CapiOptions } from './options.ts'
import { startOutbox, wake, wakeLanes } from './outbox.ts'
import { listOf, readPayload } from './read-payload.ts'
import type { Receipt } from './receipt.ts'
import { reportIssues, warnOnce } from './report-issues.ts'
import { resolveOptions } from './resolve-options.ts'
import { send } from './send.ts'
import { stats } from './stats.ts'
import { testMark } from './test-client.ts'
import { countPut, track } from './track.ts'
import type { TrackOptions } from './track-arguments.ts'
import { NO_TRACK_OPTIONS, trackOptions } from './track-options.ts'
import type {
  Capi,
  DrainOptions,
  FlushResult,
  RootTracker,
  SendOptions,
  Tracker,
} from './tracker.ts'

const UNKNOWN_CONTEXT =
  'a saved context is of a version that this release does not read. Its events are dropped as consent: run one release of @capi/core wherever contexts are saved and used (context_version_unknown).'

/**
 * A client: one pixel (or several) and its token, a queue and a delivery loop. Make one for each
 * token and keep it; clients do not know of each other. One client serves many tenants: leave `pixelId` out, give
 * `accessToken` as a function of the pixel, and name the pixel in the scope, `capi.with({ pixelId })`.
 * @throws CapiConfigError when an option is malformed.
 * @example
 * const capi = createCapi(optionsFromEnv(process.env))
 * await capi.track(
 *   'Purchase',
 *   { value: 49.9, currency: 'EUR' },
 *   { action_source: 'phone_call', event_id: 'order.1001', user_data: { em: 'anna@example.com' } },
 * )
 * await capi.close() // before the process ends
 */
export function createCapi(options: CapiOptions = {}): Capi {
  const resolved = resolveOptions(options)
  const { accessToken = '', gateway, pixelIds, logger } = resolved
  const isOff = resolved.enabled === false
  const isEnabled = !isOff && (accessToken !== '' || gateway !== undefined)
  const { clock, timeoutMs, putTimeoutMs } = resolved
  const ledger = createLedger(resolved)
  const store = openStore(resolved.outbox, {
    ...resolved.whileAway,
    clock,
    timeoutMs,
    putTimeoutMs,
    nowMs: () => resolved.time.nowMs(),
    onFound: (waiting) => wakeLanes(state, waiting),
    onLoss(losses) {
      for (const { lane, ...loss } of losses) ledger.drop({ ...loss, pixelId: lane })
    },
    onEnd: (item, end, cause) => countPut(state, { item, end, cause }),
    onStray: ({ lane }) => wake(state, lane, 0),
    onFailure: (error) => ledger.reportOutboxError(error),
  })
  const exchange = isEnabled ? createExchange(resolved, accessToken) : undefined
  const recovered = () => state.recovered
  const state: ClientState = {
    options: resolved,
    ledger,
    store,
    exchange,
    lanes: exchange && createLanes({ options: resolved, store, exchange, ledger, recovered }),
    putting: new Set(),
    recovered: Promise.resolve(),
    isRecoverDue: false,
    isClosed: false,
    isStopped: false,
    cancelSweep: undefined,
    cancelPoll: undefined,
    home: undefined,
    logged: new Set(),
    mark: testMark(resolved),
  }
  if (isEnabled) claim(resolved.outbox, state)
  if (isEnabled) startOutbox(state)
  else if (!isOff) attempt(() => logger.warn(nothingIsSent(resolved)))
  // A function gives tokens of many pixels: their scopes name them.
  const isForMany = typeof accessToken === 'function'
  if (isEnabled && pixelIds.length === 0 && !isForMany)
    attempt(() => logger.warn(nothingIsSent(resolved)))
  const notice = versionNotice(resolved.apiVersion, resolved.clock.now())
  if (notice !== undefined && isEnabled && gateway === undefined) warnOnce(state, notice)
  let closing: Promise<FlushResult> | undefined
  const shut = (drain?: DrainOptions): Promise<FlushResult> => {
    if (!isAtHome(state)) return flush(state)
    closing ??= close(state, drainOptions(state, 'close', drain).timeoutMs)
    return closing
  }
  const capi: Omit<Capi, keyof AsyncDisposal> = {
    ...createTracker(state, {
      fields: {},
      consent: consentOfOptions(options),
      pixelIds: pixelIds.length > 0 ? pixelIds : undefined,
    }),
    flush: (drain) => flush(state, drainOptions(state, 'flush', drain).timeoutMs),
    close: shut,
    stats: () => stats(state),
    erase: async (person) => await erase(state, person),
    deadLetters: deadLetters(state),
  }
  return disposable(capi, async () => void (await shut())) as Capi
}

/**
 * Where no consent is named, the caller has allowed the events. It is no option of a client, but in an object
 * that is also an adapter's it was meant: a function of a request has no answer here.
 */
function consentOfOptions(options: object): Consent {
  const { consent } = { consent: 'granted', ...options } as Fields
  return readConsent(typeof consent === 'function' ? undefined : consent)
}

const DRAIN_OPTIONS = { timeoutMs: 'any' } as const satisfies OptionTable<DrainOptions>
const SEND_OPTIONS = {
  signal: 'any',
  testEventCode: 'text',
  uploadTag: 'text',
} as const satisfies OptionTable<SendOptions>

function reader<T>(state: ClientState, name: string, table: OptionTable<T>): OptionReader<T> {
  return { name, table, warn: (line) => warnOnce(state, line) }
}

/** These calls never reject. A time that is none is the default: taken for 0, it would cost the events that wait. */
function drainOptions(state: ClientState, name: string, given?: DrainOptions): DrainOptions {
  try {
    const own = readOptions(given ?? {}, reader<DrainOptions>(state, name, DRAIN_OPTIONS))
    const timeoutMs: unknown = own.timeoutMs ?? undefined
    if (typeof timeoutMs === 'number' && timeoutMs >= 0) return { timeoutMs }
    if (timeoutMs === undefined) return {}
    warnOnce(state, `Option timeoutMs of ${name} must be 0 or more. The default is used.`)
  } catch (error) {
    // Else a getter of the caller's threw; what was thrown may hold personal data.
    if (CapiError.is(error)) warnOnce(state, `${error.message} The defaults are used.`)
  }
  return {}
}

/** One implementation for both kinds of tracker: they differ in what their types demand. */
function createTracker(state: ClientState, scope: TrackerScope): RootTracker {
  return {
    ...state.mark,
    async track(event_name: string, custom_data?: object, fields?: TrackOptions) {
      const more = { ...NO_TRACK_OPTIONS, event_name, custom_data }
      const given = addressed(scope, fields ?? {}, more)
      const [receipt] = await track(state, [given], trackOptions(fields))
      return receipt as Receipt
    },
    async enqueue(events: unknown, options?: TrackOptions) {
      // A list that cannot be read is an event that cannot be read.
      const isList = attempt(() => Array.isArray(events), false)
      const list = attempt(() => listOf(events), [undefined])
      const all = list.map((event) => addressed(scope, event))
      const receipts = await track(state, all, trackOptions(options))
      return isList ? receipts : receipts[0]
    },
    async send(given: unknown, options?: SendOptions) {
      const own = readSendOptions(state, options)
      const { events, ...payload } = readPayload(given, (found) => reportIssues(state, found, {}))
      const all = events.map((event) => addressed(scope, event))
      return await send(state, all, {
        signal: own.signal ?? undefined,
        testEventCode: optionText('testEventCode', own.testEventCode) ?? payload.testEventCode,
        uploadTag: optionText('uploadTag', own.uploadTag) ?? payload.uploadTag,
      })
    },
    with(given: Scope) {
      const inScope = readSaved(given)
      if (inScope === undefined) {
        warnOnce(state, UNKNOWN_CONTEXT)
        const nowhere: TrackerScope = { fields: {}, consent: 'denied', pixelIds: [] }
        return createTracker(state, nowhere) as RootTracker & Tracker
      }
      for (const { message } of warningsOf(inScope)) warnOnce(state, message)
      // One object serves as either kind; the type of the scope says which one the caller has.
      return createTracker(state, within(scope, inScope)) as RootTracker & Tracker
    },
  } as RootTracker
}

/** @throws CapiConfigError */
function readSendOptions(state: ClientState, given?: SendOptions): SendOptions {
  try {
    const options = readOptions(given ?? {}, reader<SendOptions>(state, 'send', SEND_OPTIONS))
    const signal = options.signal ?? undefined
    if (signal === undefined || typeof signal.aborted === 'boolean') return options
  } catch (error) {
    // Else a getter of the caller's, or a signal of another request in Cloudflare Workers.
    if (CapiError.is(error)) throw error
  }
  throw new CapiConfigError('config_invalid', 'Option signal of send must be an AbortSignal.')
}
