export interface ClickCookie {
  readonly subdomainIndex: number
  readonly creationTimeMs: number
  readonly payload: string
  readonly appendix?: string
}

const MAX_LENGTH = 600
const PREFIX = 'fb.'
export const PREFIX_LENGTH: number = PREFIX.length

/**
 * The common form of `_fbc` and `_fbp`: `fb`, one or two digits, ten to sixteen digits, the payload, and
 * a fifth segment of 2 or 8 characters if Meta's Parameter Builder added its appendix.
 * Source: Meta, fbp and fbc Parameters, read 2026-09.
 */
export function parseClickCookie(text: string): ClickCookie | undefined {
  const start = payloadStart(text)
  if (start < 0) return undefined
  const end = payloadEnd(text, start)
  const indexEnd = text.indexOf('.', PREFIX.length)
  const parts = {
    subdomainIndex: Number(text.slice(PREFIX.length, indexEnd)),
    creationTimeMs: Number(text.slice(indexEnd + 1, start - 1)),
    payload: text.slice(start, end),
  }
  return end === text.length ? parts : { ...parts, appendix: text.slice(end + 1) }
}

/** Where the payload begins; -1 when the text has not the form. Allocates nothing: it runs for every event. */
export function payloadStart(text: string): number {
  if (typeof text !== 'string' || text.length > MAX_LENGTH || !text.startsWith(PREFIX)) return -1
  const indexEnd = digitsEnd(text, PREFIX.length, 1, 2)
  const timeEnd = indexEnd < 0 ? -1 : digitsEnd(text, indexEnd + 1, 10, 16)
  if (timeEnd < 0) return -1
  const end = payloadEnd(text, timeEnd + 1)
  const appendix = text.length - end - 1
  const isEnded =
    end === text.length || ((appendix === 2 || appendix === 8) && isBase64Url(text, end + 1))
  return end > timeEnd + 1 && isEnded ? timeEnd + 1 : -1
}

export function payloadEnd(text: string, start: number): number {
  const dot = text.indexOf('.', start)
  return dot < 0 ? text.length : dot
}

/** Where the dot stands that ends a run of digits of this length; -1 when it is no such run. */
function digitsEnd(text: string, start: number, min: number, max: number): number {
  let end = start
  while (isDigit(text.charCodeAt(end))) end++
  const length = end - start
  return length >= min && length <= max && text.charCodeAt(end) === 0x2e ? end : -1
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

const BASE64_URL = new Uint8Array(128)
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-') {
  BASE64_URL[character.charCodeAt(0)] = 1
}

/** Letters, digits, `_` and `-`: what click ids and Meta's appendix are made of. */
export function isBase64Url(text: string, start = 0, end: number = text.length): boolean {
  for (let i = start; i < end; i++) if (BASE64_URL[text.charCodeAt(i)] !== 1) return false
  return end > start
}

/** Seconds lie below until the year 5138, microseconds above since 1973. */
const MIN_MS = 1e11
const MAX_MS = 1e14

/** A cookie of this form; undefined when the time is not whole milliseconds of our age, or the index not up to two digits. */
export function clickCookieValue(
  nowMs: number,
  subdomainIndex: number,
  payload: string,
): string | undefined {
  const isTime = Number.isInteger(nowMs) && nowMs >= MIN_MS && nowMs < MAX_MS
  const isIndex = Number.isInteger(subdomainIndex) && subdomainIndex >= 0 && subdomainIndex <= 99
  return isTime && isIndex ? `fb.${subdomainIndex}.${nowMs}.${payload}` : undefined
}
