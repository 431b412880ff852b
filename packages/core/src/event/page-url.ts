import { type Check, drop } from '../custom-data/checks.ts'
import { holdsEmail, isPersonalKey } from '../custom-data/personal-data.ts'

const MAX_LENGTH = 8_192

/**
 * A page's address as it may be sent: http or https, without fragment, and without what holds
 * personal data. The rest stays byte for byte: click ids must not change.
 * Source: Meta, Server Event Parameters, read 2026-09.
 */
export const pageUrl = ((value, parent, key, issues) => {
  if (value === '') return undefined
  if (typeof value !== 'string' || value.length > MAX_LENGTH || !isWeb(value)) {
    return drop('url_invalid', parent, key, issues)
  }
  const hash = value.indexOf('#')
  const url = hash < 0 ? value : value.slice(0, hash)
  if (!mayHoldPersonalData(url)) return url
  const safe = withoutPersonalData(url)
  if (safe !== url) drop('personal_data_in_url', parent, key, issues)
  return safe
}) satisfies Check

/** A cheap look first: most addresses hold nothing. */
function mayHoldPersonalData(url: string): boolean {
  if (url.includes('@') || url.includes('%40')) return true
  for (let start = url.indexOf('?'); start >= 0; start = url.indexOf('&', start + 1)) {
    const equals = url.indexOf('=', start)
    if (equals < 0) return false
    if (isPersonalKey(url.slice(start + 1, equals))) return true
  }
  return false
}

function isWeb(text: string): boolean {
  return text.startsWith('https://') || text.startsWith('http://') || /^https?:\/\//i.test(text)
}

function withoutPersonalData(url: string): string {
  const question = url.indexOf('?')
  if (question < 0) return safeAddress(url)
  const kept = url
    .slice(question + 1)
    .split('&')
    .filter((pair) => !isPersonal(pair))
  return safeAddress(url.slice(0, question)) + (kept.length === 0 ? '' : `?${kept.join('&')}`)
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
  if (equals > 0 && isPersonalKey(pair.slice(0, equals))) return isTelling(pair.slice(equals + 1))
  return holdsEmail(pair)
}

/** `?mobile=1` and `?phone=iphone-15` tell of nobody: a word without five digits and shorter than a name's worth. */
function isTelling(value: string): boolean {
  return (
    value.replace(/\D/g, '').length >= 5 ||
    !/^(?:\d{0,4}|true|false|iphone.*|android.*)$/i.test(value)
  )
}
