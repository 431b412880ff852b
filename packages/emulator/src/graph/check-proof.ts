import { createHmac } from 'node:crypto'
import type { Refusal } from '../rules/judge.ts'
import type { Call, Rule } from '../rules/rule.ts'

/** Source: Meta, Graph API > Secure Graph API Calls, and code 104 as clients list it, read 2026-11. */
const PROOF_INVALID: Rule = {
  id: 'appsecret_proof_invalid',
  status: 400,
  code: 104,
  title: 'Wrong or missing proof of the app secret',
  fix: 'Send appsecret_proof: HMAC-SHA256 of the access token in hex, with the app secret as the key.',
}

/** What an app that requires proofs answers to a call without the right one. */
export function checkProof({ token, proof }: Call, appSecret: string): Refusal | undefined {
  // A missing token is refused as such.
  if (token === undefined) return undefined
  const wanted = createHmac('sha256', appSecret).update(token).digest('hex')
  if (proof === wanted) return undefined
  const detail =
    proof === undefined
      ? 'The call carries no appsecret_proof.'
      : 'The appsecret_proof does not fit the access token and the app secret.'
  return { rule: PROOF_INVALID, fault: { detail, path: 'appsecret_proof' } }
}
