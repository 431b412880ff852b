import type { Capi } from '@capi/core'
import {
  attempt,
  type HostedRequest,
  type OptionTable,
  type RequestCapi,
  requestHosts,
} from '@capi/core/adapter'
import {
  type CollectorOptions,
  type CollectorTracker,
  collect,
  collectorOptions,
} from '@capi/core/collector'
import { addCookies, cookieHeader } from './add-cookies.ts'
import { type AllOptions, clientsOf, type OwnOptions } from './clients.ts'
import type { CapiWebOptions, Platform } from './web-options.ts'

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
  finish(response: Response): Response
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
 * Who takes the options, for errors and log lines.
 * @internal
 */
export interface WebCaller {
  /** The function that takes them, as its caller writes it. */
  readonly name: string
  /** Stands in front of each line. */
  readonly packageName: string
}

const WEB: WebCaller = { name: 'capiWeb', packageName: '@capi/web' }

const OWN_OPTIONS = {
  autoPageView: 'any',
  address: 'text',
  waitUntil: 'function',
} as const satisfies OptionTable<OwnOptions>

/**
 * The Conversions API for servers of web `Request` and `Response`: Cloudflare Workers, Bun, Deno, Vercel functions, and frameworks on
 * them. Gives each request a tracker that knows the visitor's address, user agent, page, referrer, `fbc` and `fbp`. Without options it
 * is configured by the environment: META_PIXEL_ID, META_CAPI_ACCESS_TOKEN, META_TEST_EVENT_CODE, META_GRAPH_API_VERSION, CAPI_BASE_URL.
 * Never fails and never delays a response.
 * @param caller for adapters.
 * @throws CapiConfigError at start-up when an option is malformed.
 * @example
 * const web = capiWeb({ address: 'cloudflare' })
 * export default {
 *   fetch: (request, env, ctx) =>
 *     web.handle(request, { env, waitUntil: (work) => ctx.waitUntil(work) }, async (capi) => {
 *       await capi.track('Lead', {}, { user_data: { em: 'anna@example.com' } })
 *       return new Response('Thank you')
 *     }),
 * }
 */
export function capiWeb(given: CapiWebOptions = {}, caller: WebCaller = WEB): CapiWeb {
  const hosts = requestHosts<Request, AllOptions>(given as AllOptions, {
    name: caller.name,
    prefix: `${caller.packageName}: `,
    table: OWN_OPTIONS,
    trustAdvice:
      "Set the option address: 'cloudflare', 'fly', 'netlify', 'vercel', the number of your proxies, or a function of the request.",
  })
  const { warn } = hosts
  const clients = clientsOf(hosts)
  const opened = new WeakMap<Request, OpenRequest>()

  function platformOf(platform: unknown): Platform {
    if (typeof platform === 'object' && platform !== null) return platform
    if (platform !== undefined) warn('platform_unknown', PLATFORM_UNKNOWN)
    return {}
  }

  function open(request: Request, given?: Platform): OpenRequest {
    const known = opened.get(request)
    if (known !== undefined) return known
    const platform = platformOf(given)
    const { clientOf, end } = clients.forRequest(platform)
    let endVisit = () => {}
    const { method, url } = request
    const like = {
      method,
      url: platform.url ?? url,
      header: (name: string) => request.headers.get(name),
      remoteAddress: platform.remoteAddress,
    }
    const visit = hosts.open(clientOf, like, request, (done) => {
      endVisit = done
    })
    let isFinished = false
    const visited: OpenRequest = {
      get capi() {
        return visit.tracker
      },
      get cookieHeader() {
        const set = attempt(() => visit.cookies({ cacheControl: '', setCookie: [] }), [])
        return cookieHeader(request.headers.get('cookie'), set)
      },
      finish(response) {
        if (isFinished) return response
        isFinished = true
        const answer = attempt(() => answered(visit, response)) ?? response
        endVisit()
        end()
        return answer
      },
    }
    opened.set(request, visited)
    return visited
  }

  function answered(visit: HostedRequest, response: Response): Response {
    if (!visit.isPage) return response
    const { headers, status } = response
    const cookies = visit.cookies({
      cacheControl: headers.get('cache-control') ?? '',
      setCookie: headers.getSetCookie(),
    })
    const answer = addCookies(response, cookies)
    if (answer === undefined) warn('response_used', RESPONSE_USED)
    visit.answered(status)
    return answer ?? response
  }

  return {
    open,
    async handle(request, platform, next) {
      const visit = open(request, platform)
      let response: Response | undefined
      try {
        response = await next(visit.capi)
      } finally {
        response = visit.finish(response as Response)
      }
      return response
    },
    collector(options) {
      const ready = collectorOptions(options, { name: 'collector', packageName: '@capi/web' })
      return async (request, platform) => {
        const { capi, finish } = open(request, platform)
        // Visitors of a private network have no public address, and still have separate limits.
        const clientIp = (capi as CollectorTracker).clientIp ?? platform?.remoteAddress
        return finish(await collect(request, capi, { ...ready, clientIp }))
      }
    },
    get client() {
      return clients.shared()
    },
  }
}

const PLATFORM_UNKNOWN =
  'The platform of a request is no object, so its waitUntil and env are not used. Pass { env, waitUntil: (work) => ctx.waitUntil(work) }.'
const RESPONSE_USED =
  'A page was answered without _fbc and _fbp: the headers of its response are immutable, and its body was read already, so there can be no copy. Return a response whose body was not read.'
