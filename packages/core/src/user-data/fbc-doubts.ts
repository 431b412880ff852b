import { payloadEnd, payloadStart } from '../click-id/click-cookie.ts'
import type { IssueCode } from '../issue-catalog.ts'

const DAY_MS = 86_400_000
/** How long Meta's cookie lives. Source: Meta, fbp and fbc Parameters, read 2026-09. */
const FBC_LIFE_MS = 90 * DAY_MS
/** Real click ids longer than this mix upper and lower case. */
const MIXED_CASE_FROM = 40
/** Ten digits are seconds; milliseconds have had thirteen since 2001. */
const FIRST_MILLISECONDS = 1e12

/** A doubtful click id is sent all the same: it still matches more often than none. */
export function doubtAboutFbc(
  fbc: string,
  { now }: { readonly now: number },
): IssueCode | undefined {
  const start = payloadStart(fbc)
  const timeMs = Number(fbc.slice(fbc.indexOf('.', 3) + 1, start - 1))
  if (timeMs < FIRST_MILLISECONDS) return 'fbc_in_seconds'
  if (timeMs > now + DAY_MS) return 'fbc_in_future'
  if (timeMs < now - FBC_LIFE_MS) return 'fbc_expired'
  const end = payloadEnd(fbc, start)
  return end - start > MIXED_CASE_FROM && !hasCapital(fbc, start, end)
    ? 'fbc_lower_case'
    : undefined
}

function hasCapital(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i)
    if (code >= 0x41 && code <= 0x5a) return true
  }
  return false
}
