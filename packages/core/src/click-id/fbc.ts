import {
  clickCookieValue,
  isBase64Url,
  parseClickCookie,
  payloadEnd,
  payloadStart,
} from './click-cookie.ts'

/** A `_fbc` value taken apart: `fb.<subdomainIndex>.<creationTimeMs>.<fbclid>[.<appendix>]`. */
export interface Fbc {
  /** Dots in the domain the cookie was set on: 1 for `example.com`. 1 too where a server knew none. */
  readonly subdomainIndex: number
  /** When the click id was first seen, milliseconds. */
  readonly creationTimeMs: number
  /** Byte for byte as it stood in the address: its case matters. */
  readonly fbclid: string
  /** Added by Meta's Parameter Builder; kept, never made here. */
  readonly appendix?: string
}

/** Meta's browser library ignores longer ones. */
const MAX_FBCLID = 500

export function isFbc(text: string): boolean {
  const start = payloadStart(text)
  if (start < 0) return false
  return isClickId(text, start, payloadEnd(text, start))
}

function isClickId(text: string, start: number, end: number): boolean {
  const length = end - start
  if (length > MAX_FBCLID || !isBase64Url(text, start, end)) return false
  return length > LONGEST_MISSING || !MISSING.test(text.slice(start, end))
}

/** What a template makes of a click that was none. */
const MISSING = /^(?:undefined|null|none|nan|true|false|fbclid)$/i
const LONGEST_MISSING = 9

/**
 * Source: Meta, fbp and fbc Parameters, read 2026-09. Undefined when it is no `_fbc` value.
 * @example
 * parseFbc('fb.1.1795867200000.IwAR0abc')?.fbclid // 'IwAR0abc'
 */
export function parseFbc(text: string): Fbc | undefined {
  const parts = parseClickCookie(text)
  if (parts === undefined) return undefined
  const { payload: fbclid, ...rest } = parts
  return isClickId(fbclid, 0, fbclid.length) ? { ...rest, fbclid } : undefined
}

/**
 * Builds a `_fbc` value from the click id of a landing page's address.
 * @param nowMs whole milliseconds since 1970, as `Date.now()` gives them; seconds and a `Date` are none.
 * @returns undefined when `fbclid` is not a click id (lists, control characters, over 500 characters), or `nowMs` no such time.
 * @example
 * createFbc('IwAR0abc', Date.now()) // 'fb.1.1795867200000.IwAR0abc'
 */
export function createFbc(fbclid: unknown, nowMs: number, subdomainIndex = 1): string | undefined {
  if (typeof fbclid !== 'string' || !isClickId(fbclid, 0, fbclid.length)) return undefined
  return clickCookieValue(nowMs, subdomainIndex, fbclid)
}
