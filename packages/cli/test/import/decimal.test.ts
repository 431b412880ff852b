import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decimalStyleIn, isAmbiguousAmount, readAmount } from '../../src/import/values/decimal.ts'

/** What amounts and times are made of, and what they are not. */
const ANY = fc.constantFrom(
  ...Array.from("0123456789.,-+/: '()€$eETZaApPmM\u202f\u00a0\u2212日\ud800"),
)

it.each([
  ['$1,243.50', 1243.5, '$'],
  ['-$5', -5, '$'],
  ['-$0.95', -0.95, '$'],
  ['1.234,56', 1234.56, ''],
  ['1 234,56 €', 1234.56, '€'],
  ['1\u202f234,56\u00a0€', 1234.56, '€'],
  ["CHF 1'243.50", 1243.5, 'CHF'],
  ['1243.5000', 1243.5, ''],
  ['(12.00)', -12, ''],
  ['12.00-', -12, ''],
  ['−3,50', -3.5, ''],
  ['12,34,567.89', 1234567.89, ''],
  ['1.234.567', 1234567, ''],
  ['49', 49, ''],
  ['.50', 0.5, ''],
  ['5.989999999999995', 5.989999999999995, ''],
  ['1.2e3', 1200, ''],
])('reads %s in its one way', (text, value, sign) => {
  expect(readAmount(text, undefined)).toEqual({ value, sign })
})

it.each(['1,299', '1.299', '$1,299'])('does not guess what %s is', (text) => {
  expect(readAmount(text, undefined)).toBe('ambiguous')
  expect(isAmbiguousAmount(text)).toBe(true)
  expect(decimalStyleIn(text)).toBeUndefined()
})

it('reads both by the style of the file', () => {
  expect(readAmount('1,299', 'point')).toMatchObject({ value: 1299 })
  expect(readAmount('1,299', 'comma')).toMatchObject({ value: 1.299 })
  expect(readAmount('1.299', 'point')).toMatchObject({ value: 1.299 })
  expect(readAmount('1.299', 'comma')).toMatchObject({ value: 1299 })
})

it.each([
  ['1.234,56', 'point'],
  ['49.00', 'comma'],
] as const)('refuses %s in a file of the other style', (text, style) => {
  expect(readAmount(text, style)).toBe('contradicts')
})

it.each(['', 'abc', '1,2,3', '1.23.4', '--5', '12:30', 'free', '1,234.5,6', '9'.repeat(99)])(
  'takes %j for no number',
  (text) => {
    expect(readAmount(text, undefined)).toBe('not_a_number')
  },
)

it('reads back every amount that a shop formats, in either style', () => {
  const cents = fc.integer({ min: -1e9, max: 1e9 })
  fc.assert(
    fc.property(cents, fc.constantFrom('en-US', 'de-DE', 'fr-FR', 'de-CH'), (amount, locale) => {
      const text = (amount / 100).toLocaleString(locale, { minimumFractionDigits: 2 })
      expect(readAmount(text, undefined)).toMatchObject({ value: amount / 100 })
    }),
  )
})

it('never throws, whatever stands in the cell', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: ANY }),
      fc.constantFrom('point', 'comma', undefined),
      (text, style) => {
        const read = readAmount(text, style)
        if (typeof read !== 'string') expect(Number.isFinite(read.value)).toBe(true)
      },
    ),
  )
})
