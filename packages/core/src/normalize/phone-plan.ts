import { byWord } from '../field/by-word.ts'
import { lazy } from '../runtime/lazy.ts'
import { countries } from './country-table.ts'
import { withoutZeros } from './phone-digits.ts'

/**
 * What people write in front of a national number, by calling code, where it is not a 0: the trunk
 * prefix, the code of a carrier, and what once marked mobile phones. Zeros in front are gone already.
 * Source: numbering plans in libphonenumber-js 1.13, read 2026-11.
 */
const WRITTEN_IN_FRONT: Readonly<Record<string, RegExp>> = {
  '7': /^8(?=\d{10}$)/,
  // 06
  '36': /^6(?=\d{8,9}$)/,
  // 1, 01, 044 and 045, until 2019
  '52': /^(?:1|4[45])(?=\d{10}$)/,
  // Two digits name the carrier: 0 15 11 …
  '55': /^\d\d(?=\d{10,11}$)/,
  '370': /^8(?=\d{8}$)/,
  '375': /^8(?=\d{10}$|[1-7]\d{8}$)/,
  '993': /^8(?=\d{8}$)/,
}

/** Calling codes by length: here a 0 in front belongs to numbers of this length, and Italy's to all but its mobile numbers. */
const withZero = byWord({ 8: '226 241 250', 9: '242 992', 10: '225 229 378' })
const ITALY = '39'
const ITALIAN_MOBILE = /^0(?:3\d|43)\d{8}$/
const ARGENTINA = '54'

/**
 * Calling codes by the digits that a national number has at least. Where no 0 is dialled in front, a number
 * may begin with its own country's code (Denmark's 45 12 34 56), and only its length shows whether
 * that is the country code. Source: numbering plans in libphonenumber-js 1.13, read 2026-11.
 */
const minNational = byWord({
  6: '252',
  7: '220 238 501 679 680 960',
  8: '30 34 36 45 47 48 52 56 57 65 216 222 266 502 503 506 853 965 968 976',
  9: '39 244 250 992 998',
  10: '7 55 91',
})
/** Elsewhere; islands have numbers this short. */
const MIN_NATIONAL_ELSEWHERE = 4

/** The national number as it stands behind the country code, without what is only dialled inside the country. */
export function nationalNumber(code: string, written: string): string {
  if (keepsZero(code, written)) return written
  const bare = withoutZeros(written)
  if (code === ARGENTINA) return argentinian(bare)
  const front = WRITTEN_IN_FRONT[code]
  return front === undefined ? bare : withoutZeros(bare.replace(front, ''))
}

/**
 * The 15 of a mobile number stands behind an area code of two to four digits, or in front of eight
 * digits in Buenos Aires (11). With a country code, a 9 in front of the area code says the same.
 */
function argentinian(number: string): string {
  return number
    .replace(/^9?0?(?=\d{12}$)(11|[2368]\d\d\d?)15|^90(?=\d{10}$)/, '9$1')
    .replace(/^15(?=\d{8}$)/, '911')
}

function keepsZero(code: string, written: string): boolean {
  if (written.charCodeAt(0) !== 0x30) return false
  return code === ITALY
    ? !ITALIAN_MOBILE.test(written)
    : String(written.length) === withZero().get(code)
}

/** Whether this is long enough for a national number. */
export function isNational(code: string, number: string): boolean {
  const least = Number(minNational().get(code) ?? MIN_NATIONAL_ELSEWHERE)
  return number.length >= least || keepsZero(code, number)
}

/** Ascension is no country of ISO 3166-1 and has a calling code. */
const ASCENSION = '247'
const codes = lazy(
  (): ReadonlySet<string | undefined> =>
    new Set([ASCENSION, ...Array.from(countries().values(), ({ callingCode }) => callingCode)]),
)

/** The calling code that the digits begin with. No code is another's beginning (ITU-T E.164). */
export function callingCodeOf(digits: string): string | undefined {
  for (let length = 1; length <= 3; length++) {
    const code = digits.slice(0, length)
    if (codes().has(code)) return code
  }
  return undefined
}
