import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseAmount, smallestStep, toNumber } from '../../src/money/amount.ts'

it.each([
  ['199.00', 199],
  ['0.1', 0.1],
  ['-5.05', -5.05],
  ['-0.05', -0.05],
  [' 7 ', 7],
  ['1000', 1000],
  ['1.234', 1.234],
  ['999999999999.99', 999999999999.99],
  [89.99, 89.99],
  [0, 0],
])('reads %j', (written, expected) => {
  const amount = parseAmount(written)
  expect(amount === undefined ? undefined : toNumber(amount)).toBe(expected)
})

it.each([
  '',
  ' ',
  '1,50',
  '1.',
  '.5',
  '1e3',
  'NaN',
  '0x1',
  '9'.repeat(16),
  null,
  undefined,
  {},
  [],
  true,
  1e21,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  12n,
])('reads no amount in %s', (written) => expect(parseAmount(written)).toBeUndefined())

it('adds without drift', () => {
  const [tenth, fifth] = [parseAmount('0.1') ?? 0n, parseAmount('0.2') ?? 0n]
  expect(toNumber(tenth + fifth)).toBe(0.3)
})

it.each([
  ['CHF', '10.00', 10_000n],
  ['JPY', '1000', 1_000_000n],
  ['KWD', '1.234', 1_000n],
  ['JPY', '10.5', 100_000n],
  ['HUF', '499.50', 10_000n],
  ['PKR', '499.50', 10_000n],
  ['COP', '499.50', 10_000n],
  ['IDR', '499.50', 10_000n],
  ['IQD', '1.234', 1_000n],
  ['no currency', '10.00', 10_000n],
])('knows the smallest coin of %s', (currency, amount, step) => {
  expect(smallestStep(currency, parseAmount(amount) ?? 0n)).toBe(step)
})

it('gives back every amount of money as it was written', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (cents) => {
      const written = (cents / 100).toFixed(2)
      const amount = parseAmount(written)
      expect(amount).toBe(BigInt(cents) * 10_000n)
      expect(toNumber(amount ?? 0n)).toBe(Number(written))
    }),
  )
})
