import type { RuleContext } from './rule-context.ts'

/**
 * Names of people that are also words for nothing. As a person writes them they win: programs write `null`, `NULL`,
 * `nan`, `NaN`, and never `Null`. Null is a last name, Nan and Nil are first names, Na is a Korean last name, and
 * K. A. are initials.
 */
const NAMES: ReadonlySet<string> = new Set([
  'Null',
  'Nan',
  'Nil',
  'Na',
  'K.A.',
  'K. A.',
  'N.D.',
  'N. D.',
])

export function isRealName(text: string): boolean {
  return NAMES.has(text)
}

/** Nan in Thailand, None in Piedmont and Brak in Libya are towns. */
const CITIES: Readonly<Record<string, string>> = { th: 'nan', it: 'none', ly: 'brak' }
/** Nan is also a province; NA is the code of Naples, and of Navarre. Source: ISO 3166-2, read 2026-11. */
const STATES: Readonly<Record<string, string>> = { th: 'nan', it: 'na', es: 'na' }

/** Countries with such a place. */
export const REAL_PLACES: readonly string[] = Object.keys({ ...CITIES, ...STATES })

export function isRealCity(text: string, { country }: RuleContext): boolean {
  return isRealPlace(text, country, CITIES)
}

export function isRealState(text: string, { country }: RuleContext): boolean {
  return isRealPlace(text, country, STATES)
}

/** Without a country, a capital letter distinguishes the town from pandas' `nan`. */
function isRealPlace(
  text: string,
  country: string | undefined,
  places: Readonly<Record<string, string>>,
): boolean {
  if (country === undefined) return text === 'Nan'
  return text !== 'NaN' && text.toLowerCase() === places[country]
}
