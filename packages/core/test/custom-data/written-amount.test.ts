import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAmount } from '../../src/custom-data/written-amount.ts'

const amountIn = (text: string, digits = 2) => {
  const read = readAmount(text, digits)
  return typeof read === 'object' ? read.value : read
}

/** Of a thousand and more, with two decimals, so that the form is seen whole. */
const cents = fc.integer({ min: 100_000, max: 1e14 })

function grouped(whole: number, separator: string): string {
  return String(whole).replace(/\B(?=(?:\d{3})+$)/g, separator)
}

describe('amounts as shops write them', () => {
  it.each([
    [',', '.'],
    ['.', ','],
    [' ', ','],
    ['\u00a0', ','],
    ['\u202f', ','],
    ["'", '.'],
    ['’', '.'],
  ])('are read in groups between %j with decimals behind %j', (group, point) => {
    const units = fc.constantFrom('', '€', ' €', 'EUR', ' EUR', ' CHF', ' US$')
    fc.assert(
      fc.property(cents, units, units, fc.boolean(), (amount, before, behind, isNegative) => {
        const decimals = String(amount % 100).padStart(2, '0')
        const number = grouped(Math.floor(amount / 100), group) + point + decimals
        const text = `${isNegative ? '-' : ''}${before.trim()}${number}${behind}`
        expect(amountIn(text)).toBe((isNegative ? -amount : amount) / 100)
      }),
    )
  })

  it('are read as JavaScript writes its numbers, but for three decimals behind one to three digits', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
        const text = String(number)
        const isAmbiguous = /^-?[1-9]\d{0,2}\.\d{3}$/.test(text)
        expect(amountIn(text)).toBe(isAmbiguous ? 'ambiguous' : Number(text))
      }),
      { numRuns: 2_000 },
    )
  })

  it('are never guessed: one separator before three digits', () => {
    const text = fc.stringMatching(/^-?[1-9]\d{0,2}[.,]\d{3}$/)
    fc.assert(
      fc.property(text, (amount) => {
        expect(amountIn(amount)).toBe('ambiguous')
      }),
    )
  })

  it('are whole where the currency has no coins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 999_999 }), (yen) => {
        expect(amountIn(grouped(yen, ','), 0)).toBe(yen)
      }),
    )
  })

  it('are finite numbers or none, whatever the text, at once', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.stringMatching(/^[-+0-9.,' €$eE]{0,80}$/),
    )
    fc.assert(
      fc.property(text, fc.constantFrom(0, 2, 3), (amount, digits) => {
        const value = amountIn(amount, digits)
        if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true)
        else expect([undefined, 'ambiguous']).toContain(value)
      }),
      { numRuns: 5_000 },
    )
    expect(amountIn('1,'.repeat(100_000))).toBeUndefined()
  })
})
