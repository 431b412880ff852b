import type { Fault, Rule } from '../rules/rule.ts'
import { graphHeaders } from './graph-headers.ts'
import { traceId } from './trace-id.ts'

/** Names the rule that refused a call, so a test need not parse texts. */
export const RULE_HEADER = 'x-capi-emulator-rule'

/**
 * A refusal in Graph's shape. Without a subcode there is neither title nor text for the user, so
 * the message says it all; a token's refusal has no is_transient either.
 * Source: Meta, Graph API > Handle Errors, and refusals seen live, read 2026-09.
 */
export function graphError(rule: Rule, fault: Fault, version?: string): Response {
  const fbtrace_id = traceId()
  const error = { ...body(rule, fault), fbtrace_id }
  const headers = { ...graphHeaders(fbtrace_id, version), [RULE_HEADER]: rule.id }
  return Response.json({ error }, { status: rule.status, headers })
}

function body({ code, subcode, type, title, fix }: Rule, { detail, path }: Fault): object {
  const start = { type: type ?? 'OAuthException', code }
  const end = path !== undefined && { error_data: { blame_field_specs: [[path]] } }
  if (code === 190) return { message: `${detail} ${fix}`, ...start }
  if (subcode === undefined) {
    return { message: `(#${code}) ${detail} ${fix}`, ...start, is_transient: false, ...end }
  }
  return {
    message: 'Invalid parameter',
    ...start,
    error_subcode: subcode,
    is_transient: false,
    error_user_title: title,
    error_user_msg: `${detail} ${fix}`,
    ...end,
  }
}
