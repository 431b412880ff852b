import type { HashedField } from '@capi/core'
import type { Core } from '../core/load-core.ts'

export type PlaintextCheck =
  /** `country`: with which country beside the value; absent where none is needed. */
  | { readonly result: 'prepared'; readonly country?: string }
  /** `prepared`: what should have been hashed instead; absent where core would send nothing. */
  | { readonly result: 'as_typed'; readonly prepared?: string }
  | { readonly result: 'no_match' }

/**
 * Whether this text, as `@capi/core` prepares it for the key, has this hash. States, postal codes and national phone
 * numbers are read by a country, of which only the hash is known: every country is tried. Nothing is kept or sent.
 */
export function checkPlaintext(
  { key, text, hash }: { readonly key: string; readonly text: string; readonly hash: string },
  { normalizeField, sha256 }: Core,
): PlaintextCheck {
  const wanted = hash.slice(0, 64).toLowerCase()
  // A key that core does not hash has no preparation.
  const prepare = (country?: string) => normalizeField(key as HashedField, text, { country })
  const tried = new Set<string>()
  for (const country of [undefined, ...countriesOf(normalizeField)]) {
    const prepared = prepare(country)
    if (prepared === undefined || tried.has(prepared)) continue
    tried.add(prepared)
    if (sha256(prepared) === wanted) return { result: 'prepared', ...(country && { country }) }
  }
  if (sha256(text) !== wanted) return { result: 'no_match' }
  const prepared = prepare()
  return { result: 'as_typed', ...(prepared !== undefined && { prepared }) }
}

const LETTERS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
let countries: readonly string[] | undefined

/** The codes that core takes for a country. */
function countriesOf(normalizeField: Core['normalizeField']): readonly string[] {
  countries ??= LETTERS.flatMap((first) =>
    LETTERS.map((second) => first + second).filter(
      (code) => normalizeField('country', code) === code.toLowerCase(),
    ),
  )
  return countries
}
