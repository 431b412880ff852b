import type { IncomingMessage, ServerResponse } from 'node:http'
import { attempt, type HostedRequestTracker, rateLimiter, readOptions } from '@capi/core/adapter'
import { COLLECTOR_OPTIONS } from '../option-tables.ts'
import { getCapi, type RequestCapi } from '../request-capi.ts'
import { warnLine, warnOnce } from '../warn-once.ts'
import { type CollectorOptions, checkOptions, type Refusal } from './collector-options.ts'
import { readBody } from './read-body.ts'
import { type PageEvent, parseJson, readPageEvent } from './read-event.ts'
import { readSigned, type SignedContent } from './sign-event.ts'

export type { CollectorOptions, Refusal }

/** What `capiCollector()` makes: for `app.use` at an address of yours. */
export type CapiCollector = (
  req: IncomingMessage,
  res: ServerResponse,
  next?: (error?: unknown) => void,
) => void

const KINDS = /^(?:application\/json|text\/plain)\s*(?:;|$)/i

/**
 * Takes events from pages, at an address of yours: `app.use('/events', capiCollector({…}))`, behind
 * `capiMiddleware`. Closed by default: only listed origins, only listed events, and a Purchase only with what `signEvent` signed.
 * Address, user agent and time are the server's. Every POST is answered with 204, whatever became of it.
 * @throws CapiConfigError at start-up when an option would leave it open.
 */
export function capiCollector(given: CollectorOptions): CapiCollector {
  const options = readOptions(given, {
    name: 'capiCollector',
    table: COLLECTOR_OPTIONS,
    warn: (line) => warnLine(given.logger)(line),
  })
  checkOptions(options)
  const { allowedOrigins, events, signingSecret, maxBytes = 16_384 } = options
  const origins = new Set(allowedOrigins)
  const names = new Set<string>(events)
  const mayPass = rateLimiter(options.rateLimit ?? {})
  const warn = warnOnce(options.logger)
  const now = () => {
    const given: unknown = options.now && attempt(options.now)
    return typeof given === 'number' ? given : Date.now()
  }

  async function collect(req: IncomingMessage, capi: RequestCapi): Promise<Refusal | undefined> {
    const { origin = '', 'content-type': kind = '' } = req.headers
    if (!origins.has(origin)) return 'origin_not_allowed'
    if (!mayPass(addressOf(capi) ?? req.socket.remoteAddress ?? '', now())) return 'rate_limited'
    if (!KINDS.test(kind) || req.headers['content-encoding'] !== undefined) return 'content_type'
    const body = await readBody(req, maxBytes)
    if ('refusal' in body) return body.refusal
    const event = readPageEvent('text' in body ? parseJson(body.text) : body.parsed)
    if (event === undefined) return 'malformed'
    if (!names.has(event.event_name)) return 'event_not_allowed'
    const content = event.event_name === 'Purchase' ? signedContentOf(event) : event
    if (content === undefined) return 'signature_invalid'
    track(capi, event, content, pageOf(event, req, capi))
    return undefined
  }

  function signedContentOf({ signed = '' }: PageEvent): SignedContent | undefined {
    return signingSecret === undefined ? undefined : readSigned(signed, signingSecret, now())
  }

  /** The page that says so, if it is one of an allowed origin; the collector's own address is none. */
  function pageOf(event: PageEvent, req: IncomingMessage, capi: RequestCapi): string | undefined {
    const candidates = [event.event_source_url, req.headers.referer, req.headers.origin]
    const page = candidates.find((url) => url !== undefined && origins.has(originOf(url)))
    const { event_source_url } = capi.context
    return page ?? (event_source_url && originOf(event_source_url))
  }

  function answer(req: IncomingMessage, res: ServerResponse): void {
    allow(req, res)
    res.statusCode = 204
    // What was not read is not waited for.
    if (!req.complete) res.setHeader('Connection', 'close')
    res.end()
  }

  function allow({ headers: { origin = '' } }: IncomingMessage, res: ServerResponse): void {
    res.setHeader('Vary', 'Origin')
    res.setHeader('Cache-Control', 'no-store')
    if (!origins.has(origin)) return
    res.setHeader('Access-Control-Allow-Origin', origin)
    // sendBeacon always sends cookies along, and asks for them to be allowed.
    if (origin !== 'null') res.setHeader('Access-Control-Allow-Credentials', 'true')
  }

  function preflight(req: IncomingMessage, res: ServerResponse): void {
    res.setHeader('Access-Control-Allow-Methods', 'POST')
    res.setHeader('Access-Control-Allow-Headers', 'content-type')
    res.setHeader('Access-Control-Max-Age', '86400')
    answer(req, res)
  }

  async function post(req: IncomingMessage, res: ServerResponse, capi: RequestCapi): Promise<void> {
    const refusal = await collect(req, capi).catch((): Refusal => 'failed')
    if (refusal !== undefined) {
      warn(refusal)
      attempt(() => options.onRefused?.(refusal, req))
    }
    answer(req, res)
  }

  return (req, res, next) => {
    if (req.method === 'OPTIONS') return preflight(req, res)
    if (req.method !== 'POST') return next ? next() : void res.writeHead(404).end()
    let capi: RequestCapi
    try {
      capi = getCapi(req)
    } catch (error) {
      if (next === undefined) throw error
      return next(error)
    }
    void post(req, res, capi)
  }
}

function track(
  capi: RequestCapi,
  { event_name, ...event }: PageEvent,
  { event_id, custom_data = {} }: Pick<PageEvent, 'event_id' | 'custom_data'>,
  page: string | undefined,
): void {
  const { referrer_url, fbc, fbp, wishes } = event
  // A page's data is what it is: core checks it as it does every event's.
  void capi.track(event_name, custom_data, {
    ...wishes,
    event_id,
    event_source_url: page,
    referrer_url,
    user_data: { fbc, fbp },
  })
}

/** Not the context's, which a cookie of the visitor's can change. */
function addressOf(capi: RequestCapi & Partial<HostedRequestTracker>): string | undefined {
  return capi.clientIp
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : ''
}
