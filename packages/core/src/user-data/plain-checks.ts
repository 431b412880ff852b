import { parseFbc } from '../click-id/fbc.ts'
import { parseFbp } from '../click-id/fbp.ts'
import { clientIp } from '../http/client-ip.ts'
import type { IssueCode } from '../issue-catalog.ts'

/** The value to send, and what there is to say about it; without a value the field is dropped. */
export interface Checked {
  readonly value?: string
  readonly code?: IssueCode
}

export type PlainCheck = (text: string, now: number) => Checked

const NOT_NORMALIZABLE: Checked = { code: 'not_normalizable' }
const DAY_MS = 86_400_000
/** How long Meta's cookie lives. Source: Meta, fbp and fbc Parameters, read 2026-09. */
const FBC_LIFE_MS = 90 * DAY_MS
/** Real click ids longer than this mix upper and lower case. */
const MIXED_CASE_FROM = 40
/** Ten digits are seconds; milliseconds have had thirteen since 2001. */
const FIRST_MILLISECONDS = 1e12

export function checkAddress(text: string): Checked {
  const value = clientIp(text)
  return value === undefined ? { code: 'ip_not_public' } : { value }
}

export function userAgent(text: string): Checked {
  return text.length > 1_024 ? NOT_NORMALIZABLE : { value: text }
}

/** Sent in any case when it has the form: a doubtful click id still matches more often than none. */
export function checkFbc(text: string, now: number): Checked {
  const fbc = parseFbc(text)
  if (fbc === undefined) return NOT_NORMALIZABLE
  const { creationTimeMs, fbclid } = fbc
  if (creationTimeMs < FIRST_MILLISECONDS) return { value: text, code: 'fbc_in_seconds' }
  if (creationTimeMs > now + DAY_MS) return { value: text, code: 'fbc_in_future' }
  if (creationTimeMs < now - FBC_LIFE_MS) return { value: text, code: 'fbc_expired' }
  const isLowered = fbclid.length > MIXED_CASE_FROM && fbclid === fbclid.toLowerCase()
  return isLowered ? { value: text, code: 'fbc_lower_case' } : { value: text }
}

export function checkFbp(text: string): Checked {
  return parseFbp(text) === undefined ? NOT_NORMALIZABLE : { value: text }
}

export function digits(text: string): Checked {
  return /^\d{1,32}$/.test(text) ? { value: text } : NOT_NORMALIZABLE
}

/** A bad lead id can fail the batch (100/2804036). Source: Meta, Conversion Leads Integration, read 2026-09. */
export function leadId(text: string): Checked {
  return /^\d{15,17}$/.test(text) ? { value: text } : NOT_NORMALIZABLE
}

export function opaqueId(text: string): Checked {
  return text.length > 512 ? NOT_NORMALIZABLE : { value: text }
}
