import { type Capi, CapiConfigError } from '@capi/core'
import { attempt, onClose, type RequestCapi, type ServedResponse } from '@capi/core/adapter'
import { collect, collectorOptions } from '@capi/core/collector'
import { type CapiWebOptions, capiWeb, type OpenRequest, type Platform } from '@capi/web'
import { headers as requestHeaders } from 'next/headers.js'
import { after } from 'next/server.js'
import type { CapiNext, OwnProxy, PagesRequest } from './capi-next.ts'
import type { CapiNextOptions } from './next-options.ts'
import { headersOf, waitUntilOfPages } from './pages-router.ts'
import { goOn, passOn } from './pass-on.ts'
import { processClient, splitOptions } from './process-client.ts'
import {
  addToRequest,
  isSeen,
  readVisit,
  type Seen,
  seenByProxy,
  visitRequest,
  writeVisit,
} from './visit-request.ts'

const CALLER = { name: 'createCapiNext', packageName: '@capi/next' }
const COLLECTOR = { name: 'handlers', packageName: '@capi/next' }

/** As Next itself sends what is for one visitor. */
const PRIVATE = 'private, no-cache, no-store, max-age=0, must-revalidate'
/** No view: the page failed, or its response is out of reach and its view the proxy's. */
const noView = () => new Response(null, { status: 500 })

/**
 * The Conversions API for Next.js 15 and 16. Make it once, in a module that your proxy, server actions, route handlers and pages import.
 * Without options it is configured by the environment: META_PIXEL_ID, META_CAPI_ACCESS_TOKEN, META_TEST_EVENT_CODE,
 * META_GRAPH_API_VERSION, CAPI_BASE_URL. Never fails and never delays a request.
 * @throws CapiConfigError when an option is malformed: `next build` stops.
 * @example
 * // lib/capi.ts
 * export const capi = createCapiNext({ siteUrl: 'https://shop.example', address: 'vercel' })
 * // proxy.ts
 * export const proxy = capi.proxy
 * // in a server action
 * const tracker = await capi.getCapi()
 * await tracker.track('Purchase', { value: 49.9, currency: 'EUR' }, { event_id: tracker.eventId('order', order.id) })
 */
export function createCapiNext(given: CapiNextOptions = {}): CapiNext {
  // Refuses what is no object.
  if (Object(given) !== given) capiWeb(given, CALLER)
  const split = splitOptions(given)
  const client = (given.client as Capi | undefined) ?? processClient(split.client, process.env)
  const web = capiWeb(
    {
      ...split.others,
      ...(given.logger && { logger: given.logger }),
      ...(given.enabled === false && { skip: () => true }),
      client,
    } as CapiWebOptions,
    CALLER,
  )
  const opened = new WeakMap<object, RequestCapi>()

  /** @param key what all calls of one request have in common. @param onEnd gets what ends the visit. */
  function enter(key: object, seen: Seen, platform: Platform, onEnd: (end: () => void) => void) {
    const known = opened.get(key)
    if (known !== undefined) return known
    const visit = web.open(visitRequest(seen), { ...platform, url: seen.path })
    onEnd(() => void visit.finish(noView()))
    const { capi } = visit
    // The page's Pixel repeats the id under which the proxy tracked.
    if (seen.pageViewId !== undefined)
      Object.defineProperty(capi, 'pageViewId', { value: seen.pageViewId })
    opened.set(key, capi)
    return capi
  }

  async function getCapi(request?: PagesRequest, response?: ServedResponse): Promise<RequestCapi> {
    if (request === undefined) {
      const list = await headersInScope()
      return enter(list, readVisit(new Headers(list)), { waitUntil: after }, after)
    }
    if (response === undefined) throw new CapiConfigError('config_invalid', NO_RESPONSE)
    return enter(request, readVisit(headersOf(request.headers), request), {}, (end) => {
      const over = new Promise<void>((resolve) => onClose(response)(resolve))
      const delivered = over.then(end).then(() => client.flush())
      waitUntilOfPages()?.(delivered)
    })
  }

  async function proxy<R extends Request>(
    request: R,
    next?: OwnProxy<R> | object,
  ): Promise<Response> {
    const own = typeof next === 'function' ? (next as OwnProxy<R>) : undefined
    const visit = attempt(() => {
      if (isSeen(request.headers)) return undefined
      const seen = seenByProxy(request)
      const opened = web.open(visitRequest(seen), { url: seen.path, waitUntil: after })
      const note = writeVisit(seen, opened.capi.pageViewId)
      return { ...opened, added: addToRequest(request, opened.cookieHeader, note) }
    })
    const added = visit?.added ?? []
    let response: Response | undefined
    try {
      response = (await own?.(request)) ?? goOn(request.headers)
      passOn(response, request.headers, added)
    } finally {
      // Also where the application's proxy threw: what waited for its visitor's answer ends.
      response = attempt(() => visit && withCookies(visit, response ?? noView())) ?? response
    }
    return response as Response
  }

  return {
    proxy,
    getCapi,
    client,
    handlers(options) {
      const ready = collectorOptions(options, COLLECTOR)
      const take = async (request: Request) => collect(request, await getCapi(), ready)
      return { POST: take, OPTIONS: take }
    },
  }
}

/** A cookie is one visitor's: Next would let shared caches keep it with a page that is the same for all. */
function withCookies({ finish }: Pick<OpenRequest, 'finish'>, response: Response): Response {
  const before = response.headers.getSetCookie().length
  const answer = finish(response)
  const { headers } = answer
  const isOurs = headers.getSetCookie().length > before
  if (isOurs && !headers.has('cache-control')) headers.set('cache-control', PRIVATE)
  return answer
}

/** @throws CapiConfigError where there is no request; what else Next throws here is how it finds out that a page depends on one. */
async function headersInScope(): Promise<Headers> {
  try {
    return await requestHeaders()
  } catch (error) {
    const isOutside = error instanceof Error && error.message.includes('outside a request scope')
    throw isOutside ? new CapiConfigError('config_invalid', NO_REQUEST, { cause: error }) : error
  }
}

const NO_REQUEST =
  '@capi/next: getCapi() was called where no request is answered. In a job or a script track with capi.client; in an API route of the Pages Router call getCapi(req, res).'
const NO_RESPONSE =
  '@capi/next: getCapi(req) does not learn when the response is over. Call getCapi(req, res); in the App Router call getCapi().'
