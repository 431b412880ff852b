import { randomBytes } from 'node:crypto'
import type { Fault, Rule } from '../rules/rule.ts'

/** Names the rule that refused a call, so a test need not parse texts. */
export const RULE_HEADER = 'x-capi-emulator-rule'

/**
 * A refusal in Graph's shape. A rule without a subcode carries neither title nor message for
 * the user at Meta either, so its detail is the message.
 * Source: Meta, Graph API > Handle Errors, and refusals seen live, read 2026-09.
 */
export function graphError(rule: Rule, { detail, path }: Fault): Response {
  const error = {
    message: rule.subcode === undefined ? detail : 'Invalid parameter',
    type: 'OAuthException',
    code: rule.code,
    ...(rule.subcode !== undefined && { error_subcode: rule.subcode }),
    is_transient: false,
    error_user_title: rule.title,
    error_user_msg: `${detail} ${rule.fix}`,
    ...(path !== undefined && { error_data: { blame_field_specs: [[path]] } }),
    fbtrace_id: traceId(),
  }
  return Response.json({ error }, { status: rule.status, headers: { [RULE_HEADER]: rule.id } })
}

/** An opaque id; every one seen begins with A. */
export function traceId(): string {
  return `A${randomBytes(16).toString('base64url')}`
}
