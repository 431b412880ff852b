import type { Capi } from '@capi/core'
import {
  attempt,
  type Platform,
  type PlatformHostOptions,
  type PlatformRequest,
  platformHost,
  type RequestCapi,
} from '@capi/core/adapter'
import {
  type CollectorCaller,
  type CollectorOptions,
  type CollectorTracker,
  collect,
  collectorOptions,
} from '@capi/core/collector'
import { addCookies, cookieHeader } from './add-cookies.ts'

/** How requests are read, and all options of `createCapi`, or the client that is made already. */
export type CapiWebOptions = PlatformHostOptions<Request>

/**
 * Who takes the options, for errors and log lines.
 * @internal
 */
export type WebCaller = CollectorCaller

const WEB: WebCaller = { name: 'capiWeb', packageName: '@capi/web' }

/** A request that `open` has taken. */
export interface OpenRequest {
  /** The request's tracker. */
  readonly capi: RequestCapi
  /** The request's `Cookie` header with `_fbc` and `_fbp` as the response sets them: for what is called with the request. */
  readonly cookieHeader: string | undefined
  /**
   * To be called with the response, before it is returned: sets the cookies of a page, tracks its PageView (`autoPageView`), and hands
   * delivery to the platform. Returns the response itself, or a copy where its headers are immutable. Never throws, never waits.
   */
  readonly finish: (response: Response) => Response
}

/** What `capiWeb()` makes. */
export interface CapiWeb {
  /**
   * Takes a request, and gives its tracker. The same request gives the same tracker again. Never throws.
   * @param platform what the runtime brings along; Cloudflare's `ctx` fits.
   */
  open(request: Request, platform?: Platform): OpenRequest
  /** `open`, then the application's handler, then `finish`. What the handler throws is thrown. */
  handle(
    request: Request,
    platform: Platform | undefined,
    next: (capi: RequestCapi) => Response | Promise<Response>,
  ): Promise<Response>
  /**
   * Takes events from pages: a handler for an address of yours. Closed by default; see `CollectorOptions`.
   * @throws CapiConfigError when an option would leave it open.
   */
  collector(options: CollectorOptions): (request: Request, platform?: Platform) => Promise<Response>
  /**
   * The one client of a server, for `closeOnShutdown`, `flush`, `stats`, `send` and `deadLetters`.
   * @throws CapiConfigError in Cloudflare Workers, where each request has its own.
   */
  readonly client: Capi
}

/**
 * The Conversions API for servers of web `Request` and `Response`: Cloudflare Workers, Bun, Deno, Vercel functions, and frameworks on
 * them. Gives each request a tracker that knows the visitor's address, user agent, page, referrer, `fbc` and `fbp`. Without options it
 * is configured by the environment: META_PIXEL_ID, META_CAPI_ACCESS_TOKEN, META_TEST_EVENT_CODE, META_GRAPH_API_VERSION, CAPI_BASE_URL.
 * Never fails and never delays a response.
 * @param caller for adapters.
 * @throws CapiConfigError at start-up when an option is malformed.
 * @example
 * const web = capiWeb()
 * export default {
 *   fetch: (request, env, ctx) =>
 *     web.handle(request, { env, waitUntil: (work) => ctx.waitUntil(work) }, async (capi) => {
 *       await capi.track('Lead', {}, { user_data: { em: 'anna@example.com' } })
 *       return new Response('Thank you')
 *     }),
 * }
 */
export function capiWeb(options: CapiWebOptions = {}, caller: WebCaller = WEB): CapiWeb {
  const { process, navigator } = globalThis as Partial<typeof globalThis>
  const host = platformHost<Request>(options, {
    name: caller.name,
    prefix: `${caller.packageName}: `,
    // Deno throws where it may not be read.
    environment: process && attempt(() => ({ ...process.env }), {}),
    isIsolated: navigator?.userAgent === 'Cloudflare-Workers',
  })
  const opened = new WeakMap<Request, OpenRequest>()

  function open(request: Request, platform?: Platform): OpenRequest {
    const known = opened.get(request)
    if (known !== undefined) return known
    const { method, url, headers } = request
    const header = (name: string) => headers.get(name)
    const visit = host.open({ method, url, header }, request, platform)
    let isFinished = false
    const visited: OpenRequest = {
      capi: visit.tracker,
      get cookieHeader() {
        return cookieHeader(header('cookie'), visit.cookies({ cacheControl: '', setCookie: [] }))
      },
      finish(response) {
        if (isFinished) return response
        isFinished = true
        const answer = attempt(() => answered(visit, response)) ?? response
        visit.end()
        return answer
      },
    }
    opened.set(request, visited)
    return visited
  }

  function answered(visit: PlatformRequest, response: Response): Response {
    if (!visit.isPage) return response
    const { headers, status } = response
    const cacheControl = headers.get('cache-control') ?? ''
    const cookies = visit.cookies({ cacheControl, setCookie: headers.getSetCookie() })
    const answer = addCookies(response, cookies)
    if (answer === undefined) host.warn('response_used', RESPONSE_USED)
    visit.answered(status)
    return answer ?? response
  }

  return {
    open,
    async handle(request, platform, next) {
      const { capi, finish } = open(request, platform)
      let response: Response | undefined
      try {
        response = await next(capi)
      } finally {
        response = finish(response as Response)
      }
      return response
    },
    collector(given) {
      const ready = collectorOptions(given, { ...caller, name: 'collector' })
      return async (request, platform) => {
        const { capi, finish } = open(request, platform)
        return finish(
          await collect(request, capi, { ...ready, clientIp: callerOf(capi, platform) }),
        )
      }
    },
    get client() {
      return host.client
    },
  }
}

/** Visitors of a private network have no public address, and still have separate limits. */
export function callerOf(capi: CollectorTracker, platform: Platform | undefined) {
  return capi.clientIp ?? platform?.remoteAddress
}

const RESPONSE_USED =
  'A page was answered without _fbc and _fbp: the headers of its response are immutable, and its body was read already, so there can be no copy. Return a response whose body was not read.'
