import type { IncomingMessage } from 'node:http'
import type { Consent } from '@capi/core'
import type { Response } from 'express'
import { readCookie } from './read-cookie.ts'

export type Choice = Extract<Consent, 'granted' | 'denied'>

const COOKIE = 'kobalt_consent'
const HALF_A_YEAR_MS = 180 * 86_400_000

/** What the visitor answered to the banner; undefined until then. */
export function consentOf(req: Pick<IncomingMessage, 'headers'>): Choice | undefined {
  const answer = readCookie(req.headers.cookie, COOKIE)
  return answer === 'granted' || answer === 'denied' ? answer : undefined
}

export function keepConsent(res: Response, choice: Choice): void {
  const { secure } = res.req
  res.cookie(COOKIE, choice, { maxAge: HALF_A_YEAR_MS, httpOnly: true, sameSite: 'lax', secure })
}

/** A path of this shop, to go back to; never another site. */
export function ownPath(path: string): string {
  return /^\/(?![/\\])/.test(path) ? path : '/'
}
