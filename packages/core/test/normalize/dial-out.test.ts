import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dialOutFile } from '../../generate/dial-out.ts'
import { normalizeField } from '../../src/index.ts'
import { DIAL_OUT } from '../../src/normalize/dial-out-table.ts'
import { parsePhone } from '../../src/phone.ts'

const ph = (text: string, country: string, options = {}) =>
  normalizeField('ph', text, { country, ...options })

it('has the prefixes of the installed libphonenumber-js; `pnpm --filter @capi/core generate` writes them', () => {
  const file = new URL('../../src/normalize/dial-out-table.ts', import.meta.url)
  expect(readFileSync(file, 'utf8')).toBe(dialOutFile())
})

it('compiles every pattern, for countries of two letters', () => {
  for (const row of DIAL_OUT.split(' ')) {
    expect(row).toMatch(/^(?:[a-z]{2})+:[^:]+$/)
    expect(() => new RegExp(row.slice(row.indexOf(':') + 1))).not.toThrow()
  }
})

describe.each([
  ['RU', '810 44 20 7946 0958', '442079460958'],
  ['RU', '8~10 44 20 7946 0958', '442079460958'],
  ['KZ', '8 10 1 650 253 0000', '16502530000'],
  ['JP', '010 44 20 7946 0958', '442079460958'],
  ['US', '011 44 20 7946 0958', '442079460958'],
  ['CA', '011 44 (0)20 7946 0958', '442079460958'],
  ['AU', '0011 44 20 7946 0958', '442079460958'],
  ['AU', '0011 1 650 253 0000', '16502530000'],
  ['CU', '119 34 912 34 56 78', '34912345678'],
  ['FI', '990 44 20 7946 0958', '442079460958'],
  ['BR', '0021 44 20 7946 0958', '442079460958'],
  ['TW', '002 86 138 0013 8000', '8613800138000'],
  ['KR', '001 44 20 7946 0958', '442079460958'],
  ['NG', '009 44 20 7946 0958', '442079460958'],
  ['CV', '0 351 912 345 678', '351912345678'],
])('dialled abroad from %s: %s', (country, text, digits) => {
  it('by the compact rule and with parsePhone', () => {
    expect(ph(text, country)).toBe(digits)
    expect(ph(text, country, { parsePhone })).toBe(digits)
  })
})

it.each([
  ['AU', '00 61 412 345 678', '61412345678'],
  ['KR', '00 82 10 1234 5678', '821012345678'],
  ['KR', '00 1 650 253 0000', '16502530000'],
  ['KR', '0081 90 1234 5678', '819012345678'],
  ['SG', '0065 6321 1234', '6563211234'],
  ['NG', '00 44 20 7946 0958', '442079460958'],
  ['NG', '00234 802 123 4567', '2348021234567'],
  ['RU', '8 (910) 345-67-89', '79103456789'],
  ['JP', '01 0123 4567', '81101234567'],
])('does not take a number for one dialled abroad: %s %s', (country, text, digits) => {
  expect(ph(text, country)).toBe(digits)
})
