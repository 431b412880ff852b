import { graphHeaders } from '../graph/graph-headers.ts'
import { traceId } from '../graph/trace-id.ts'
import type { FaultAction } from './fault-rule.ts'
import { KNOWN_SUBCODES } from './known-subcodes.ts'

/** Our words for Meta's codes. Source: Meta, Graph API > Handle Errors, read 2026-09. */
const MESSAGES: Readonly<Record<number, string>> = {
  1: 'Something unknown failed',
  2: 'The service is out for the moment',
  3: 'The app lacks the capability for this',
  4: 'The app has made too many calls',
  10: 'The permission is missing',
  17: 'The user has made too many calls',
  32: 'The page has been called too often',
  100: 'A parameter is invalid, or the object is unknown or out of reach',
  102: 'The session is invalid',
  104: 'The signature is wrong',
  190: 'The access token is expired or invalid',
  200: 'The permission is missing',
  341: 'The limit of the app is reached',
  368: 'The action is blocked for policy reasons',
  613: 'A custom limit of calls is reached',
  803: 'The id does not exist',
  2635: 'The version is out of use',
  80004: 'The ad account has been called too often',
}

/** Meta's error for a fault; a fault without a code answers with the bare status. */
export function faultError(action: FaultAction & { readonly type: 'error' }): Response {
  const { status, code, error_subcode, is_transient, headers } = action
  if (code === undefined) return new Response(null, { status, ...(headers && { headers }) })
  const fbtrace_id = traceId()
  const refusal = code === 100 ? KNOWN_SUBCODES.get(error_subcode ?? 0) : undefined
  const error = {
    message: refusal
      ? 'Invalid parameter'
      : `(#${code}) ${MESSAGES[code] ?? 'A fault was asked for'}`,
    type: 'OAuthException',
    code,
    ...(error_subcode !== undefined && { error_subcode }),
    ...(is_transient !== undefined && { is_transient }),
    ...(refusal && { error_user_title: refusal.title, error_user_msg: refusal.fix }),
    fbtrace_id,
  }
  return Response.json({ error }, { status, headers: { ...graphHeaders(fbtrace_id), ...headers } })
}
