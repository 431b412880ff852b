import { isDigit } from '../click-id/click-cookie.ts'
import { attempt } from '../runtime/attempt.ts'
import { countries } from './country-table.ts'
import { dialOutOf } from './dial-out.ts'
import { phoneDigits, withoutZeros } from './phone-digits.ts'
import { callingCodeOf, isNational, nationalNumber } from './phone-plan.ts'
import type { ParsePhone, RuleContext } from './rule-context.ts'

const MAX_LENGTH = 64
const MIN_DIGITS = 7
/** E.164 allows 15. */
const MAX_DIGITS = 15

/**
 * Digits only, country code first, no leading zeros, as Meta hashes them. A number without `+` or
 * `00` gets the code of `phoneCountry`, else of the event's country; with neither it stays as it is.
 * Source: Meta, Customer Information Parameters, read 2026-09; length: ITU-T E.164.
 */
export function phone(text: string, context: RuleContext): string | undefined {
  if (text.length > MAX_LENGTH) return undefined
  if (isFiller(text)) return undefined
  const country = context.phoneCountry ?? context.country
  return context.parsePhone
    ? inBounds(parsedDigits(context.parsePhone, text, country))
    : compactPhone(text, country)
}

/** What is typed where a form demands a number: `0000000000`, `(111) 111-1111`. */
function isFiller(text: string): boolean {
  let digit = 0
  let count = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (!isDigit(code)) continue
    if (count > 0 && code !== digit) return false
    digit = code
    count++
  }
  return count >= MIN_DIGITS
}

/** Longer ones are likelier to have a country code. */
const LONGEST_NATIONAL = 10

/** A number that begins with 0, or is short, is a national one; without a country no code can be put in front. */
export function warningForPhone(
  text: string,
  context: RuleContext,
): 'phone_country_missing' | undefined {
  const { phoneCountry, country, parsePhone } = context
  if (phoneCountry !== undefined || country !== undefined || parsePhone !== undefined)
    return undefined
  const { digits, hasPlus } = phoneDigits(text)
  const isShort = digits.length <= LONGEST_NATIONAL
  return !hasPlus && !digits.startsWith('00') && (isShort || digits.startsWith('0'))
    ? 'phone_country_missing'
    : undefined
}

/** A rule of the caller's may throw: that costs the field, reported as a value that is no number. */
function parsedDigits(parse: ParsePhone, text: string, country: string | undefined): string {
  const parsed: unknown = attempt(() => parse(text, country))
  return typeof parsed === 'string' ? withoutZeros(phoneDigits(parsed).digits) : ''
}

/** The rule where no other takes over; `country` is alpha-2, lower-case. */
export function compactPhone(text: string, country: string | undefined): string | undefined {
  return inBounds(international(text, country))
}

function inBounds(digits: string): string | undefined {
  return digits.length >= MIN_DIGITS && digits.length <= MAX_DIGITS ? digits : undefined
}

function international(text: string, country: string | undefined): string {
  const { digits, hasPlus } = phoneDigits(text)
  if (hasPlus) return withCode(withoutZeros(digits))
  const code = country === undefined ? undefined : countries().get(country)?.callingCode
  const abroad = dialledAbroad(digits, code === '1' ? 'us' : country)
  if (abroad !== undefined) return withCode(abroad)
  if (code === undefined) return withoutZeros(digits)
  return code === '1' ? northAmerican(digits) : national(digits, code)
}

/**
 * What follows 00, or what is dialled in this country in the place of 00. Where a number can stand
 * behind both, as behind Korea's 001, it is 00: people everywhere write that. Only where the country
 * has a single prefix (Nigeria's 009) that one wins, but for numbers of North America.
 */
function dialledAbroad(digits: string, country: string | undefined): string | undefined {
  const after00 = digits.startsWith('00') ? withoutZeros(digits) : undefined
  const pattern = country === undefined ? undefined : dialOutOf(country)
  const prefix = pattern?.exec(digits)?.[0] ?? digits
  const rest = digits.slice(prefix.length)
  if (!isWhole(rest)) return after00
  const isPlain = after00 === undefined || !isWhole(after00)
  return isPlain || (pattern?.source === `^(?:${prefix})` && after00[0] !== '1') ? rest : after00
}

/** Whether this can be a number with its country code. */
function isWhole(digits: string): boolean {
  const code = callingCodeOf(digits)
  if (code === '1') return /^1[2-9]\d\d[2-9]\d{6}$/.test(digits)
  return code !== undefined && isNational(code, digits.slice(code.length))
}

/** `+44 (0)20 …` and `+44 020 …`: many people write what only a national call needs. */
function withCode(digits: string): string {
  const code = callingCodeOf(digits)
  return code === undefined ? digits : code + nationalNumber(code, digits.slice(code.length))
}

/** Ten digits, with or without the 1. Numbers of other lengths were written with a country code. */
function northAmerican(written: string): string {
  const digits = withoutZeros(written)
  return digits.length === 10 ? `1${digits}` : digits
}

function national(digits: string, code: string): string {
  const rest = digits.slice(code.length)
  if (digits.startsWith(code) && isNational(code, rest)) return code + nationalNumber(code, rest)
  const number = nationalNumber(code, digits)
  return isNational(code, number) ? code + number : ''
}
