import { PREFIX_LENGTH, payloadEnd } from '../click-id/click-cookie.ts'
import type { IssueCode } from '../issue-catalog.ts'

const DAY_MS = 86_400_000
/** How long Meta's cookie lives. Source: Meta, fbp and fbc Parameters, read 2026-09. */
const FBC_LIFE_MS = 90 * DAY_MS
/** Real click ids longer than this mix upper and lower case. */
const MIXED_CASE_FROM = 40
/** Ten digits are seconds; milliseconds have had thirteen since 2001. */
const FIRST_MILLISECONDS = 1e12

/** Takes a value of the right form. A doubtful click id is sent all the same: it still matches more often than none. */
export function doubtAboutFbc(
  fbc: string,
  { now }: { readonly now: number },
): IssueCode | undefined {
  const timeStart = fbc.indexOf('.', PREFIX_LENGTH) + 1
  const timeEnd = fbc.indexOf('.', timeStart)
  const timeMs = Number(fbc.slice(timeStart, timeEnd))
  if (timeMs < FIRST_MILLISECONDS) return 'fbc_in_seconds'
  if (timeMs > now + DAY_MS) return 'fbc_in_future'
  if (timeMs < now - FBC_LIFE_MS) return 'fbc_expired'
  const end = payloadEnd(fbc, timeEnd + 1)
  const isLong = end - timeEnd > MIXED_CASE_FROM
  return isLong && !hasCapital(fbc, timeEnd, end) ? 'fbc_lower_case' : undefined
}

function hasCapital(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0x41 && code <= 0x5a) return true
  }
  return false
}
