import type { DropCause } from '../delivery/drop-reason.ts'
import { type AnyCapiError, CapiApiError, CapiNetworkError, CapiTimeoutError } from '../errors.ts'
import type { AccessToken, ResolvedOptions } from '../options.ts'
import { type Classified, classify, type Outcome, type Verdict } from './classify.ts'
import { eventsBody, eventsUrl } from './events-request.ts'
import { fetchTransport } from './fetch-transport.ts'

export type ExchangeResult =
  | { readonly ok: true; readonly events_received: number; readonly fbtrace_id?: string }
  | {
      readonly ok: false
      readonly reason: 'rejected' | 'undelivered'
      readonly cause: DropCause
      readonly error: AnyCapiError
    }

/** One request with one pixel's events, and what came of it. Never rejects. */
export type Exchange = (
  pixelId: string,
  bodies: readonly string[],
  signal?: AbortSignal,
) => Promise<ExchangeResult>

export function createExchange(options: ResolvedOptions, accessToken: AccessToken): Exchange {
  const transport = fetchTransport(options)
  return async (pixelId, bodies, signal) => {
    const outcome = await transport({
      url: eventsUrl(options, pixelId),
      accessToken: () => (typeof accessToken === 'string' ? accessToken : accessToken(pixelId)),
      body: eventsBody(bodies, options),
      sent: bodies.length,
      signal,
    })
    return resultOf(classify(outcome), outcome, options.timeoutMs)
  }
}

/** Meta's no, or nobody's yes. */
const REFUSALS: readonly Verdict[] = ['rejected', 'auth', 'config']

function resultOf(classified: Classified, outcome: Outcome, timeoutMs: number): ExchangeResult {
  const { verdict, code, response } = classified
  const trace = response?.fbtrace_id === undefined ? {} : { fbtrace_id: response.fbtrace_id }
  if (verdict === 'delivered') {
    const received = response?.ok === true ? (response.events_received ?? 0) : 0
    return { ok: true, events_received: received, ...trace }
  }
  const status = outcome.phase === 'answered' ? { status: outcome.status } : {}
  return {
    ok: false,
    reason: REFUSALS.includes(verdict) ? 'rejected' : 'undelivered',
    cause: { code, ...status, ...trace },
    error: errorOf(classified, outcome, timeoutMs),
  }
}

function errorOf(classified: Classified, outcome: Outcome, timeoutMs: number): AnyCapiError {
  const { verdict, code, response, waitMs } = classified
  if (outcome.phase !== 'answered') {
    return code === 'timeout' ? new CapiTimeoutError(timeoutMs) : new CapiNetworkError(code)
  }
  const meta = response?.ok === false ? response : undefined
  return new CapiApiError({
    status: outcome.status,
    metaCode: meta?.code,
    metaSubcode: meta?.error_subcode,
    fbtraceId: response?.fbtrace_id,
    retryable: !REFUSALS.includes(verdict),
    retryAfterMs: waitMs,
  })
}
