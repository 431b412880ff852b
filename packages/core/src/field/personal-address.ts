import { PLAIN_ADDRESS } from './host-of.ts'
import { ENCODED_AT, holdsEmail, isPersonalKey } from './personal-data.ts'

/** A URL parser takes an unfilled template for a host. */
const HOST = /^https?:\/\/[^/?#{}$]+(?:[/?#]|$)/i

/** Whether it is the whole address of something on the web. */
export function isWebAddress(text: string): boolean {
  return PLAIN_ADDRESS.test(text) || (HOST.test(text) && URL.canParse(text))
}

/** The key of a WooCommerce order opens the order's page. */
const ORDER_KEY = 'wc_order_'

/**
 * The address without user and password, without the parameters of its query that hold personal data, and without a
 * path that holds an e-mail address. What is left stays byte for byte.
 */
export function withoutPersonalData(url: string): string {
  if (!mayHoldPersonalData(url)) return url
  const question = url.indexOf('?')
  if (question < 0) return safeAddress(url)
  const kept = url
    .slice(question + 1)
    .split('&')
    .filter((pair) => !isPersonal(pair))
  return safeAddress(url.slice(0, question)) + (kept.length === 0 ? '' : `?${kept.join('&')}`)
}

/** A cheap look first: most addresses hold nothing. */
function mayHoldPersonalData(url: string): boolean {
  if (url.includes('@') || url.includes(ORDER_KEY)) return true
  if (url.includes('%') && ENCODED_AT.test(url)) return true
  for (let start = url.indexOf('?'); start >= 0; start = url.indexOf('&', start + 1)) {
    const equals = url.indexOf('=', start)
    if (equals < 0) return false
    if (isPersonalKey(url.slice(start + 1, equals))) return true
  }
  return false
}

/** Without user and password; a path that holds an e-mail address goes whole. */
function safeAddress(address: string): string {
  const start = address.indexOf('//') + 2
  const slash = address.indexOf('/', start)
  const authority = slash < 0 ? address.slice(start) : address.slice(start, slash)
  const path = slash < 0 ? '' : address.slice(slash)
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  return address.slice(0, start) + host + (holdsEmail(path) ? '/' : path)
}

function isPersonal(pair: string): boolean {
  const equals = pair.indexOf('=')
  const [key, value] = [pair.slice(0, equals), pair.slice(equals + 1)]
  if (value.startsWith(ORDER_KEY)) return true
  if (equals > 0 && isPersonalKey(key)) return !(isDevice(key) ? DEVICE : SWITCH).test(value)
  return holdsEmail(pair)
}

/** `?shipping_address=1` names no person. */
const SWITCH = /^(?:\d?|true|false)$/i
/** Nor do `?mobile=1` and `?phone=iphone-15`: no number of a person is that short. */
const DEVICE = /^(?:\d{0,4}|true|false|(?:iphone|android)\D*(?:\d\D*){0,4})$/i

function isDevice(key: string): boolean {
  return /mobile|phone|tel/i.test(key)
}
