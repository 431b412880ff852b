import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min'
import { compactPhone } from './normalize/phone.ts'
import type { ParsePhone } from './normalize/rule-context.ts'

/**
 * A phone rule built on `libphonenumber-js`, which knows the numbering plan of every country: pass it
 * as the option `parsePhone`. Needs that package installed. What no numbering plan knows is left to
 * the rule that holds without this one: numbers that are only unassigned are kept.
 * @example
 * const capi = createCapi({ ...optionsFromEnv(process.env), parsePhone })
 */
export const parsePhone: ParsePhone = (text: unknown, where: unknown) => {
  if (typeof text !== 'string') return undefined
  const country = typeof where === 'string' ? where : undefined
  const digits = compactPhone(text, country?.toLowerCase())
  const compact = digits === undefined ? undefined : parsePhoneNumberFromString(`+${digits}`)
  // Parsed first: it shows whether digits without a plus begin with the country code.
  if (compact?.isValid()) return compact.number
  const planned = parsed(text, country?.toUpperCase())
  if (planned?.isValid()) return planned.number
  return planned?.isPossible() && !compact?.isPossible() ? planned.number : digits
}

function parsed(text: string, country: string | undefined): PhoneNumber | undefined {
  const isKnown = country !== undefined && isSupportedCountry(country)
  return parsePhoneNumberFromString(text, isKnown ? (country as CountryCode) : undefined)
}
