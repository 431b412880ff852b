import { type Capi, CapiConfigError, CapiError } from '@capi/core'
import { attempt, type HostOptions, type RequestHosts } from '@capi/core/adapter'
import type { Outbox } from '@capi/core/outbox'
import type { Platform, RequestOptions } from './web-options.ts'

/** Beside those that every adapter has. */
export type OwnOptions = Pick<RequestOptions, 'autoPageView' | 'address' | 'waitUntil'>

/** The options, as they are read: what only types hold apart is together. */
export type AllOptions = HostOptions<Request> & OwnOptions

/** Which client a request has: that of the process, or one of its own. */
export interface Clients {
  /** @throws CapiConfigError in an isolate, where every client belongs to a request. */
  shared(): Capi
  forRequest(platform: Platform): RequestClient
}

/** The client of one request, and how delivery outlives that. */
export interface RequestClient {
  /** For one event. Never throws. */
  readonly clientOf: () => Capi
  /** The response is made: what was tracked is handed to the platform, and what is tracked later as it comes. */
  end(): void
}

/** Cloudflare gives 30 seconds after the response. */
const CLOSE_MS = 25_000
const SILENT = { warn() {}, error() {} }

const SHARED_CLIENT =
  'Option client cannot be used in Cloudflare Workers: timers and requests end with the request that began them. Pass the options of createCapi instead; each request then gets a client of its own.'
const NO_CLIENT =
  'There is no client outside of requests in Cloudflare Workers: each request has its own. Track with the capi of a request.'
const NO_WAIT_UNTIL =
  'The request brought no waitUntil: the runtime may end before its events are delivered, and they are lost then. Pass Cloudflare’s ctx, or { waitUntil: (work) => ctx.waitUntil(work) }.'
const WAIT_UNTIL_THREW =
  'waitUntil threw, so events may be lost when the instance ends. Pass ctx itself, or (work) => ctx.waitUntil(work): taken off its object, it cannot be called.'

export function clientsOf(hosts: RequestHosts<Request, AllOptions>): Clients {
  const { options, warn, createClient } = hosts
  const { outbox, client: given, logger } = options
  const isIsolate = attempt(() => navigator.userAgent) === 'Cloudflare-Workers'
  const { process } = globalThis as Partial<typeof globalThis>
  const environment = attempt(() => ({ ...process?.env }), {})
  const loggerOnce = logsOnce(logger ?? console)

  const make = (env: object, isOwn: boolean) =>
    createClient(
      { ...environment, ...env },
      {
        ...(isOwn && { logger: loggerOnce }),
        ...(typeof outbox === 'function' && { outbox: (outbox as (env: object) => Outbox)(env) }),
      },
    )
  let client: Capi | undefined
  const shared = (env: object = {}) => {
    client ??= make(env, false)
    return client
  }
  if (isIsolate && given !== undefined) throw new CapiConfigError('config_invalid', SHARED_CLIENT)
  // A malformed option stops the start, also where clients are made later.
  if (isIsolate || process === undefined || typeof outbox === 'function')
    createClient({}, { outbox: undefined, logger: SILENT })
  else shared()

  /** A malformed variable is found with the first event, and must not fail its request. */
  function clientFor(env: object | undefined, isOwn: boolean): Capi {
    try {
      return isOwn ? make(env ?? {}, true) : shared(env)
    } catch (error) {
      const reason = CapiError.is(error) ? error.message : 'No client can be made.'
      warn('config_invalid', `${reason} Events are dropped as disabled.`)
      return createClient({}, { enabled: false, outbox: undefined })
    }
  }

  function handOver(platform: Platform, isOwn: boolean, used: Capi): void {
    // Methods: Cloudflare's waitUntil cannot be called without its object.
    const owner = [platform, options].find(({ waitUntil }) => typeof waitUntil === 'function')
    if (owner === undefined && !isOwn) return
    const work = isOwn ? used.close({ timeoutMs: CLOSE_MS }) : used.flush()
    if (owner === undefined) warn('wait_until_missing', NO_WAIT_UNTIL)
    try {
      owner?.waitUntil?.(work)
    } catch {
      warn('wait_until_threw', WAIT_UNTIL_THREW)
    }
  }

  return {
    shared() {
      if (isIsolate) throw new CapiConfigError('config_invalid', NO_CLIENT)
      return shared()
    },
    forRequest(platform) {
      const isOwn = given === undefined && (platform.isolated ?? isIsolate)
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

/** Clients of requests would log the same line once for each of them. */
function logsOnce(logger: NonNullable<AllOptions['logger']>): typeof logger {
  const logged = new Set<string>()
  const once = (kind: 'warn' | 'error') => (line: string) => {
    if (logged.has(line) || logged.size >= 100) return
    logged.add(line)
    logger[kind](line)
  }
  return { warn: once('warn'), error: once('error') }
}
