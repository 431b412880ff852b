import type { CapiOptions } from '../client/options.ts'
import type { Capi } from '../client/tracker.ts'
import { CapiConfigError, CapiError } from '../issue/errors.ts'
import { consoleLogger, type Logger } from '../runtime/logger.ts'
import type { WarnOnce } from '../runtime/warn-once.ts'
import type { Outbox } from '../store/outbox-port.ts'
import type { Platform } from './platform.ts'

/** What clients of requests are made of. */
export interface ClientSource {
  /** The adapter's options, as they were read. `outbox` may be a function of the bindings. */
  readonly options: Pick<CapiOptions, 'logger'> &
    Pick<Platform, 'waitUntil'> & { readonly client?: unknown; readonly outbox?: unknown }
  readonly warn: WarnOnce
  /** Undefined where there is none: then the first request brings it. */
  readonly environment: object | undefined
  /** Timers and I/O end with the request that began them. */
  readonly isIsolated: boolean
  readonly createClient: (environment: object, more?: CapiOptions) => Capi
}

/** Which client a request has: that of the process, or one of its own. */
export interface RequestClients {
  /** @throws CapiConfigError where every client belongs to a request. */
  shared(): Capi
  forRequest(platform: Platform): RequestClient
}

/** The client of one request, and how delivery outlives that. */
interface RequestClient {
  /** For one event. Never throws. */
  readonly clientOf: () => Capi
  /** The response is made: what was tracked is handed to the platform, and what is tracked later as it comes. */
  readonly end: () => void
}

/** Together five seconds less than Cloudflare gives after the response. */
const FLUSH_MS = 5_000
const CLOSE_MS = 20_000
/** Lines that clients of requests have logged. */
const MAX_LINES = 100
const SILENT: Logger = { warn() {}, error() {} }

/** @throws CapiConfigError for a malformed option, and for a client where requests cannot share one. */
export function requestClients(source: ClientSource): RequestClients {
  const { options, warn, environment, isIsolated, createClient } = source
  const { outbox, client: given, logger = consoleLogger } = options
  if (isIsolated && given !== undefined) throw new CapiConfigError('config_invalid', SHARED_CLIENT)
  const ownLogger = logsOnce(logger)
  let client: Capi | undefined

  const make = (env: object, more: CapiOptions) =>
    createClient({ ...environment, ...env }, { ...more, ...outboxFor(outbox, env) })
  const shared = (env: object = {}) => {
    client ??= make(env, {})
    return client
  }
  const isMadeLater = isIsolated || environment === undefined || typeof outbox === 'function'
  // A malformed option still stops the start.
  if (isMadeLater) createClient({}, { outbox: undefined, logger: SILENT })
  else shared()

  /** A malformed variable is found with the first event, and must not fail its request. */
  function clientFor(env: object | undefined, isOwn: boolean): Capi {
    try {
      return isOwn ? make(env ?? {}, { logger: ownLogger }) : shared(env)
    } catch (error) {
      const reason = CapiError.is(error)
        ? error.message
        : 'Option outbox threw: there is no client.'
      warn('config_invalid', `${reason} Events are dropped as disabled.`)
      return createClient({}, { enabled: false, outbox: undefined })
    }
  }

  function handOver(platform: Platform, isOwn: boolean, used: Capi): void {
    // Called as methods: Cloudflare's waitUntil cannot be called without its object.
    const owner = [platform, options].find(({ waitUntil }) => typeof waitUntil === 'function')
    if (owner === undefined && !isOwn) return
    const work = isOwn ? last(used) : used.flush()
    if (owner === undefined) warn('wait_until_missing', NO_WAIT_UNTIL)
    try {
      owner?.waitUntil?.(work)
    } catch {
      warn('wait_until_threw', WAIT_UNTIL_THREW)
    }
  }

  return {
    shared() {
      if (isIsolated) throw new CapiConfigError('config_invalid', NO_CLIENT)
      return shared()
    },
    forRequest(platform) {
      const isOwn = given === undefined && (platform.isolated ?? isIsolated)
      let current: Capi | undefined
      let isOver = false
      const deliver = () => {
        if (current !== undefined) handOver(platform, isOwn, current)
        current = undefined
      }
      return {
        clientOf() {
          // A late event is put in this turn, and handed over after it.
          if (current === undefined && isOver) queueMicrotask(deliver)
          current ??= clientFor(platform.env, isOwn)
          return current
        },
        end() {
          isOver = true
          deliver()
        },
      }
    },
  }
}

/** Delivers, and closes where something is left: a client that nobody uses and that holds nothing may as well be forgotten. */
async function last(client: Capi): Promise<void> {
  const { queued } = await client.flush({ timeoutMs: FLUSH_MS })
  if (queued !== 0) await client.close({ timeoutMs: CLOSE_MS })
}

function outboxFor(outbox: unknown, env: object): Pick<CapiOptions, 'outbox'> {
  return typeof outbox === 'function' ? { outbox: outbox(env) as Outbox } : {}
}

/** Clients of requests would log the same line once for each of them. */
function logsOnce(logger: Logger): Logger {
  const logged = new Set<string>()
  const isNew = (line: string) => !logged.has(line) && logged.size < MAX_LINES && logged.add(line)
  return {
    warn: (line) => void (isNew(line) && logger.warn(line)),
    error: (line) => void (isNew(line) && logger.error(line)),
  }
}

const SHARED_CLIENT =
  'Option client cannot be used in Cloudflare Workers: timers and requests end with the request that began them. Pass the options of createCapi instead; each request then gets a client of its own.'
const NO_CLIENT =
  'There is no client outside of requests in Cloudflare Workers: each request has its own. Track with the capi of a request.'
const NO_WAIT_UNTIL =
  'A request brought no waitUntil: the runtime may end before its events are delivered, and they are lost then. Pass Cloudflare’s ctx as the platform, or { waitUntil: (work) => ctx.waitUntil(work) }.'
const WAIT_UNTIL_THREW =
  'waitUntil threw, so events may be lost when the instance ends. Pass (work) => ctx.waitUntil(work): without its object, waitUntil cannot be called.'
