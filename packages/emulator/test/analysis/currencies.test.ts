import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { minorUnitsOf } from '../../src/analysis/currencies.ts'

it.each([
  ['EUR', 2],
  ['JPY', 0],
  ['KWD', 3],
  // Where Node's Intl says 0.
  ...['HUF', 'COP', 'IDR', 'PKR', 'LAK', 'CRC', 'MMK', 'RSD'].map((code): [string, number] => [
    code,
    2,
  ]),
  ['IQD', 3],
  // Young codes, which a list may lack.
  ...['SLE', 'VED', 'XCG', 'ZWG'].map((code): [string, number] => [code, 2]),
])('gives %s %d digits', (code, digits) => {
  expect(minorUnitsOf(code)).toBe(digits)
})

it.each(['HRK', 'DEM', 'XAU', 'XXX', 'eur', ''])('knows no currency in use named %s', (code) => {
  expect(minorUnitsOf(code)).toBeUndefined()
})

it('names no code twice', () => {
  const source = readFileSync(new URL('../../src/analysis/currencies.ts', import.meta.url), 'utf8')
  const codes = [...source.matchAll(/\b[A-Z]{3}\b(?=[^\n]*')/g)].map(([code]) => code)
  expect(codes.length).toBeGreaterThan(150)
  expect(codes.length - new Set(codes).size).toBe(0)
})
