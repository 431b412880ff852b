import { attempt } from '../attempt.ts'
import { countries } from './country-table.ts'
import { phoneDigits, withoutZeros } from './phone-digits.ts'
import type { ParsePhone, RuleContext } from './rule-context.ts'

const MAX_LENGTH = 64
const MIN_DIGITS = 7
/** E.164 allows 15. */
const MAX_DIGITS = 15

/** What is dialled in front of a number inside its country, where that is not 0. */
const TRUNK: Readonly<Record<string, string>> = {
  by: '8',
  hu: '06',
  kz: '8',
  lt: '8',
  ru: '8',
  tm: '8',
}
/** Here a leading 0 belongs to the number. */
const KEEPS_ZERO: readonly string[] = ['bj', 'cg', 'ci', 'ga', 'it', 'sm', 'va']
/**
 * Digits a national number has at least, by calling code. Where no 0 is dialled in front, a number
 * may begin with its own country's code (Denmark's 45 12 34 56), and only its length tells whether
 * that is the country code. Source: numbering plans in libphonenumber-js 1.13, read 2026-11.
 */
const MIN_NATIONAL: Readonly<Record<string, number>> = {
  '7': 10,
  '30': 8,
  '34': 8,
  '36': 8,
  '39': 9,
  '45': 8,
  '47': 8,
  '48': 8,
  '52': 8,
  '55': 10,
  '56': 8,
  '57': 8,
  '65': 8,
  '91': 10,
  '216': 8,
  '220': 7,
  '222': 8,
  '238': 7,
  '244': 9,
  '250': 9,
  '266': 8,
  '501': 7,
  '502': 8,
  '503': 8,
  '506': 8,
  '679': 7,
  '680': 7,
  '853': 8,
  '960': 7,
  '965': 8,
  '968': 8,
  '976': 8,
  '992': 9,
  '998': 9,
}
/** Elsewhere; islands have numbers this short. */
const MIN_NATIONAL_ELSEWHERE = 4

/**
 * Digits only, country code first, no leading zeros, as Meta hashes them. A number without `+` or
 * `00` gets the code of `phoneCountry`, else of the event's country; with neither it stays as it is.
 * Source: Meta, Customer Information Parameters, read 2026-09; length: ITU-T E.164.
 */
export function phone(text: string, context: RuleContext): string | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const country = context.phoneCountry ?? context.country
  const digits = context.parsePhone
    ? parsedDigits(context.parsePhone, text, country)
    : international(text, country)
  return digits.length >= MIN_DIGITS && digits.length <= MAX_DIGITS ? digits : undefined
}

/** Longer ones are likelier to have a country code. */
const LONGEST_NATIONAL = 10

/** A number that begins with 0, or is short, is a national one; without a country no code can be put in front. */
export function doubtAboutPhone(
  text: string,
  context: RuleContext,
): 'phone_country_missing' | undefined {
  const { phoneCountry, country, parsePhone } = context
  if (phoneCountry !== undefined || country !== undefined || parsePhone !== undefined)
    return undefined
  const { digits, isInternational } = phoneDigits(text)
  const isShort = digits.length <= LONGEST_NATIONAL
  return !isInternational && (isShort || digits.startsWith('0'))
    ? 'phone_country_missing'
    : undefined
}

/** A rule of the caller's may throw: that costs the field, reported as a value that is no number. */
function parsedDigits(parse: ParsePhone, text: string, country: string | undefined): string {
  const parsed: unknown = attempt(() => parse(text, country))
  return typeof parsed === 'string' ? phoneDigits(parsed).digits : ''
}

function international(text: string, country: string | undefined): string {
  const { digits, isInternational } = phoneDigits(text)
  if (isInternational) return withoutTrunkZero(digits)
  const code = country === undefined ? undefined : countries().get(country)?.callingCode
  if (country === undefined || code === undefined) return withoutZeros(digits)
  return code === '1' ? northAmerican(digits) : national(digits, country, code)
}

/** Ten digits, with or without the 1; 011 is what is dialled to call abroad. Numbers of other lengths were written with a country code. */
function northAmerican(written: string): string {
  if (written.startsWith('011') && written.length > 11) return withoutTrunkZero(written.slice(3))
  const digits = withoutZeros(written)
  return digits.length === 10 ? `1${digits}` : digits
}

function national(digits: string, country: string, code: string): string {
  const keepsZero = KEEPS_ZERO.includes(country)
  if (keepsZero && digits.startsWith('0')) return code + digits
  const trunk = TRUNK[country] ?? '0'
  const hasTrunk = digits.startsWith(trunk)
  const minimum = MIN_NATIONAL[code] ?? MIN_NATIONAL_ELSEWHERE
  if (!hasTrunk && digits.startsWith(code)) {
    const rest = digits.slice(code.length)
    if (rest.length >= minimum || (keepsZero && rest.startsWith('0'))) return digits
  }
  const number = withoutZeros(hasTrunk ? digits.slice(trunk.length) : digits)
  return number.length >= minimum ? code + number : ''
}

/** `+44 020 …`: many people write the 0 that only a national call needs. */
function withoutTrunkZero(digits: string): string {
  for (let length = 1; length <= 3; length++) {
    if (digits.charCodeAt(length) !== 0x30 || !trunkZeroCodes().has(digits.slice(0, length)))
      continue
    return digits.slice(0, length) + withoutZeros(digits.slice(length))
  }
  return digits
}

let zeroCodes: ReadonlySet<string> | undefined

/** Calling codes after which no number begins with 0. No code is another's beginning (ITU-T E.164). */
function trunkZeroCodes(): ReadonlySet<string> {
  if (zeroCodes === undefined) {
    const all = [...countries().values()]
    const kept = all.filter(({ alpha2 }) => KEEPS_ZERO.includes(alpha2))
    const codes = new Set(all.map(({ callingCode }) => callingCode ?? ''))
    for (const { callingCode } of kept) codes.delete(callingCode ?? '')
    zeroCodes = codes
  }
  return zeroCodes
}
