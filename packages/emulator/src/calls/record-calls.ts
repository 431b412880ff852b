import type { MiddlewareHandler } from 'hono'
import { textOf } from '../analysis/event-rule.ts'
import type { Clock } from '../clock.ts'
import { RULE_HEADER } from '../graph/graph-error.ts'
import { isFields } from '../rules/rule.ts'
import type { CallStore } from '../store/call-store.ts'
import type { EventError } from '../store/captured-event.ts'
import type { CallOutcome, RecordedCall } from '../store/recorded-call.ts'
import type { CallDraft, CallVariables } from './call-draft.ts'
import { maskedText } from './masked-text.ts'
import { shownHeaders, shownPath } from './shown-request.ts'

const MAX_ANSWER = 2_000

/** The page, its API, the pixel's script, and what browsers ask of any host by themselves. */
const NOT_A_CALL =
  /^\/($|__capi(\/|$)|favicon\.ico$|robots\.txt$|apple-touch-icon|\.well-known\/|([a-z]+_[A-Z]+\/)?fbevents\.js$)/

/** Keeps every call of the imitated API and of the pixel with its answer, also those that no route knows. Preflights are no calls. */
export function recordCalls(calls: CallStore, clock: Clock): MiddlewareHandler<CallVariables> {
  return async (c, next) => {
    const request = c.req.raw
    const isCall = request.method !== 'OPTIONS' && !NOT_A_CALL.test(c.req.path)
    const draft: CallDraft = {
      id: isCall ? calls.open() : 0,
      source: 'server',
      bytes: 0,
      payloads: [],
      events: [],
    }
    c.set('call', draft)
    if (!isCall) return next()
    const received_at = clock.now()
    const startMs = performance.now()
    let response: Response | undefined
    try {
      await next()
      response = c.res
      draft.answer ??= await answerOf(response)
    } finally {
      // Without a response the connection was ended by a fault.
      const duration_ms = Math.round((performance.now() - startMs) * 10) / 10
      const call = recordOf(draft, request, response)
      calls.keep({ ...call, received_at, duration_ms }, keysOf(draft))
    }
  }
}

type Recorded = Omit<RecordedCall, 'received_at' | 'duration_ms' | 'tries'>

function recordOf(draft: CallDraft, request: Request, response: Response | undefined): Recorded {
  const { id, source, pixelId, bytes, body, events, payloads, fault, answer } = draft
  const { headers } = request
  const status = response?.status ?? null
  const error = draft.error ?? errorIn(response, answer)
  const contentType = headers.get('content-type')
  const encoding = headers.get('content-encoding')
  const fbtrace_id = response?.headers.get('x-fb-trace-id')
  return {
    id,
    source,
    method: request.method,
    path: shownPath(request.url),
    ...(pixelId !== undefined && pixelId !== '' && { pixel_id: pixelId }),
    bytes,
    ...(contentType !== null && { content_type: contentType.slice(0, 200) }),
    ...(encoding !== null && { content_encoding: encoding.slice(0, 200) }),
    headers: shownHeaders(headers),
    ...(payloads.length === 0 && body && body.length > 0 && { body: maskedText(body) }),
    outcome: draft.outcome ?? outcomeOf(status),
    status,
    ...(error && { error }),
    ...(fault && { fault }),
    ...(fbtrace_id && { fbtrace_id }),
    ...(answer !== undefined && answer !== '' && { answer: answer.slice(0, MAX_ANSWER) }),
    events: events.map((event) => event.id),
    event_ids: [...new Set(draft.payloads.flatMap(({ event_id }) => textOf(event_id) ?? []))],
  }
}

function outcomeOf(status: number | null): CallOutcome {
  return status === null || status >= 400 ? 'refused' : 'taken'
}

/** What names an event over several calls; without an id nothing does. */
function keysOf({ source, pixelId = '', payloads }: CallDraft): readonly string[] {
  return payloads.flatMap(({ event_name, event_id }) => {
    const id = textOf(event_id)
    return id === undefined ? [] : [`${source} ${pixelId} ${String(event_name)} ${id}`]
  })
}

/** Answers are short texts. Pixels and pages of proxies are not read; a dripping answer has its text in the draft. */
async function answerOf(response: Response): Promise<string | undefined> {
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
  if (!isJson) return undefined
  return response.clone().text()
}

/** The refusal of a route that keeps no events, as its answer has it. */
function errorIn(response: Response | undefined, answer = ''): EventError | undefined {
  const rule = response?.headers.get(RULE_HEADER)
  if (!rule || !answer.startsWith('{')) return undefined
  const body: unknown = JSON.parse(answer)
  const error = isFields(body) ? body['error'] : undefined
  if (!isFields(error) || typeof error['code'] !== 'number') return undefined
  const title = error['error_user_title'] ?? error['message']
  return {
    rule,
    code: error['code'],
    ...(typeof error['error_subcode'] === 'number' && { error_subcode: error['error_subcode'] }),
    title: textOf(title) ?? '',
    fix: textOf(error['error_user_msg']) ?? '',
  }
}
