import { attempt } from '../attempt.ts'
import { type Consent, consentIn, readConsent } from '../consent.ts'
import { createLedger } from '../delivery/ledger.ts'
import { CapiConfigError, CapiError, CapiValidationError } from '../errors.ts'
import type { Scope } from '../event/event-input.ts'
import { mergeScope } from '../event/merge-scope.ts'
import { readSaved } from '../event/saved-context.ts'
import { warningsOf } from '../event/scope-warnings.ts'
import type { Fields } from '../fields.ts'
import { issue } from '../issue.ts'
import type { OptionTable } from '../option/option-table.ts'
import { toPixelIds } from '../option/pixel-ids.ts'
import { type OptionReader, readOptions } from '../option/read-options.ts'
import { type CapiOptions, resolveOptions } from '../options.ts'
import { createExchange } from '../transport/exchange.ts'
import { versionNotice } from '../transport/graph-versions.ts'
import { addressed, type TrackerScope } from './addressed.ts'
import { type ClientState, warnOnce } from './client-state.ts'
import { deadLetters } from './dead-letters.ts'
import { close, flush } from './drain.ts'
import { isAtHome } from './home.ts'
import { nothingIsSent } from './nothing-is-sent.ts'
import { startOutbox } from './outbox.ts'
import { claim } from './outbox-owners.ts'
import { send } from './send.ts'
import { stats } from './stats.ts'
import { track } from './track.ts'
import type {
  Capi,
  DrainOptions,
  FlushResult,
  RootTracker,
  SendOptions,
  Tracker,
  TrackOptions,
} from './tracker.ts'

const UNKNOWN_CONTEXT =
  '@capi/core: a saved context is of a version that this release does not read. Its events are dropped as consent: run one release of @capi/core wherever contexts are saved and used (context_version_unknown).'

/**
 * A client: one pixel (or several) and its token, a queue and a delivery loop. Make one for each
 * token and keep it; clients do not know of each other. One client serves many tenants: leave `pixelId` out, give
 * `accessToken` as a function of the pixel, and name the pixel in the scope, `capi.with({ pixelId })`.
 * @throws CapiConfigError when an option is malformed.
 */
export function createCapi(options: CapiOptions = {}): Capi {
  const resolved = resolveOptions(options)
  const { accessToken = '', gateway, pixelIds, logger } = resolved
  const isEnabled = accessToken !== '' || gateway !== undefined
  const state: ClientState = {
    options: resolved,
    ledger: createLedger(resolved),
    exchange: isEnabled ? createExchange(resolved, accessToken) : undefined,
    lanes: new Map(),
    putting: new Set(),
    recovered: Promise.resolve(),
    putBeforeRecovery: new Map(),
    isClosed: false,
    isStopped: false,
    cancelSweep: undefined,
    home: undefined,
    logged: new Set(),
  }
  if (isEnabled) claim(resolved.outbox)
  if (isEnabled) startOutbox(state)
  else attempt(() => logger.warn(nothingIsSent(resolved)))
  // A function gives tokens of many pixels: their scopes name them.
  const isForMany = typeof accessToken === 'function'
  if (isEnabled && pixelIds.length === 0 && !isForMany)
    attempt(() => logger.warn(nothingIsSent(resolved)))
  const notice = versionNotice(resolved.apiVersion, resolved.clock.now())
  if (notice !== undefined && isEnabled && gateway === undefined) warnOnce(state, notice)
  let closing: Promise<FlushResult> | undefined
  return {
    ...createTracker(state, {
      fields: {},
      consent: consentOfOptions(options),
      pixelIds: pixelIds.length > 0 ? pixelIds : undefined,
    }),
    flush: (drain) => flush(state, drainOptions(state, 'flush', drain).timeoutMs),
    close(drain) {
      if (!isAtHome(state)) return flush(state)
      closing ??= close(state, drainOptions(state, 'close', drain).timeoutMs)
      return closing
    },
    stats: () => stats(state),
    deadLetters: deadLetters(state),
  }
}

/**
 * Where no consent is named, the events were allowed by whoever tracks them. It is no option of a client, but in an object
 * that is also an adapter's it was meant: a function of a request has no answer here.
 */
function consentOfOptions(options: object): Consent {
  const { consent } = { consent: 'granted', ...options } as Fields
  return readConsent(typeof consent === 'function' ? undefined : consent)
}

const DRAIN_OPTIONS = { timeoutMs: 'any' } as const satisfies OptionTable<DrainOptions>
const SEND_OPTIONS = {
  signal: 'any',
  uploadTag: 'text',
} as const satisfies OptionTable<SendOptions>

function reader<T>(state: ClientState, name: string, table: OptionTable<T>): OptionReader<T> {
  return { name, table, warn: (line) => warnOnce(state, line) }
}

/** These calls never reject: options that cannot be read are the defaults. */
function drainOptions(state: ClientState, name: string, given: DrainOptions = {}): DrainOptions {
  return attempt(
    () => readOptions(given, reader<DrainOptions>(state, name, DRAIN_OPTIONS)),
    given ?? {},
  )
}

/** One implementation for both kinds of tracker: they differ in what their types demand. */
function createTracker(state: ClientState, scope: TrackerScope): RootTracker {
  return {
    track(event_name: string, custom_data?: object, fields?: TrackOptions) {
      const transaction = attempt(() => fields?.transaction)
      const more = { transaction: undefined, event_name, custom_data }
      return track(state, addressed(scope, fields ?? {}, more), { transaction })
    },
    async send(events, given) {
      const options = readSendOptions(state, given)
      const inputs = attempt(() => (Array.isArray(events) ? [...events] : [events]) as Fields[])
      if (inputs === undefined) throw new CapiValidationError([issue('unreadable_input', '')])
      const all = inputs.map((input) => addressed(scope, input))
      return await send(state, all, options)
    },
    with(given: Scope) {
      const inScope = readSaved(given)
      if (inScope === undefined) {
        warnOnce(state, UNKNOWN_CONTEXT)
        const nowhere: TrackerScope = { fields: {}, consent: 'denied', pixelIds: [] }
        return createTracker(state, nowhere) as RootTracker & Tracker
      }
      for (const { message } of warningsOf(inScope)) warnOnce(state, message)
      const { pixelId, consent: _, ...fields } = inScope
      const named =
        'pixelId' in inScope ? toPixelIds(pixelId, 'The pixelId of a scope') : scope.pixelIds
      // It serves as either kind; which one the caller has is told by the scope's type.
      return createTracker(state, {
        fields: mergeScope(scope.fields, fields),
        consent: consentIn(inScope) ?? scope.consent,
        pixelIds: scope.pixelIds?.length === 0 ? scope.pixelIds : named,
      }) as RootTracker & Tracker
    },
  }
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
