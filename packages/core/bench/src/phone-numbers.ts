import { createRequire } from 'node:module'

// Google's own library is the oracle: another's knowledge of every region. It has no types of its own.
const require = createRequire(import.meta.url)

interface PhoneNumber {
  getCountryCode(): number
}
interface PhoneNumberUtil {
  getSupportedRegions(): string[]
  getExampleNumberForType(region: string, type: number): PhoneNumber | null
  format(number: PhoneNumber, format: number): string
  formatOutOfCountryCallingNumber(number: PhoneNumber, from: string): string
  parse(text: string, region: string): PhoneNumber
  isValidNumberForRegion(number: PhoneNumber, region: string): boolean
  getNumberType(number: PhoneNumber): number
}
interface GoogleLibphonenumber {
  readonly PhoneNumberFormat: Readonly<Record<'E164' | 'INTERNATIONAL' | 'NATIONAL', number>>
  readonly PhoneNumberType: Readonly<
    Record<'MOBILE' | 'FIXED_LINE' | 'FIXED_LINE_OR_MOBILE', number>
  >
  readonly PhoneNumberUtil: { getInstance(): PhoneNumberUtil }
}

const google = require('google-libphonenumber') as GoogleLibphonenumber
const util = google.PhoneNumberUtil.getInstance()
const { E164, INTERNATIONAL, NATIONAL } = google.PhoneNumberFormat

export const REGIONS: readonly string[] = util.getSupportedRegions().toSorted()

const TYPES = { mobile: 'MOBILE', 'fixed line': 'FIXED_LINE' } as const

export interface Example {
  readonly region: string
  readonly type: keyof typeof TYPES
  readonly number: PhoneNumber
  /** E.164 without its plus: what Meta compares. */
  readonly digits: string
}

/** The example numbers of every region. Tristan da Cunha has no mobile numbers. */
export const EXAMPLES: readonly Example[] = REGIONS.flatMap((region) =>
  (Object.keys(TYPES) as (keyof typeof TYPES)[]).flatMap((type) => {
    const number = util.getExampleNumberForType(region, google.PhoneNumberType[TYPES[type]])
    return number === null
      ? []
      : { region, type, number, digits: util.format(number, E164).slice(1) }
  }),
)

/** These digits, if they are a mobile or fixed-line number of this region. */
export function validNumber(region: string, digits: string): Example | undefined {
  const number = util.parse(`+${digits}`, region)
  const { MOBILE, FIXED_LINE, FIXED_LINE_OR_MOBILE } = google.PhoneNumberType
  const type = util.getNumberType(number)
  const isPhone = [MOBILE, FIXED_LINE, FIXED_LINE_OR_MOBILE].includes(type)
  const isWhole = isPhone && util.isValidNumberForRegion(number, region)
  // Some are written with what is only dialled inside the country, and parsed without it.
  if (!isWhole || util.format(number, E164) !== `+${digits}`) return undefined
  return { region, type: type === FIXED_LINE ? 'fixed line' : 'mobile', number, digits }
}

/** The forms people and systems write a number in. */
export const FORMS = {
  'E.164': ({ digits }) => `+${digits}`,
  'its digits': ({ digits }) => digits,
  international: ({ number }) => util.format(number, INTERNATIONAL),
  '00 in front': ({ number }) => util.format(number, INTERNATIONAL).replace('+', '00 '),
  national: ({ number }) => util.format(number, NATIONAL),
  'national digits': ({ number }) => util.format(number, NATIONAL).replaceAll(/\D/g, ''),
} as const satisfies Readonly<Record<string, (example: Example) => string>>

export type Form = keyof typeof FORMS

/** The number as somebody in this region dials it; undefined within the same calling code. */
export function dialledFrom(region: string, { number }: Example): string | undefined {
  const home = EXAMPLES.find((one) => one.region === region)?.number.getCountryCode()
  return home === number.getCountryCode()
    ? undefined
    : util.formatOutOfCountryCallingNumber(number, region)
}

/** Countries whose people write `(0)` behind the country code, by code. */
const WITH_TRUNK_ZERO =
  /^(?:44|49|33|31|41|43|46|32|61|64|27|81|82|62|234|353|358|380|385|359|972)(?=[1-9])/

/** `+44 (0)20 …`; for Italy `+39 (0)6 …`, whose zero belongs to the number, and `+39 (0)3…`, whose does not. */
export function withTrunkZero({ digits }: Example): string | undefined {
  const code = WITH_TRUNK_ZERO.exec(digits)?.[0] ?? (digits.startsWith('39') ? '39' : undefined)
  if (code === undefined) return undefined
  const national = digits.slice(code.length)
  // Nine digits that begin with 3 are a mobile number of old, or the fixed line 03….
  if (code === '39' && /^3\d{8}$/.test(national)) return undefined
  // The zero of an Italian fixed line is the one in brackets.
  return `+${code} (0)${national.startsWith('0') ? national.slice(1) : national}`
}
