import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type HashedField, hashUserData, normalizeField } from '../../src/index.ts'
import { isRealName } from '../../src/normalize/real-values.ts'
import { HASHED_FIELDS } from '../../src/user-data/hashed-fields.ts'
import { PLAIN_FIELDS } from '../../src/user-data/plain-fields.ts'

const now = Date.UTC(2026, 10, 23)
const fields = Object.keys(HASHED_FIELDS) as HashedField[]
const plain = Object.keys(PLAIN_FIELDS)
const country = fc.constantFrom(undefined, 'US', 'CA', 'DE', 'IT', 'FR', 'GB', 'RU', 'JP', 'CI')
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'grapheme-ascii' }),
  fc.emailAddress(),
  fc.stringMatching(/^[+0()\d /-]{6,18}$/),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
)

describe.each(fields)('%s', (field) => {
  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(text, country, (value, where) => {
        const once = normalizeField(field, value, { nowMs: now, country: where })
        // Mr Na is a name, and `na` is nothing.
        fc.pre(!isRealName(value.trim()))
        // A normalised number has its country code; a country would be added to a foreign one.
        const again = { nowMs: now, country: field === 'ph' ? undefined : where }
        if (once !== undefined) expect(normalizeField(field, once, again)).toBe(once)
      }),
    )
  })

  it('does not care how accents are composed', () => {
    fc.assert(
      // Short: a field's length limit counts before anything is composed.
      fc.property(fc.string({ unit: 'grapheme', maxLength: 4 }), country, (value, where) => {
        const options = { nowMs: now, country: where }
        expect(normalizeField(field, value.normalize('NFD'), options)).toBe(
          normalizeField(field, value.normalize('NFC'), options),
        )
      }),
    )
  })

  it('does not care for upper and lower case', () => {
    const letters = fc.string({ unit: fc.constantFrom(...Array.from('abcxyzäöéñøжд 12.-@')) })
    fc.assert(
      fc.property(letters, country, (value, where) => {
        const options = { nowMs: now, country: where }
        expect(normalizeField(field, value.toUpperCase(), options)).toBe(
          normalizeField(field, value, options),
        )
      }),
    )
  })
})

const hostile: readonly unknown[] = [
  null,
  Number.NaN,
  1e21,
  -1,
  1n,
  {},
  [],
  [[]],
  () => 1,
  Symbol('x'),
  new Date(Number.NaN),
  'x'.repeat(1_000_000),
  '\ud800',
  '\udfff\ud800',
  JSON.parse('{"__proto__": {"polluted": true}}'),
  Object.create(null),
  new Proxy(
    {},
    {
      get: () => {
        throw new Error('trap')
      },
    },
  ),
]

it('throws on no value of any type and puts none into an issue', () => {
  const value = fc.oneof(
    fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, withMap: true }),
    fc.constantFrom(...hostile),
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...fields, ...plain, '__proto__', 'constructor', 'toString'),
      value,
      (key, given) => {
        const { user_data, issues } = hashUserData(
          { [key]: given, anon_id: 'canary-7f3a' } as never,
          { nowMs: now },
        )
        expect(JSON.stringify(issues)).not.toContain('canary')
        const empty = Object.values(user_data).filter((sent) => sent === null || sent.length === 0)
        expect(empty).toEqual([])
        expect(normalizeField(key as never, given, { nowMs: now }) ?? 'text').toBeTypeOf('string')
      },
    ),
    { numRuns: 2_000 },
  )
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
})

it('takes time in proportion to the length, whatever the text', () => {
  const units = [
    'a',
    ' ',
    '@',
    'a@',
    '.',
    '-',
    '0',
    '+',
    '(0)',
    'é',
    'e\u0301',
    '\u200b',
    '一',
    '٠',
    '!',
    'fb.1.',
    ':',
    '%40',
  ]
  for (const unit of units) {
    const value = unit.repeat(Math.ceil(65_536 / unit.length))
    const all = Object.fromEntries([...fields, ...plain].map((key) => [key, value]))
    const start = performance.now()
    hashUserData(all, { nowMs: now })
    expect(performance.now() - start, JSON.stringify(unit)).toBeLessThan(2_500)
  }
})
