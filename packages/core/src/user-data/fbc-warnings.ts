import { PREFIX_LENGTH, payloadEnd } from '../click-id/click-cookie.ts'
import type { IssueCode } from '../issue/issue-catalog.ts'

const DAY_MS = 86_400_000
/** How long Meta's cookie lives. Source: Meta, fbp and fbc Parameters, read 2026-09. */
const FBC_LIFE_MS = 90 * DAY_MS
/** Real click ids longer than this mix upper and lower case. */
const MIXED_CASE_FROM = 40
/** Ten digits are seconds; milliseconds have had thirteen since 2001. */
const FIRST_MILLISECONDS = 1e12

/** Takes a value of the right form. A click id with a warning is sent: it still matches more often than none. An expired one is not. */
export function warningForFbc(
  fbc: string,
  { now }: { readonly now: number },
): IssueCode | undefined {
  const timeStart = fbc.indexOf('.', PREFIX_LENGTH) + 1
  const timeEnd = fbc.indexOf('.', timeStart)
  const time = Number(fbc.slice(timeStart, timeEnd))
  const isSeconds = time < FIRST_MILLISECONDS
  const timeMs = isSeconds ? time * 1_000 : time
  if (isExpired(timeMs, now)) return 'fbc_expired'
  if (isSeconds) return 'fbc_in_seconds'
  if (timeMs > now + DAY_MS) return 'fbc_in_future'
  const end = payloadEnd(fbc, timeEnd + 1)
  const isLong = end - timeEnd > MIXED_CASE_FROM
  return isLong && !/[A-Z]/.test(fbc.slice(timeEnd, end)) ? 'fbc_lower_case' : undefined
}

/** Whether Meta's own cookie would have ended by now. */
export function isExpired(clickMs: number, nowMs: number): boolean {
  return clickMs < nowMs - FBC_LIFE_MS
}
