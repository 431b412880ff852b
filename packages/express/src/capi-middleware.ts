import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Capi } from '@capi/core'
import { type OptionTable, onClose, requestHost, type SomeRequestOptions } from '@capi/core/adapter'
import type { CapiMiddlewareOptions, CapiRequest } from './middleware-options.ts'
import { readRequest, trustedProxies } from './read-request.ts'
import { attachCapi, isAttached } from './request-capi.ts'

/** What `capiMiddleware()` makes: for `app.use`, or to be called by a bare `node:http` server. */
export interface CapiMiddleware extends Pick<Capi, 'track' | 'with' | 'close'> {
  (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void): void
  /** The client in use, for its `flush`, `stats`, `send` and `deadLetters`. `track`, `with` and `close` are its own. */
  readonly client: Capi
}

const OWN_OPTIONS = {
  autoPageView: 'any',
  trustedProxies: 'any',
} as const satisfies OptionTable<SomeRequestOptions<CapiRequest>>

/**
 * Gives every request `req.capi`, a tracker that knows the visitor's address, user agent, page,
 * referrer, `fbc` and `fbp`. Without options it is configured by the environment: META_PIXEL_ID,
 * META_CAPI_ACCESS_TOKEN, META_TEST_EVENT_CODE, META_GRAPH_API_VERSION, CAPI_BASE_URL.
 * Never fails and never delays a request.
 * @throws CapiConfigError at start-up when an option is malformed.
 * @example
 * app.use(capiMiddleware({ consent: (req) => req.cookies.consent }))
 * app.post('/orders', async (req, res) => {
 *   const event_id = req.capi.eventId('order', order.id)
 *   await req.capi.track('Purchase', { value: 49.9, currency: 'EUR' }, { event_id })
 *   res.json({ event_id })
 * })
 */
export function capiMiddleware(given: CapiMiddlewareOptions = {}): CapiMiddleware {
  const host = requestHost<CapiRequest, CapiMiddlewareOptions>(given, {
    name: 'capiMiddleware',
    prefix: '@capi/express: ',
    table: OWN_OPTIONS,
    environment: process.env,
    trustAdvice:
      "Set app.set('trust proxy', …) to your proxies, behind a Unix socket to their number, or set the option clientIp.",
    trustedProxies,
  })

  function middleware(
    req: IncomingMessage,
    res: ServerResponse,
    next: (error?: unknown) => void,
  ): void {
    try {
      if (!isAttached(req)) {
        const visit = host.open(readRequest(req), req as CapiRequest, onClose(res))
        attachCapi(req, visit)
        visit.serve(res)
      }
    } catch {
      // A request that throws at what is read of it goes on without a tracker.
    }
    next()
  }
  const { client } = host
  // Functions of a closure, as all methods of a client are.
  // oxlint-disable-next-line typescript/unbound-method
  const { track, with: withScope, close } = client
  return Object.assign(middleware, { client, track, with: withScope, close })
}
