import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Capi, createCapi } from '@capi/core'
import {
  attempt,
  clientOptions,
  ignoredLine,
  isPageRequest,
  keepCookies,
  readOptions,
} from '@capi/core/adapter'
import { checkMiddlewareOptions } from './check-options.ts'
import type { CapiMiddlewareOptions, CapiRequest } from './middleware-options.ts'
import { MIDDLEWARE_OPTIONS } from './option-tables.ts'
import { readRequest } from './read-request.ts'
import { attachCapi, isAttached } from './request-capi.ts'
import { trackerFactory } from './tracker-factory.ts'
import { warnLine, warnOnce } from './warn-once.ts'
import { watchFunctions } from './watch-functions.ts'

/** What `capiMiddleware()` makes: for `app.use`, or to be called by a bare `node:http` server. */
export interface CapiMiddleware extends Pick<Capi, 'track' | 'with' | 'close'> {
  (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void): void
  /** The client in use, for its `flush`, `stats`, `send` and `deadLetters`. `track`, `with` and `close` are its own. */
  readonly client: Capi
}

/**
 * Gives every request `req.capi`, a tracker that knows the visitor's address, user agent, page,
 * referrer, `fbc` and `fbp`. Without options it is configured by the environment: META_PIXEL_ID,
 * META_CAPI_ACCESS_TOKEN, META_TEST_EVENT_CODE, META_GRAPH_API_VERSION, CAPI_BASE_URL.
 * Never fails and never delays a request.
 * @throws CapiConfigError at start-up when an option is malformed.
 */
export function capiMiddleware(given: CapiMiddlewareOptions = {}): CapiMiddleware {
  const options = readOptions(given, {
    name: 'capiMiddleware',
    table: MIDDLEWARE_OPTIONS,
    warn: (line) => warnLine(given.logger)(line),
  })
  checkMiddlewareOptions(options)
  const ignored = options.client && ignoredLine('capiMiddleware', options)
  if (ignored !== undefined) warnLine(options.logger)(ignored)
  const client = options.client ?? createCapi(clientOptions(options, process.env))
  const warn = warnOnce(options.logger)
  const watched = watchFunctions(options, warn)
  const { skip, autoPageView } = watched
  const trackerOf = trackerFactory(client, watched, warn)

  function serve(req: CapiRequest, res: ServerResponse): void {
    if (isAttached(req)) return
    const isSkipped =
      options.enabled === false || (skip !== undefined && attempt(() => skip(req)) === true)
    const get = trackerOf(req, res, isSkipped)
    attachCapi(req, get)
    // Most requests are none; reading them is left to those that may be.
    if (isSkipped || req.method !== 'GET' || res.headersSent) return
    if (!isPageRequest(req.method, readRequest(req))) return
    keepCookies(
      res,
      () => (options.cookies === false ? [] : get().setCookies),
      () => res.once('finish', () => get().pageView.isShown && warn('page_id_cached')),
    )
    if (autoPageView === undefined || autoPageView === false) return
    res.once('finish', () => {
      if (!isPage(res.statusCode)) return
      if (autoPageView !== true && attempt(() => autoPageView(req)) !== true) return
      const capi = get()
      void capi.track('PageView', {}, { event_id: capi.pageView.id })
    })
  }

  function middleware(
    req: IncomingMessage,
    res: ServerResponse,
    next: (error?: unknown) => void,
  ): void {
    try {
      serve(req as CapiRequest, res)
    } catch {
      // A request that throws at what is read of it goes on without a tracker.
    }
    next()
  }
  // Functions of a closure, as all methods of a client are.
  // oxlint-disable-next-line typescript/unbound-method
  const { track, with: withScope, close } = client
  return Object.assign(middleware, { client, track, with: withScope, close })
}

/** An error page and a redirect are no views. */
function isPage(status: number): boolean {
  return (status >= 200 && status < 300) || status === 304
}
