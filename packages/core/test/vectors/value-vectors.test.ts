import { describe, expect, it } from 'vitest'
import { type HashedField, hashUserData, normalizeField, sha256 } from '../../src/index.ts'
import countries from '../../vectors/country-vectors.json' with { type: 'json' }
import nothing from '../../vectors/nothing-vectors.json' with { type: 'json' }
import values from '../../vectors/value-vectors.json' with { type: 'json' }
import { revive } from './revive.ts'

const now = Date.UTC(2026, 10, 28, 12)

/** What of one field leaves, and the codes of its issues. */
function sent(field: HashedField, value: unknown, country?: string) {
  const person = { ...(country !== undefined && { country }), [field]: value }
  const { user_data, issues } = hashUserData(person, { nowMs: now })
  const found: unknown = user_data[field]
  return {
    hash: Array.isArray(found) ? (found[0] as string) : found,
    codes: issues
      .filter(({ path }) => path.startsWith(`user_data.${field}`))
      .map(({ code }) => code),
  }
}

interface ValueVector {
  readonly ruling: string
  readonly field: string
  readonly country?: string
  readonly values: readonly unknown[]
  readonly normalized: string | null
  readonly code?: string
}

const rows = (values as readonly ValueVector[]).flatMap((row) =>
  row.values.map((value) => ({ ...row, value, name: JSON.stringify(value) })),
)

describe('values that mean the same', () => {
  it.each(rows)(
    '$ruling: $field $name is $normalized',
    ({ field, value, country, normalized, code }) => {
      const key = field as HashedField
      const given = revive(value)
      expect(normalizeField(key, given, { nowMs: now, country }) ?? null).toBe(normalized)
      const { hash, codes } = sent(key, given, country)
      expect(hash).toBe(normalized === null ? undefined : sha256(normalized))
      if (normalized === null) expect(codes).toEqual([code])
    },
  )
})

const FIELDS: readonly HashedField[] = [
  'em',
  'ph',
  'fn',
  'ln',
  'db',
  'ge',
  'ct',
  'st',
  'zp',
  'country',
  'external_id',
  'f5first',
  'fi',
  'doby',
]
const words = Object.entries(nothing.everywhere).flatMap(([language, list]) =>
  list.map((word) => ({ language, word })),
)

describe('words for nothing', () => {
  it.each(words)('$language: $word is nothing in every field', ({ word }) => {
    for (const field of FIELDS) {
      for (const country of field === 'country' ? [undefined] : [undefined, 'DE', 'US']) {
        expect(sent(field, word, country), `${field} ${country}`).toEqual({
          hash: undefined,
          codes: ['hash_of_nothing'],
        })
        expect(normalizeField(field, word, { nowMs: now, country })).toBeUndefined()
      }
    }
  })

  it.each(nothing.real)(
    'but $field $value is real: $why',
    ({ field, value, country, normalized }) => {
      expect(sent(field as HashedField, value, country)).toEqual({
        hash: sha256(normalized),
        codes: [],
      })
    },
  )

  it('give a person no country', () => {
    const { user_data } = hashUserData({ country: 'N/A', ph: '079 123 45 67' }, { nowMs: now })
    expect(user_data).toEqual(hashUserData({ ph: '079 123 45 67' }, { nowMs: now }).user_data)
  })

  it('are distinguished by country, not by order', () => {
    for (const country of ['IT', 'DE', 'IT']) {
      const expected = country === 'IT' ? sha256('na') : undefined
      expect(sent('st', 'NA', country).hash).toBe(expected)
    }
  })
})

it('hashes a name that was cut inside an emoji as the name alone', () => {
  expect(sent('fn', 'Ann\ud83d')).toEqual({ hash: sha256('ann'), codes: [] })
  expect(sent('ct', '\ud83d')).toEqual({ hash: undefined, codes: ['not_normalizable'] })
})

describe('countries', () => {
  const names = Object.entries(countries).flatMap(([code, list]) =>
    list.map((name) => ({ code, name })),
  )

  it.each(names)('$name is $code', ({ code, name }) => {
    expect(normalizeField('country', name)).toBe(code)
  })

  it.each([
    "People's Republic of Korea",
    'Congo (unclear)',
    'Norfolk',
    'Georgia, USA',
    'Republic',
    'United',
    'Atlantis',
    'Un',
    'Korea (Nord)',
  ])('%s is none', (name) => {
    expect(normalizeField('country', name)).toBeUndefined()
  })

  it('are as many as ISO lists, and Kosovo', () => {
    expect(Object.keys(countries)).toHaveLength(250)
  })

  it('have no code that stands for nothing', () => {
    for (const list of Object.values(countries))
      expect(normalizeField('country', list[0])).toBe(list[0]?.toLowerCase())
  })
})
