import {
  type AnyCapiError,
  CapiApiError,
  CapiConfigError,
  CapiNetworkError,
  CapiTimeoutError,
} from '../issue/errors.ts'
import { adviceFor } from './advice.ts'
import type { Attempt, Classified } from './classify.ts'

/** What `send` rejects with. */
export function toError(
  { verdict, code, response, waitMs }: Classified,
  attempt: Attempt,
  timeoutMs: number,
): AnyCapiError {
  if (attempt.phase !== 'answered') {
    if (verdict === 'auth')
      return new CapiConfigError(
        'access_token_missing',
        `The accessToken function returned no token that can be sent; nothing was sent. Check that function. (${code})`,
      )
    return code === 'timeout' ? new CapiTimeoutError(timeoutMs) : new CapiNetworkError(code)
  }
  const meta = response?.ok === false ? response : undefined
  return new CapiApiError({
    status: attempt.status,
    metaCode: meta?.code,
    metaSubcode: meta?.error_subcode,
    fbtrace_id: response?.fbtrace_id,
    retryable: !isRefusal(verdict),
    retryAfterMs: waitMs,
    advice: adviceFor(code),
  })
}

/** Whether Meta answered and refused. Every other failure is a missing or unusable answer. */
export function isRefusal(verdict: Classified['verdict']): boolean {
  return verdict === 'rejected' || verdict === 'auth' || verdict === 'config'
}
