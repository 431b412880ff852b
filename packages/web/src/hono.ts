import { type Capi, CapiConfigError } from '@capi/core'
import { attempt, type Platform, type RequestCapi } from '@capi/core/adapter'
import {
  asksForScript,
  type CollectorOptions,
  collect,
  collectorOptions,
} from '@capi/core/collector'
import type { Context, MiddlewareHandler } from 'hono'
import { type CapiWebOptions, callerOf, capiWeb } from './capi-web.ts'

export { closeOnShutdown } from '@capi/core'

declare module 'hono' {
  interface ContextVariableMap {
    /** Sends events to Meta with what this request knows of its visitor. Set by `capi()`. */
    capi: RequestCapi
  }
}

/** What `capi()` makes, for `app.use`. */
export type CapiMiddleware = MiddlewareHandler & {
  /**
   * The one client of a server, for `closeOnShutdown`, `flush`, `stats`, `send` and `deadLetters`.
   * @throws CapiConfigError in Cloudflare Workers, where each request has its own.
   */
  readonly client: Capi
}

/**
 * Gives every request `c.get('capi')`, a tracker that knows the visitor. On Node.js, Bun, Deno and Cloudflare Workers, where the
 * environment is read from `c.env`. Never fails and never delays a response.
 * @throws CapiConfigError at start-up when an option is malformed.
 * @example
 * app.use(capi())
 * app.post('/orders', async (c) => {
 *   const event_id = c.get('capi').eventId('order', order.id)
 *   await c.get('capi').track('Purchase', { value: 49.9, currency: 'EUR' }, { event_id })
 *   return c.json({ event_id })
 * })
 */
export function capi(options: CapiWebOptions = {}): CapiMiddleware {
  const web = capiWeb(options, { name: 'capi', packageName: '@capi/web' })
  const middleware: MiddlewareHandler = async (c, next) => {
    const visit = web.open(c.req.raw, platformOf(c))
    c.set('capi', visit.capi)
    // An error of a handler is a response by now.
    await next()
    const { res } = c
    const answer = visit.finish(res)
    if (answer === res) return
    // Hono puts the cookies of the former response in the place of those of the next one, unless there is none.
    c.res = undefined
    c.res = answer
  }
  return Object.defineProperty(middleware as CapiMiddleware, 'client', { get: () => web.client })
}

/**
 * Takes events from pages, at an address of yours: `app.use('/events/*', capiCollector({…}))`, behind `capi()`. Closed by default: only
 * listed origins, only listed events, and a Purchase only with what `signEvent` signed. Every POST is answered with 204.
 * @throws CapiConfigError at start-up when an option would leave it open; with a request, when `capi()` did not run for it.
 * @example
 * app.use('/events/*', capiCollector({ allowedOrigins: ['https://shop.example'], events: ['AddToWishlist'] }))
 */
export function capiCollector(options: CollectorOptions): MiddlewareHandler {
  const ready = collectorOptions(options, { name: 'capiCollector', packageName: '@capi/web' })
  return async (c, next) => {
    const { method, raw } = c.req
    if (method !== 'POST' && method !== 'OPTIONS' && !asksForScript(raw, ready)) return next()
    const tracker: RequestCapi | undefined = c.get('capi')
    if (tracker === undefined) throw new CapiConfigError('config_invalid', NO_TRACKER)
    return collect(raw, tracker, { ...ready, clientIp: callerOf(tracker, platformOf(c)) })
  }
}

const NO_TRACKER =
  '@capi/web/hono: this request has no tracker. Mount the middleware before the collector: app.use(capi()).'

function platformOf(c: Context): Platform {
  const context = attempt(() => c.executionCtx)
  return {
    env: c.env,
    remoteAddress: connected(c),
    ...(context && { waitUntil: (work: Promise<unknown>) => context.waitUntil(work) }),
  }
}

/** What the servers hand to Hono: Node.js its request, Bun itself, Deno what it knows of the connection. */
interface Served {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } }
  readonly server?: BunServer
  readonly requestIP?: BunServer['requestIP']
  readonly remoteAddr?: { readonly hostname?: string }
}

type BunServer = { requestIP?(request: Request): { readonly address: string } | null }

/** Who is connected; on Cloudflare Workers a header says it. */
function connected({ env, req }: Context): string | undefined {
  const served: Served = env ?? {}
  return attempt(
    () =>
      served.incoming?.socket?.remoteAddress ??
      (served.server ?? (served as BunServer)).requestIP?.(req.raw)?.address ??
      served.remoteAddr?.hostname,
  )
}
