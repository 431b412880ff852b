import type { DropCause } from '../delivery/drop-reason.ts'
import { type AnyCapiError, CapiApiError, CapiNetworkError, CapiTimeoutError } from '../errors.ts'
import type { AccessToken, ResolvedOptions } from '../options.ts'
import { eventsBody, eventsUrl } from './events-request.ts'
import { fetchTransport } from './fetch-transport.ts'
import { type GraphResponse, parseGraphResponse } from './graph-response.ts'

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
    const result = await transport({
      url: eventsUrl(options, pixelId),
      accessToken: () => (typeof accessToken === 'string' ? accessToken : accessToken(pixelId)),
      body: eventsBody(bodies, options),
      signal,
    })
    if (result.kind === 'no-response') return noResponse(result.code, options.timeoutMs)
    return answered(result.status, parseGraphResponse(result.status, result.body), bodies.length)
  }
}

function noResponse(code: string, timeoutMs: number): ExchangeResult {
  const error = code === 'timeout' ? new CapiTimeoutError(timeoutMs) : new CapiNetworkError(code)
  return { ok: false, reason: 'undelivered', cause: { code }, error }
}

function answered(status: number, response: GraphResponse, sent: number): ExchangeResult {
  const trace = response.fbtrace_id === undefined ? {} : { fbtrace_id: response.fbtrace_id }
  if (response.ok && response.events_received === sent)
    return { ok: true, events_received: sent, ...trace }
  const details = response.ok
    ? {}
    : { metaCode: response.code, metaSubcode: response.error_subcode }
  // An answer that is not Meta's, or 5xx, says nothing against the events; they were not taken.
  const isMetas = response.ok ? response.events_received !== undefined : response.code !== undefined
  const retryable =
    status >= 500 || status === 429 || !isMetas || (!response.ok && response.is_transient === true)
  return {
    ok: false,
    reason: retryable ? 'undelivered' : 'rejected',
    cause: { code: causeCode(status, response), status, ...trace },
    error: new CapiApiError({ status, ...details, fbtraceId: response.fbtrace_id, retryable }),
  }
}

function causeCode(status: number, response: GraphResponse): string {
  if (response.ok) return 'events_received_mismatch'
  if (response.code === undefined) return `http_${status}`
  return ['meta', response.code, response.error_subcode]
    .filter((part) => part !== undefined)
    .join('_')
}
