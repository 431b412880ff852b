import { expect, it } from 'vitest'
import { hashUserData, normalizeField, sha256 } from '../../src/index.ts'
import { parsePhone } from '../../src/phone.ts'

const ph = (text: unknown, options = {}) => normalizeField('ph', text, options)
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
  ['letters for digits', '1-800-FLOWERS', {}, undefined],
  ['too few digits', '12345', {}, undefined],
  ['too many digits', '1234567890123456', {}, undefined],
])('reads %s', (_name, text, options, expected) => {
  expect(ph(text, options)).toBe(expected)
})

/** By the rule and with `parsePhone` alike. */
it.each([
  ['+39 (0)6 698 12345', 'IT', '390669812345'],
  ['+39 (0)6 698 12345', undefined, '390669812345'],
  ['0039 (0)6 698 12345', 'DE', '390669812345'],
  ['39 (0)6 698 12345', 'IT', '390669812345'],
  ['+39 (0)6 698 12345', 'VA', '390669812345'],
  ['+39 (0)30 123456', 'IT', '39030123456'],
  ['+39 (0)347 123 4567', 'IT', '393471234567'],
  ['+39 0347 123 4567', undefined, '393471234567'],
  ['+39 (0)433 831 3055', 'IT', '394338313055'],
  ['+378 (0)549 882600', 'SM', '3780549882600'],
  ['+378 (0)66 66 12 12', 'SM', '37866661212'],
  ['+225 (0)7 01 23 45 67', 'CI', '2250701234567'],
  ['+229 (0)1 97 12 34 56', 'BJ', '2290197123456'],
  ['+241 (0)6 03 12 34', 'GA', '24106031234'],
  ['+242 (0)6 612 3456', 'CG', '242066123456'],
  ['+226 (0)7 01 23 45', 'BF', '22607012345'],
  ['+44 (0)20 7946 0958', 'GB', '442079460958'],
  ['44 (0)20 7946 0958', undefined, '442079460958'],
  ['+49 (0) 30 1234567', 'DE', '49301234567'],
])('a (0): %s (%s)', (text, country, expected) => {
  expect(ph(text, { country })).toBe(expected)
  expect(ph(text, { country, parsePhone })).toBe(expected)
})

it.each([
  ['+52 1 55 1234 5678', undefined, '525512345678'],
  ['5215512345678', 'MX', '525512345678'],
  ['044 55 1234 5678', 'MX', '525512345678'],
  ['045 55 1234 5678', 'MX', '525512345678'],
  ['01 55 1234 5678', 'MX', '525512345678'],
  ['+52 01 55 1234 5678', 'MX', '525512345678'],
  ['011 15-2345-6789', 'AR', '5491123456789'],
  ['15-2345-6789', 'AR', '5491123456789'],
  ['11 15 2345 6789', 'AR', '5491123456789'],
  ['0351 15 234 5678', 'AR', '5493512345678'],
  ['02944 15 123456', 'AR', '5492944123456'],
  ['+54 11 15 2345 6789', undefined, '5491123456789'],
  ['+54 9 11 2345 6789', 'AR', '5491123456789'],
  ['+54 9 011 15 2345 6789', 'AR', '5491123456789'],
  ['+54 9 011 2345 6789', 'AR', '5491123456789'],
  ['011 4321-1234', 'AR', '541143211234'],
  ['015 11 98765-4321', 'BR', '5511987654321'],
  ['0 15 11 3456-7890', 'BR', '551134567890'],
  ['+55 015 11 98765-4321', undefined, '5511987654321'],
  ['011 98765-4321', 'BR', '5511987654321'],
  ['55 99123-4567', 'BR', '5555991234567'],
  ['+7 (8) 912 345-67-89', undefined, '79123456789'],
  ['8 800 123 45 67', 'RU', '78001234567'],
  ['800 123 45 67', 'RU', '78001234567'],
  ['+36 06 30 123 4567', undefined, '36301234567'],
  ['06 1 234 5678', 'HU', '3612345678'],
  ['+370 8 612 34567', undefined, '37061234567'],
  ['8 612 34567', 'LT', '37061234567'],
  ['8 029 491-19-11', 'BY', '375294911911'],
  ['+375 (8) 029 491-19-11', undefined, '375294911911'],
  ['8 801 100 1010', 'BY', '3758011001010'],
])('what is only dialled inside a country: %s (%s)', (text, country, expected) => {
  expect(ph(text, { country })).toBe(expected)
  expect(ph(text, { country, parsePhone })).toBe(expected)
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

it('falls back to its own rule where parsePhone finds nothing', () => {
  expect(parsePhone('+1 23', undefined)).toBeUndefined()
  expect(ph('16505551212', { parsePhone })).toBe('16505551212')
  expect(ph('+41 79 123 45', { parsePhone })).toBe('417912345')
  expect(ph('0800 1', { country: 'CH', parsePhone })).toBeUndefined()
})

it('drops what a parser of the caller finds to be no number', () => {
  expect(ph('+41 79 123 45 67', { parsePhone: () => undefined })).toBeUndefined()
  expect(ph('079', { parsePhone: () => '0041 79 123 45 67' })).toBe('41791234567')
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
