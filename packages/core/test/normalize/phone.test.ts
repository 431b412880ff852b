import { type CountryCode, getCountries, getExampleNumber } from 'libphonenumber-js/max'
import examples from 'libphonenumber-js/mobile/examples'
import { describe, expect, it } from 'vitest'
import { hashUserData, normalizeField, sha256 } from '../../src/index.ts'
import { parsePhone } from '../../src/phone.ts'

const ph = (text: unknown, options = {}) => normalizeField('ph', text, options)
/** Not in ISO 3166; and Argentina, whose mobile numbers lose a 15 and gain a 9: that takes `parsePhone`. */
const LEFT_OUT: readonly string[] = ['AC', 'TA', 'AR']
const countries = getCountries().filter((code) => !LEFT_OUT.includes(code))

/** The example numbers of Google's library are the oracle: another's knowledge of every country. */
function example(code: CountryCode) {
  const number = getExampleNumber(code, examples)
  if (number === undefined) throw new Error(`no example for ${code}`)
  return {
    digits: number.number.slice(1),
    national: number.formatNational(),
    international: number.formatInternational(),
  }
}

describe('agrees with libphonenumber’s example of every country', () => {
  it.each(countries)('%s', (code) => {
    const { digits, national, international } = example(code)
    expect(ph(international)).toBe(digits)
    expect(ph(national, { country: code })).toBe(digits)
    expect(ph(digits, { country: code })).toBe(digits)
    expect(ph(national, { country: code, parsePhone })).toBe(digits)
  })
})

it.each([
  ['a trunk zero in brackets', '+44 (0)20 7946 0958', {}, '442079460958'],
  ['a trunk zero after the code', '+44 020 7946 0958', {}, '442079460958'],
  ['Italy’s zero, which stays', '+39 06 698 12345', {}, '390669812345'],
  ['Italy’s national number', '06 698 12345', { country: 'IT' }, '390669812345'],
  [
    'phoneCountry before the person’s country',
    '0171 1234567',
    { country: 'US', phoneCountry: 'DE' },
    '491711234567',
  ],
  ['an extension', '+1 650 253 0000 ext. 12', {}, '16502530000'],
  ['an extension with x', '(650) 253-0000 x12', { country: 'US' }, '16502530000'],
  ['an extension after #', '+1 650 253 0000#12', {}, '16502530000'],
  ['letters in front', 'Tel.: +41 79 123 45 67', {}, '41791234567'],
  ['the Russian eight', '8 (912) 345-67-89', { country: 'RU' }, '79123456789'],
  ['the Hungarian six', '06 30 123 4567', { country: 'HU' }, '36301234567'],
  ['a number', 16505551212, {}, '16505551212'],
  [
    'a Danish number that begins like its country code',
    '45 12 34 56',
    { country: 'DK' },
    '4545123456',
  ],
  ['an Italian mobile number that does', '391 234 5678', { country: 'IT' }, '393912345678'],
  [
    'Argentina’s 15, with the parser',
    '011 15-2345-6789',
    { country: 'AR', parsePhone },
    '5491123456789',
  ],
  ['letters for digits', '1-800-FLOWERS', {}, undefined],
  ['too few digits', '12345', {}, undefined],
  ['too many digits', '1234567890123456', {}, undefined],
])('reads %s', (_name, text, options, expected) => {
  expect(ph(text, options)).toBe(expected)
})

it('uses the country of the same person', () => {
  const { user_data } = hashUserData({ ph: '079 123 45 67', country: 'Switzerland' })
  expect(user_data.ph).toEqual([sha256('41791234567')])
})

it('leaves the phone out when the parser of the caller throws', () => {
  const { user_data, issues } = hashUserData(
    { ph: '+41791234567' },
    {
      parsePhone: () => {
        throw new Error('x')
      },
    },
  )
  expect(user_data).toEqual({})
  expect(issues[0]).toMatchObject({ path: 'user_data.ph', code: 'not_normalizable' })
})

it('drops with parsePhone what can be no number', () => {
  expect(ph('+1 23', { parsePhone })).toBeUndefined()
  expect(ph('16505551212', { parsePhone })).toBe('16505551212')
})

it('says when a national number has no country to take the code from', () => {
  const codes = (userData: object, options = {}) =>
    hashUserData(userData, options).issues.map((one) => `${one.path}:${one.code}`)
  expect(codes({ ph: '079 123 45 67' })).toEqual(['user_data.ph:phone_country_missing'])
  expect(codes({ ph: ['+41 79 123 45 67', '079 123 45 67'] })).toEqual([
    'user_data.ph[1]:phone_country_missing',
  ])
  expect(codes({ ph: '079 123 45 67', country: 'CH' })).toEqual([])
  expect(codes({ ph: '079 123 45 67' }, { phoneCountry: 'CH' })).toEqual([])
  expect(codes({ ph: '0041 79 123 45 67' })).toEqual([])
  expect(codes({ ph: '16505551212' })).toEqual([])
})
