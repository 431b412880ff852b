import {
  clickCookieValue,
  isDigit,
  parseClickCookie,
  payloadEnd,
  payloadStart,
} from './click-cookie.ts'

/** A `_fbp` value taken apart: `fb.<subdomainIndex>.<creationTimeMs>.<random>[.<appendix>]`. */
export interface Fbp {
  /** Dots in the domain the cookie was set on: 1 for `example.com`. 1 too where a server knew none. */
  readonly subdomainIndex: number
  /** When the browser was first seen, milliseconds. */
  readonly creationTimeMs: number
  /** Digits; may be larger than 2^31. */
  readonly random: string
  /** Added by Meta's Parameter Builder; kept, never made here. */
  readonly appendix?: string
}

const MAX_DIGITS = 20

export function isFbp(text: string): boolean {
  const start = payloadStart(text)
  if (start < 0) return false
  const end = payloadEnd(text, start)
  for (let i = start; i < end; i++) if (!isDigit(text.charCodeAt(i))) return false
  return end - start <= MAX_DIGITS
}

/**
 * Source: Meta, fbp and fbc Parameters, read 2026-09. Undefined when it is no `_fbp` value.
 * @example
 * parseFbp('fb.1.1795867200000.1048576')?.random // '1048576'
 */
export function parseFbp(text: string): Fbp | undefined {
  const parts = isFbp(text) ? parseClickCookie(text) : undefined
  if (parts === undefined) return undefined
  const { payload, ...rest } = parts
  return { ...rest, random: payload }
}

/**
 * Builds a `_fbp` value for a browser seen for the first time.
 * @param nowMs whole milliseconds since 1970, as `Date.now()` gives them; seconds and a `Date` are none.
 * @param random gives [0, 1), like `Math.random`.
 * @returns undefined when `nowMs` is no such time, or `random` gives no number.
 * @example
 * createFbp(Date.now(), Math.random) // 'fb.1.1795867200000.1048576'
 */
export function createFbp(
  nowMs: number,
  random: () => number,
  subdomainIndex = 1,
): string | undefined {
  const drawn = typeof random === 'function' ? Math.floor(random() * 2 ** 31) : Number.NaN
  return drawn >= 0 ? clickCookieValue(nowMs, subdomainIndex, `${drawn}`) : undefined
}
