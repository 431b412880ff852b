import { type Chance, chance, MARKS, scribble } from '@capi/testing'
import { drawnNumbers } from './drawn-numbers.ts'
import type { Field } from './meta-libraries.ts'
import { dialledFrom, EXAMPLES, type Example, FORMS, withTrunkZero } from './phone-numbers.ts'
import { LEFT_OUT_OF_PLANS } from './phone-rules.ts'
import { PLACES, type Place } from './places.ts'

/** A value as somebody typed it, and what is known of it because it was made here. */
export interface Given {
  readonly value: unknown
  /** What it is: alpha-2, digits with country code, `f` or `m`, YYYYMMDD, a state's code; null for nothing. Not said where the text itself is what counts. */
  readonly is?: string | null
}

export type Person = Readonly<Partial<Record<Field, Given>>>

/** What stands where nothing was given, or cannot be what the field holds. */
export const ODD: Readonly<Partial<Record<Field, readonly unknown[]>>> = {
  em: ['anna.example.com', 'a@example.com; b@example.com', 'undefined', 'a @example.com'],
  ph: ['on request', '110', 'undefined', '0000'],
  fn: ['---', 'undefined', '[object Object]'],
  ln: ['.', 'NaN'],
  ct: ['undefined', '-'],
  st: ['NaN', '--'],
  zp: ['undefined', '-'],
  country: ['Atlantis', 'XX', 'undefined'],
  ge: ['other', 'non-binary', 'unknown', 'x'],
  db: ['12/31/90', '1990-02-31', '02/30/1990', '1899-01-01', 'December', '99999999'],
  external_id: ['undefined', '[object Object]'],
}

/** Not of the country: what depends on it would have to be known as well. */
const ODD_FIELDS = (Object.keys(ODD) as Field[]).filter((field) => field !== 'country')

/** Hashes made before: of a real value in capitals, with Parameter Builder's appendix, and of nothing. */
const HASH = '62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f'
const HASH_OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

const GENDERS = { f: ['f', 'F', 'Female', ' female', 'FEMALE'], m: ['m', 'M', 'male', 'Male '] }
const EMAILS = [
  (id: number) => `Customer.${id}@Example.com`,
  (id: number) => `customer+${id}@mail.example.co.uk`,
  (id: number) => `jürgen.${id}@müller.example`,
  (id: number) => `o'neil_${id}@example.org`,
] as const

const ALL_MARKS = [...MARKS, (text: string) => `${text}\u200b`] as const
const typed = (text: string, seed: Chance) => scribble(text, seed, ALL_MARKS)

function oneOf<T>(values: readonly T[], seed: Chance): T {
  const value = values[seed.index(values.length)]
  if (value === undefined) throw new Error('nothing to pick from')
  return value
}

/** Numbers that are read right; see LEFT_OUT_OF_PLANS. */
const NUMBERS: readonly Example[] = [...EXAMPLES, ...drawnNumbers(6)].filter(
  ({ digits }) => !LEFT_OUT_OF_PLANS.some((one) => one.digits.test(digits)),
)
const NUMBERS_OF: ReadonlyMap<string, readonly Example[]> = new Map(
  PLACES.map(({ code }) => [code, NUMBERS.filter(({ region }) => region.toLowerCase() === code)]),
)
const FORM_NAMES = Object.keys(FORMS) as (keyof typeof FORMS)[]

function phone({ code }: Place, seed: Chance): Given {
  const number = oneOf(NUMBERS_OF.get(code) ?? [], seed)
  const is = number.digits
  const roll = seed.next()
  const international = FORMS.international(number)
  if (roll < 0.7) return { value: FORMS[oneOf(FORM_NAMES, seed)](number), is }
  if (roll < 0.78) return { value: withTrunkZero(number) ?? international, is }
  if (roll < 0.82) return { value: `${international} ext. ${1 + seed.index(99)}`, is }
  if (roll < 0.86) return { value: fullWidth(international), is }
  // Below 2^32 the SDK makes an array of that length, and does not come back.
  if (roll < 0.9) return { value: Number(is) < 2 ** 32 ? is : Number(is), is }
  if (roll < 0.94) return { value: international.replaceAll(/[\s-]/g, '.'), is }
  const foreign = oneOf(EXAMPLES, seed)
  const dialled = dialledFrom(code.toUpperCase(), foreign)
  return dialled === undefined
    ? { value: international, is }
    : { value: dialled, is: foreign.digits }
}

function fullWidth(text: string): string {
  return text.replaceAll(/[\d+]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
}

function birthDay(seed: Chance): Given {
  const day = new Date(Date.UTC(1940 + seed.index(60), seed.index(12), 1 + seed.index(28)))
  const [year = '', month = '', date = ''] = day.toISOString().slice(0, 10).split('-')
  const isDayFirst = Number(date) > 12
  const written = [
    `${year}-${month}-${date}`,
    year + month + date,
    `${Number(month)}/${Number(date)}/${year}`,
    `${year}年${Number(month)}月${Number(date)}日`,
    ...(isDayFirst ? [`${date}.${month}.${year}`] : []),
  ]
  return { value: oneOf(written, seed), is: year + month + date }
}

function town(place: Place, seed: Chance): Pick<Person, 'ct' | 'st' | 'zp'> {
  const { town: name, state, zip } = oneOf(place.towns, seed)
  const [stateName = '', code] = state.split('=')
  return {
    ct: { value: typed(name, seed) },
    st: { value: typed(stateName, seed), ...(code !== undefined && { is: code }) },
    zp: {
      value: seed.next() < 0.9 || !/^[1-9]\d{1,4}$/.test(zip) ? typed(zip, seed) : Number(zip),
    },
  }
}

function person(id: number, seed: Chance): Person {
  const place = oneOf(PLACES, seed)
  const ge = seed.pick(['f', 'm'] as const)
  const whole: Person = {
    em: { value: typed(oneOf(EMAILS, seed)(id), seed) },
    ph: phone(place, seed),
    fn: { value: typed(oneOf(place.first, seed), seed) },
    ln: { value: typed(oneOf(place.last, seed), seed) },
    ...town(place, seed),
    country: { value: typed(oneOf(place.names, seed), seed), is: place.code },
    ge: { value: oneOf(GENDERS[ge], seed), is: ge },
    db: birthDay(seed),
    external_id: { value: seed.next() < 0.9 ? typed(`User ${id}`, seed) : 100 + (id % 100) },
  }
  return seed.next() < 0.75 ? whole : { ...whole, ...oddity(seed) }
}

function oddity(seed: Chance): Person {
  const field = oneOf(ODD_FIELDS, seed)
  const roll = seed.next()
  if (roll < 0.1) return { [field]: { value: HASH.toUpperCase() } }
  if (roll < 0.2) return { [field]: { value: HASH_OF_NOTHING, is: null } }
  return { [field]: { value: oneOf(ODD[field] ?? [], seed), is: null } }
}

/** People of 40 countries, the same for the same seed. */
export function people(count: number, seed: number): Person[] {
  const luck = chance(seed)
  return Array.from({ length: count }, (_, id) => person(id, luck))
}
