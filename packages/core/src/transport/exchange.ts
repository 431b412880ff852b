import type { Cause } from '../issue/cause.ts'
import { type Attempt, type Classified, classify } from './classify.ts'
import { publish } from './diagnostics.ts'
import { eventsRequest, eventsUrl, type NoRequest } from './events-request.ts'
import type { AccessToken, ExchangeOptions } from './exchange-options.ts'
import { fetchTransport } from './fetch-transport.ts'
import { createMessageLog } from './meta-messages.ts'
import { createTokenSource } from './token-source.ts'

/** What came of one request, and what follows from it. */
export interface Answer {
  readonly classified: Classified
  readonly attempt: Attempt
}

/** One request with one pixel's events. Never rejects. */
export type Exchange = (
  pixelId: string,
  bodies: readonly string[],
  limits?: RequestLimits,
) => Promise<Answer>

export interface RequestLimits {
  /** In place of the client's. */
  readonly uploadTag?: string | undefined
  /** In place of the client's. */
  readonly testEventCode?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** The traces its events belong to, for `capi:request`; asked when somebody listens. */
  readonly traces?: () => readonly string[]
  /** Asked last of all, when the token is there; false: nothing is sent, with the code `held`. */
  readonly mayLeave?: () => boolean
}

export function createExchange(options: ExchangeOptions, accessToken: AccessToken): Exchange {
  const transport = fetchTransport(options)
  const tokens = createTokenSource(accessToken, options)
  const { clock, gateway, time } = options
  const logMessages = createMessageLog(options.logger)

  async function send(
    pixelId: string,
    bodies: readonly string[],
    { signal, mayLeave = () => true, traces = () => [], ...own }: RequestLimits,
    refusedToken?: string,
  ): Promise<{ readonly answer: Answer; readonly staleToken?: string | undefined }> {
    const { uploadTag = options.uploadTag, testEventCode = options.testEventCode } = own
    const envelope = { ...options, uploadTag, testEventCode }
    const startTick = clock.tick()
    let keptToken: string | undefined
    const attempt = await transport({
      url: eventsUrl(options, pixelId),
      async prepare() {
        const isKept = tokens.isKept(pixelId)
        const token = gateway === undefined ? await tokens.get(pixelId) : undefined
        if (isKept) keptToken = token
        if (token !== undefined && token === refusedToken) return { code: 'same_token' }
        const request = await eventsRequest(envelope, bodies, token)
        return mayLeave() ? request : { code: 'held' }
      },
      sent: bodies.length,
      signal,
    })
    const classified = gateway === undefined ? classify(attempt) : classifyGateway(attempt)
    if (classified.dateMs !== undefined) time.confirm(classified.dateMs)
    const answer = { classified, attempt }
    if (isNotSentFor(answer, 'held') || isNotSentFor(answer, 'same_token')) return { answer }
    const messages = messagesOf(answer)
    logMessages(pixelId, messages, classified.response?.fbtrace_id)
    publish('capi:request', () => {
      const ofEvents = traces()
      return {
        pixelId,
        host: new URL(eventsUrl(options, pixelId)).host,
        events: bodies.length,
        durationMs: clock.tick() - startTick,
        verdict: classified.verdict,
        ...(messages.length > 0 && { messages }),
        ...(ofEvents.length > 0 && { traces: ofEvents }),
        ...causeOf(answer),
      }
    })
    const isRefused = classified.verdict === 'auth' && attempt.phase === 'answered'
    return { answer, staleToken: isRefused ? keptToken : undefined }
  }

  return async (pixelId, bodies, limits = {}) => {
    const { answer, staleToken } = await send(pixelId, bodies, limits)
    if (staleToken === undefined) return answer
    // The function may have another one by now: that one is tried before anybody is asked to act.
    tokens.forget(pixelId, staleToken)
    const again = await send(pixelId, bodies, limits, staleToken)
    return isNotSentFor(again.answer, 'same_token') ? answer : again.answer
  }
}

/** A Gateway says 202 for yes, whatever else it says. Source: Meta's Java SDK, read 2026-09. */
function classifyGateway(attempt: Attempt): Classified {
  if (attempt.phase !== 'answered' || attempt.status !== 202) return classify(attempt)
  const response = { ok: true, events_received: attempt.sent } as const
  return { verdict: 'delivered', code: 'delivered', response }
}

/** What may be reported about a request: no token, no personal data, no text of Meta's. */
export function causeOf({ classified, attempt }: Answer): Cause {
  const { code, response } = classified
  return {
    code,
    ...(attempt.phase === 'answered' && { status: attempt.status }),
    ...(response?.fbtrace_id !== undefined && { fbtrace_id: response.fbtrace_id }),
  }
}

/** Meta's comments on what it took. */
export function messagesOf({ classified: { response } }: Answer): readonly string[] {
  return (response?.ok === true && response.messages) || []
}

/** It was not sent, because the lane was blocked meanwhile. */
export function isHeld(answer: Answer): boolean {
  return isNotSentFor(answer, 'held')
}

function isNotSentFor({ attempt }: Answer, code: NoRequest['code']): boolean {
  return attempt.phase === 'not_sent' && attempt.code === code
}

/** How many events Meta says it took. */
export function receivedOf({ classified: { response } }: Answer): number {
  return response?.ok === true ? (response.events_received ?? 0) : 0
}
