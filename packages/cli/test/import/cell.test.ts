import { expect, it } from 'vitest'
import { cleanCell, guardFormula, hasLostDigits } from '../../src/import/values/cell.ts'

it.each([
  ["'75008", '75008'],
  ["'+41 79 555 01 01", '+41 79 555 01 01'],
  ['="00123"', '00123'],
  [' Bern\u00a0', 'Bern'],
  ['#N/A', ''],
  ['#REF!', ''],
  ['#1001', '#1001'],
  ['', ''],
])('reads the cell %j as %j', (cell, text) => {
  expect(cleanCell(cell)).toBe(text)
})

it.each(['4.91512E+12', '4,91512E+12', '5E10'])('sees that %s has lost its digits', (text) => {
  expect(hasLostDigits(text)).toBe(true)
})

it.each(['4915123456789', 'E12', '1001e', 'Rue 5E+', '75008'])('takes %s as it is', (text) => {
  expect(hasLostDigits(text)).toBe(false)
})

it.each(['=1+1', '+41', '-5', '@SUM(A1)', '\tx'])(
  'guards %j against spreadsheets, and reads it again as it was',
  (cell) => {
    expect(guardFormula(cell)).toBe(`'${cell}`)
    expect(cleanCell(guardFormula(cell))).toBe(cell.trim())
  },
)
