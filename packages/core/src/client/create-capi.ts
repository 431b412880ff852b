import { attempt } from '../attempt.ts'
import { type Consent, limited, readConsent } from '../consent.ts'
import { createLedger } from '../delivery/ledger.ts'
import type { EventFields, Scope } from '../event/event-input.ts'
import { mergeScope } from '../event/merge-scope.ts'
import type { Fields } from '../fields.ts'
import { type CapiOptions, resolveOptions, toPixelIds } from '../options.ts'
import { createExchange } from '../transport/exchange.ts'
import type { ClientState } from './client-state.ts'
import { close, flush } from './drain.ts'
import { deadLetters, startOutbox } from './outbox.ts'
import { send } from './send.ts'
import { stats } from './stats.ts'
import { track } from './track.ts'
import type { Capi, FlushResult, RootTracker, Tracker, TrackOptions } from './tracker.ts'

const NOTHING_IS_SENT =
  '@capi/core: access_token_missing. No events are sent: set META_PIXEL_ID and META_CAPI_ACCESS_TOKEN (options pixelId and accessToken).'

/**
 * A client: one pixel (or several) and its token, a queue and a delivery loop. Make one for each
 * token and keep it; clients do not know of each other.
 * @throws CapiConfigError when an option is malformed.
 */
export function createCapi(options: CapiOptions = {}): Capi {
  const resolved = resolveOptions(options)
  const { accessToken = '', gateway, pixelIds, logger } = resolved
  const isEnabled = (accessToken !== '' || gateway !== undefined) && pixelIds.length > 0
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
    logged: new Set(),
  }
  if (isEnabled) startOutbox(state)
  else attempt(() => logger.warn(NOTHING_IS_SENT))
  let closing: Promise<FlushResult> | undefined
  return {
    ...createTracker(state, {}, pixelIds),
    flush: (drain) => flush(state, drain?.timeoutMs),
    close(drain) {
      closing ??= close(state, drain?.timeoutMs)
      return closing
    },
    stats: () => stats(state),
    deadLetters: deadLetters(state),
  }
}

/** One implementation for both kinds of tracker: they differ in what their types demand. */
function createTracker(
  state: ClientState,
  scope: Fields,
  pixelIds: readonly string[],
  consent: Consent = 'granted',
): RootTracker {
  const merged = (fields: Fields) => mergeScope(limited(scope, consent), fields)
  return {
    track(event_name: string, custom_data?: object, fields?: EventFields & TrackOptions) {
      const transaction = attempt(() => fields?.transaction)
      const read = () => merged({ ...fields, transaction: undefined, event_name, custom_data })
      return track(state, read, { pixelIds, consent, transaction })
    },
    send: (events, options = {}) => {
      const inputs: readonly Fields[] = Array.isArray(events) ? events : [events]
      const reads = inputs.map((input) => () => merged(input))
      return send(state, reads, { ...options, pixelIds, consent })
    },
    with({ pixelId, consent: inner, ...fields }: Scope) {
      const pixels = pixelId === undefined ? pixelIds : toPixelIds(pixelId)
      const allowed = inner === undefined ? consent : readConsent(inner)
      // It serves as either kind; which one the caller has is told by the scope's type.
      return createTracker(state, mergeScope(scope, fields), pixels, allowed) as RootTracker &
        Tracker
    },
  }
}
