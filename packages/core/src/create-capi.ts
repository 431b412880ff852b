import type { ClientState } from './client-state.ts'
import type { Clock } from './clock.ts'
import { createLedger, guarded } from './delivery/ledger.ts'
import type { OutboxStore } from './delivery/outbox-store.ts'
import type { Scope } from './event/event-input.ts'
import { mergeScope } from './event/merge-scope.ts'
import type { Fields } from './fields.ts'
import { type CapiOptions, resolveOptions, toPixelIds } from './options.ts'
import { send } from './send.ts'
import { track } from './track.ts'
import type { Capi, FlushResult, RootTracker, Stats, Tracker } from './tracker.ts'
import { createExchange } from './transport/exchange.ts'

const NOTHING_IS_SENT =
  '@capi/core: no events are sent: set META_PIXEL_ID and META_CAPI_ACCESS_TOKEN (options pixelId and accessToken).'

/**
 * A client: one pixel (or several) and its token, a queue and a delivery loop. Make one for each
 * token and keep it; clients do not know of each other.
 * @throws CapiConfigError when an option is malformed.
 */
export function createCapi(options: CapiOptions = {}): Capi {
  const resolved = resolveOptions(options)
  const { accessToken, pixelIds, logger, clock, store } = resolved
  const isEnabled = accessToken !== undefined && accessToken !== '' && pixelIds.length > 0
  const state: ClientState = {
    options: resolved,
    ledger: createLedger(resolved),
    exchange: isEnabled ? createExchange(resolved, accessToken) : undefined,
    lanes: new Map(),
    putting: new Set(),
    sending: 0,
    isClosed: false,
    logged: new Set(),
  }
  if (!isEnabled) guarded(() => logger.warn(NOTHING_IS_SENT))

  async function stats(): Promise<Stats> {
    const waiting = await waitingIn(store)
    const lanes = Object.fromEntries(
      Object.entries(waiting).map(([id, queued]) => [id, { queued }]),
    )
    const queued = total(waiting) + state.sending
    return { ...state.ledger.counts(), queued, lanes }
  }

  async function flush(timeoutMs = 10_000): Promise<FlushResult> {
    const before = state.ledger.counts()
    const drained = drain(state)
    await settledWithin(drained, timeoutMs, clock)
    const after = await stats()
    return {
      delivered: after.delivered - before.delivered,
      dropped: total(after.dropped) - total(before.dropped),
      queued: after.queued,
    }
  }

  let closing: Promise<FlushResult> | undefined
  async function close(timeoutMs?: number): Promise<FlushResult> {
    state.isClosed = true
    const result = await flush(timeoutMs)
    await closeStore(store)
    return result
  }

  return {
    ...createTracker(state, {}, pixelIds),
    flush: (drain) => flush(drain?.timeoutMs),
    close: (drain) => {
      closing ??= close(drain?.timeoutMs)
      return closing
    },
    stats,
  }
}

/** One implementation for both kinds of tracker: they differ in what their types demand. */
function createTracker(
  state: ClientState,
  scope: Fields,
  pixelIds: readonly string[],
): RootTracker {
  return {
    track: (event_name: string, custom_data?: object, fields?: object) =>
      track(state, () => mergeScope(scope, { ...fields, event_name, custom_data }), pixelIds),
    send: (events, { signal } = {}) => {
      const inputs: readonly Fields[] = Array.isArray(events) ? events : [events]
      return send(
        state,
        inputs.map((input) => () => mergeScope(scope, input)),
        pixelIds,
        signal,
      )
    },
    with({ pixelId, ...inner }: Scope) {
      const pixels = pixelId === undefined ? pixelIds : toPixelIds(pixelId)
      // It serves as either kind; which one the caller has is told by the scope's type.
      return createTracker(state, mergeScope(scope, inner), pixels) as RootTracker & Tracker
    },
  }
}

function settledWithin(work: Promise<unknown>, timeoutMs: number, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(timeoutMs, resolve)
    const done = () => {
      cancel()
      resolve()
    }
    work.then(done, done)
  })
}

/** First what `track` was just called with, then what waits. */
async function drain(state: ClientState): Promise<void> {
  while (state.putting.size > 0) await Promise.all(state.putting)
  // A microtask on, those calls have woken their lanes.
  await Promise.resolve()
  await Promise.all([...state.lanes.values()].map((lane) => lane.drain()))
}

/** What waits by lane; nothing, when a store of the caller's cannot say. */
async function waitingIn(store: OutboxStore): Promise<Readonly<Record<string, number>>> {
  try {
    return (await store.stats()) ?? {}
  } catch {
    return {} // The store is broken; what it refuses is counted as store_error.
  }
}

async function closeStore(store: OutboxStore): Promise<void> {
  try {
    await store.close()
  } catch {
    // Nothing waits for it any more, and there is no caller to tell.
  }
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, one) => sum + one, 0)
}
