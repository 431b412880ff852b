import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min'
import type { ParsePhone } from './normalize/rule-context.ts'

/**
 * A phone rule built on `libphonenumber-js`, which knows the numbering plan of every country: pass it
 * as the option `parsePhone`. Needs that package installed. Numbers it takes for impossible are
 * dropped; numbers that are only unassigned are kept.
 */
export const parsePhone: ParsePhone = (text, country) => {
  const code = country?.toUpperCase()
  const isKnown = code !== undefined && isSupportedCountry(code)
  const international = text.replace(/^\s*00/, '+')
  const parsed = parsePhoneNumberFromString(
    international,
    isKnown ? (code as CountryCode) : undefined,
  )
  if (parsed?.isPossible()) return parsed.number
  // Without a country and a plus, the digits may begin with the country code all the same.
  const guess = isKnown ? undefined : parsePhoneNumberFromString(`+${text.replace(/^[\s+0]*/, '')}`)
  return guess?.isPossible() ? guess.number : undefined
}
