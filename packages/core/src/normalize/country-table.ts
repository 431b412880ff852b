import { COUNTRY_CODES } from '../field/packed-words.ts'
import { lazy } from '../runtime/lazy.ts'

export interface Country {
  readonly alpha2: string
  readonly alpha3: string
  /** Without plus; absent for places without telephones. */
  readonly callingCode: string | undefined
}

/** By alpha-2, lower-case, in order of the alphabet. Made at the first use: importing costs nothing. */
export const countries: () => ReadonlyMap<string, Country> = lazy(readTable)

/** Form: `countryCodes` in `generate/packed-words.ts`. Source: `generate/countries.txt`. */
function readTable(): ReadonlyMap<string, Country> {
  const found = new Map<string, Country>()
  let initial = ''
  for (const [, capital, second = '', added = '', digits] of COUNTRY_CODES.matchAll(
    /([A-Z]?)([a-z])([a-z]+)(\d+)/g,
  )) {
    initial = capital?.toLowerCase() || initial
    const alpha2 = initial + second
    const alpha3 = alpha2.slice(0, 3 - added.length) + added
    found.set(alpha2, { alpha2, alpha3, callingCode: digits === '0' ? undefined : digits })
  }
  return found
}
