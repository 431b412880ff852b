import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  type Capi,
  type CapiOptions,
  type CookieDomain,
  createCapi,
  optionsFromEnv,
  requestContext,
} from '@capi/core'
import { readRequest, trustedProxies } from './read-request.ts'
import { attachCapi, isAttached } from './request-capi.ts'

export interface CapiMiddlewareOptions extends CapiOptions {
  /** A client made elsewhere; the options of `createCapi` are then ignored. */
  readonly client?: Capi | undefined
  /**
   * Sets `_fbc` and `_fbp` on page requests; default true. They are what ties a purchase to a click.
   * Set false where you have no consent for them.
   */
  readonly cookies?: boolean | undefined
  /**
   * Registrable domain for those cookies, for example `example.com`, or a function of the host.
   * Default: the host that was asked, alone. Never guessed.
   */
  readonly cookieDomain?: CookieDomain | undefined
  /** The visitor's address, where `trust proxy` does not find it. */
  readonly clientIp?: ((req: IncomingMessage) => string | undefined) | undefined
}

export interface CapiMiddleware {
  (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void): void
  /** The client in use; `await capi.client.close()` on shutdown delivers what waits. */
  readonly client: Capi
}

/**
 * Gives every request `req.capi`, a tracker that knows the visitor's address, user agent, page,
 * referrer, `fbc` and `fbp`. Without options it is configured by the environment: META_PIXEL_ID,
 * META_CAPI_ACCESS_TOKEN, META_TEST_EVENT_CODE, META_GRAPH_API_VERSION, CAPI_BASE_URL.
 * Never fails and never delays a request.
 * @throws CapiConfigError at start-up when an option is malformed.
 */
export function capiMiddleware(options: CapiMiddlewareOptions = {}): CapiMiddleware {
  const client = options.client ?? createCapi({ ...optionsFromEnv(process.env), ...options })
  const context = (req: IncomingMessage) =>
    requestContext(readRequest(req), {
      trustedProxies: trustedProxies(req),
      cookieDomain: options.cookieDomain,
      clientIp: ownAddress(req, options.clientIp),
    })

  function middleware(
    req: IncomingMessage,
    res: ServerResponse,
    next: (error?: unknown) => void,
  ): void {
    if (!isAttached(req)) {
      const request = attachCapi(req, client, () => context(req))
      if (options.cookies !== false && isPageRequest(req) && !res.headersSent) {
        for (const cookie of request.setCookies()) res.appendHeader('Set-Cookie', cookie)
      }
    }
    next()
  }
  return Object.assign(middleware, { client })
}

/** A callback of the application's must not fail the request: then the framework's address counts. */
function ownAddress(
  req: IncomingMessage,
  find: CapiMiddlewareOptions['clientIp'],
): string | undefined {
  try {
    return find?.(req)
  } catch {
    return undefined
  }
}

/** Only a page the visitor navigates to: a cached image must not carry somebody's cookie. */
function isPageRequest(req: IncomingMessage): boolean {
  if (req.method !== 'GET') return false
  const destination = req.headers['sec-fetch-dest']
  if (destination !== undefined) return destination === 'document'
  return req.headers.accept?.includes('text/html') ?? false
}
