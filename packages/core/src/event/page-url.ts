import { type Check, drop } from '../field/checks.ts'
import { toText } from '../field/clean.ts'
import { isWebAddress, withoutPersonalData } from '../field/personal-address.ts'

/**
 * A page's address as it may be sent: http or https, without blanks around it and without fragment, and without what
 * holds personal data. The rest stays byte for byte: click ids must not change.
 * Source: Meta, Server Event Parameters, read 2026-09.
 */
export const pageUrl = ((value, parent, key, issues) => {
  if (value === '') return undefined
  const text = typeof value === 'string' ? toText(value) : undefined
  if (text === undefined || !isWebAddress(text)) return drop('url_invalid', parent, key, issues)
  const hash = text.indexOf('#')
  const url = (hash < 0 ? text : text.slice(0, hash)).toWellFormed()
  const safe = withoutPersonalData(url)
  if (safe === url) return url
  drop('personal_data_in_url', parent, key, issues)
  // A parser takes a backslash for the end of the host: of `https://a\@` nothing would be left.
  return isWebAddress(safe) ? safe : undefined
}) satisfies Check
