import { describe, expect, it } from 'vitest'
import { type HashedField, hashUserData, normalizeField } from '../src/index.ts'
import { build, custom, lead, now, user } from './event/samples.ts'

/** What shops were seen to pass, and what once went wrong with it. */
describe('values', () => {
  it.each<[HashedField, unknown, string | undefined, string | undefined]>([
    ['em', 'anna@example.com\u200e', undefined, 'anna@example.com'],
    ['em', 'mailto:anna@example.com', undefined, undefined],
    ['em', '<anna@example.com>', undefined, undefined],
    ['em', 'anna@example..com', undefined, undefined],
    ['ln', 'O\u00adBrien', undefined, 'obrien'],
    ['zp', 2134, 'US', '02134'],
    ['zp', '501', 'US', '00501'],
    ['db', '31/01/1990 00:00:00', undefined, '19900131'],
    ['db', '1/31/1990 12:00:00 AM', undefined, '19900131'],
    ['external_id', Number('12345678901234567890'), undefined, undefined],
    ['ph', '(55) 99123-4567', 'BR', '5555991234567'],
    ['ph', '9112345678', 'IN', '919112345678'],
    ['ph', '96573285', 'KW', '96596573285'],
    ['ph', '8 612 34567', 'LT', '37061234567'],
    ['ph', '011 44 20 7946 0958', 'US', '442079460958'],
  ])('%s %j of %s', (field, value, country, expected) => {
    expect(normalizeField(field, value, { nowMs: now, country })).toBe(expected)
  })

  it.each([
    ['Hong Kong SAR', 'hk'],
    ['Myanmar', 'mm'],
    ['Cabo Verde', 'cv'],
    ['The Bahamas', 'bs'],
    ['St. Kitts and Nevis', 'kn'],
    ['Saint Kitts & Nevis', 'kn'],
    ['Curacao', 'cw'],
    ["Cote d'Ivoire", 'ci'],
    ['Korea, Republic of', 'kr'],
    ['Moldova, Republic of', 'md'],
    ['Iran, Islamic Republic of', 'ir'],
    ['Congo, The Democratic Republic of the', 'cd'],
    ['Schweiz (CH)', 'ch'],
    ['Österreich', 'at'],
    ['Osterreich', 'at'],
    ['中国', 'cn'],
    ['Atlantis', undefined],
    ['Un', undefined],
  ])('the country %s is %s', (name, code) => {
    expect(normalizeField('country', name)).toBe(code)
  })

  it.each([
    ['.5', 0.5],
    ['5.', 5],
    ['+5', 5],
    ['1e3', 1_000],
    ['12,50', 12.5],
    [1n, 1],
    [{ toString: () => '12.50' }, 12.5],
    ['1,250', undefined],
    ['12 €', 12],
  ])('the amount %s is %s', (value, amount) => {
    expect(build(custom({ value, currency: 'EUR' })).event?.custom_data?.['value']).toBe(amount)
  })

  it.each([
    ['EUR\u200b', 'EUR'],
    ['ＥＵＲ', 'EUR'],
    ['lei', 'RON'],
    ['Dhs', 'AED'],
    ['TL', 'TRY'],
  ])('the currency %s is %s', (currency, code) => {
    expect(build(custom({ value: 1, currency })).event?.custom_data?.['currency']).toBe(code)
  })

  it('reads whole quantities with decimals, and flags written as words', () => {
    expect(
      build(custom({ contents: [{ id: 'a', quantity: '1.0000' }] })).event?.custom_data,
    ).toEqual({
      contents: [{ id: 'a', quantity: 1 }],
    })
    const app_data = {
      advertiser_tracking_enabled: 'true',
      extinfo: { version: 'a2', os_version: '14' },
    }
    const input = {
      event_name: 'Lead',
      action_source: 'app',
      user_data: { em: lead.user_data.em },
      app_data,
    }
    expect(build(input).event?.app_data).toMatchObject({ advertiser_tracking_enabled: 1 })
  })

  it('drops ids that a number has rounded, with an issue', () => {
    const lead_id = Number('12345678901234567')
    expect(build(user({ lead_id })).found).toEqual(['user_data.lead_id:number_lost_digits'])
  })
})

describe('personal data', () => {
  it('stays out of custom_data, however it is wrapped', () => {
    const address = 'anna.secret@example.com'
    const cases = [
      { own: { toJSON: () => address } },
      { own: { a: { b: { c: { d: { e: address } } } } } },
      { [address]: 1 },
      { own: { [address]: 1 } },
      { content_ids: [address] },
      { contents: [{ id: 'a', note: address }, { id: address }] },
      { contents: [{ id: '1', [address]: () => 1 }] },
      { store_data: { store_code: address } },
      { own: 'anna.secret%40example.com' },
      { contents: [{ id: 'a', email: 'anna' }] },
      { customer_phone: '+41 79 123 45 67', billing_email: 'anna' },
    ]
    for (const custom_data of cases) {
      const { event, found } = build(custom(custom_data))
      expect(JSON.stringify([event, found])).not.toMatch(/anna|79 123/)
      expect(found.length).toBeGreaterThan(0)
    }
  })

  it('is not seen where there is none', () => {
    const own = {
      image: 'https://cdn.example/img@2x.png',
      library: 'lodash@4.17.21',
      mobile: true,
      name: 'Mug',
      city: 'Bern',
      partner_id: 7,
      st: 'x',
      vendor_id: 'v',
    }
    const { event, found } = build(custom(own))
    expect(found).toEqual([])
    expect(event?.custom_data).toEqual(own)
    for (const event_source_url of [
      'https://s.example/p/logo@2x.png',
      'https://s.example/?mobile=1&phone=iphone-15&tel=1',
    ]) {
      expect(build({ ...lead, event_source_url }).event?.event_source_url).toBe(event_source_url)
    }
  })
})

it('takes no click for a click: the template’s undefined', () => {
  const ms = now - 1e6
  expect(hashUserData({ fbc: `fb.1.${ms}.undefined` }, { nowMs: now }).user_data).toEqual({})
})

it('does not call a landing page’s own click redated', () => {
  const fbc = `fb.1.${now}.AbC`
  const event_source_url = 'https://s.example/signup?fbclid=AbC'
  expect(build({ ...user({ fbc }), event_source_url }).found).toEqual([])
})

it('reads 40,000 ids of one person in a moment', () => {
  const external_id = Array.from({ length: 40_000 }, (_, id) => `user-${id}`)
  const start = performance.now()
  expect(hashUserData({ external_id }).user_data.external_id).toHaveLength(40_000)
  expect(performance.now() - start).toBeLessThan(5_000)
})

it('says that a Map has no fields to read', () => {
  expect(build(custom(new Map([['value', 1]]))).found).toEqual(['custom_data:wrong_type'])
  expect(build(custom({ n: Number.NaN })).found).toEqual(['custom_data.n:wrong_type'])
})
