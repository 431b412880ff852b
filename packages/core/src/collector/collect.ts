import type { TrackerLike } from '../client/client-like.ts'
import type { Tracker } from '../client/tracker.ts'
import { dataProcessing, OPTIONS } from '../event/data-processing.ts'
import type { Scope } from '../event/event-input.ts'
import { asFields } from '../field/fields.ts'
import { attempt } from '../runtime/attempt.ts'
import { type ReadyCollector, type ReadyCollectorOptions, readyOf } from './collector-options.ts'
import { corsHeaders, mayCall, pageOf } from './origins.ts'
import { type PageEvent, parseJson, readPageEvent } from './page-event.ts'
import { scriptResponse } from './page-script.ts'
import { readBody } from './read-body.ts'
import type { Refusal } from './refusal.ts'
import { readSigned } from './sign-event.ts'

/** A tracker that knows the visitor: of a request (`createRequestTracker`, `req.capi`), or of a scope. */
export interface CollectorTracker extends TrackerLike {
  /** What the request says of its visitor. */
  readonly context?: Scope
  /** The address that the connection and trusted proxies say; no cookie can change it. */
  readonly clientIp?: string | undefined
}

const KINDS = /^(?:application\/json|text\/plain)\s*(?:;|$)/i
/** A beacon takes a fraction of a second. */
const BODY_TIMEOUT_MS = 4_000
const BODY_REFUSALS = {
  too_large: 'body_too_large',
  too_slow: 'body_too_slow',
  aborted: 'aborted',
} as const

/**
 * Takes an event that a page sends: only from listed origins, only listed events, and a Purchase only as `signEvent` signed
 * it. Address, user agent and time are the server's. Every POST is answered with 204 when the event is in the outbox or
 * refused, whatever became of it; an OPTIONS with 204, a GET of the `script` with its text, any other method with 405.
 *
 * What a page says never displaces what your server says: events of pages have a memory of their own, and one that repeats
 * the `event_id` of an event that you track is paired with it by Meta.
 * @param request whose body was not read yet.
 * @param tracker of this visitor: it brings the address, the user agent, the click ids and the consent.
 * @param options what `collectorOptions` returned, and the visitor's `clientIp` where the tracker does not know it.
 * @throws CapiConfigError for options that `collectorOptions` did not make; else never rejects.
 * @example
 * app.post('/events', (c) => collect(c.req.raw, trackerOf(c), EVENTS))
 */
export async function collect(
  request: Request,
  tracker: CollectorTracker,
  options: ReadyCollectorOptions,
): Promise<Response> {
  const ready = readyOf(options)
  const served = scriptResponse(request, ready.script)
  if (served !== undefined) return served
  const headers = corsHeaders(request, ready.allowedOrigins)
  if (request.method !== 'OPTIONS' && request.method !== 'POST')
    return new Response(null, { status: 405, headers: { Allow: 'OPTIONS, POST' } })
  if (request.method === 'POST') {
    const address = options.clientIp ?? attempt(() => tracker.clientIp)
    const refusal = await take(request, { tracker, ready, address }).catch((): Refusal => 'failed')
    if (refusal !== undefined) {
      ready.warn(refusal, address !== undefined)
      attempt(() => options.onRefused?.(refusal, request))
    }
  }
  return new Response(null, { status: 204, headers })
}

interface Call {
  readonly tracker: CollectorTracker
  readonly ready: ReadyCollector
  readonly address: string | undefined
}

async function take(
  request: Request,
  { tracker, ready, address = '' }: Call,
): Promise<Refusal | undefined> {
  const { allowedOrigins, clock, maxBytes, signingSecret } = ready
  const { headers } = request
  if (!mayCall(request, allowedOrigins)) return 'origin_not_allowed'
  if (!ready.mayPass(address, clock.now())) return 'rate_limited'
  if (!KINDS.test(headers.get('content-type') ?? '') || headers.has('content-encoding'))
    return 'content_type'
  if (request.bodyUsed || request.body?.locked === true) return 'body_already_read'
  const body = await readBody(request.body, { maxBytes, timeoutMs: BODY_TIMEOUT_MS, clock })
  if (!body.ok) return BODY_REFUSALS[body.reason]
  const event = readPageEvent(parseJson(new TextDecoder().decode(body.bytes)))
  if (event === undefined) return 'malformed'
  if (!ready.events.has(event.event_name)) return 'event_not_allowed'
  const content =
    event.event_name === 'Purchase'
      ? readSigned(event.signed, signingSecret, clock.now())
      : { event_id: event.event_id, custom_data: event.custom_data }
  if (content === undefined) return 'signature_invalid'
  const { event_id, custom_data = {} } = content
  const { event_name, referrer_url, fbc, fbp, hashes, wishes } = event
  // A page's data is what it is: core checks it as it does every event's.
  await (tracker as Tracker).track(event_name, custom_data, {
    ...(OPTIONS in wishes && isLimited(tracker) ? { opt_out: wishes['opt_out'] } : wishes),
    event_id,
    event_source_url: pageFor(event, request, { tracker, ready }),
    referrer_url,
    user_data: { ...unknownTo(tracker, hashes), fbc, fbp },
    fromPage: true,
  })
  return undefined
}

/** Who the visitor is, as far as the server does not know better: a page's word does not replace it. */
function unknownTo(tracker: CollectorTracker, hashes: PageEvent['hashes']): PageEvent['hashes'] {
  const given = Object.entries(hashes)
  if (given.length === 0) return hashes
  const known = asFields(asFields(attempt(() => tracker.context))?.['user_data']) ?? {}
  return Object.fromEntries(given.filter(([key]) => known[key] === undefined))
}

/** What the server says of Limited Data Use may name a state: a page's word does not replace it. */
function isLimited(tracker: CollectorTracker): boolean {
  const limits = dataProcessing(asFields(attempt(() => tracker.context)) ?? {}, [])
  return limits !== undefined && limits[OPTIONS].length > 0
}

/** The page that the event names, if it is one of an allowed origin; the collector's own address is none. */
function pageFor(
  { event_source_url }: PageEvent,
  { headers }: Request,
  { tracker, ready: { allowedOrigins } }: Pick<Call, 'tracker' | 'ready'>,
): string | undefined {
  const named = [event_source_url, headers.get('referer'), headers.get('origin')]
  const page = pageOf(named, allowedOrigins)
  if (page !== undefined) return page
  const own = attempt(() => tracker.context?.event_source_url)
  return own !== undefined && URL.canParse(own) ? new URL(own).origin : undefined
}
