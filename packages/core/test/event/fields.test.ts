import { expect, it } from 'vitest'
import { app, app_data, build, custom, extinfo, lead, user } from './samples.ts'

it.each([
  ['€', 'EUR'],
  ['euro', 'EUR'],
  ['£', 'GBP'],
  ['US$', 'USD'],
  ['us $', 'USD'],
  ['RMB', 'CNY'],
  ['R$', 'BRL'],
  ['zł', 'PLN'],
  [' chf ', 'CHF'],
  ['eur', 'EUR'],
])('reads the currency %s as %s', (currency, code) => {
  expect(build(custom({ value: 1, currency })).event?.custom_data?.['currency']).toBe(code)
})

it.each([
  ['https://s.example/?a=1&email=anna&b=2', 'https://s.example/?a=1&b=2'],
  ['https://s.example/?fbclid=Ab%2BC&u=anna%40example.com', 'https://s.example/?fbclid=Ab%2BC'],
  ['https://s.example/u/anna@example.com/orders?x=1', 'https://s.example/?x=1'],
  ['https://user:pass@s.example/x', 'https://s.example/x'],
  ['https://s.example/?q=@home', 'https://s.example/?q=@home'],
  ['HTTPS://s.example/x#anna@example.com', 'HTTPS://s.example/x'],
])('sends %s as %s', (event_source_url, sent) => {
  expect(build({ ...lead, event_source_url }).event?.event_source_url).toBe(sent)
})

it('makes the 16 slots of extinfo out of their names', () => {
  const { event } = build({
    ...app,
    app_data: {
      ...app_data,
      advertiser_tracking_enabled: false,
      extinfo: { ...extinfo, package_name: 'p', screen_width: 320, timezone: 'Z' },
    },
  })
  expect(event?.app_data).toEqual({
    advertiser_tracking_enabled: 0,
    extinfo: ['i2', 'p', '', '', '17.1', '', '', '', '', '320', '', '', '', '', '', 'Z'],
  })
})

it('sends data processing options whole or not at all', () => {
  const options = (more: object) => build({ ...lead, ...more }).event
  expect(options({ data_processing_options: [] })).toMatchObject({ data_processing_options: [] })
  expect(options({ data_processing_options: ['LDU'] })).toMatchObject({
    data_processing_options_country: 0,
    data_processing_options_state: 0,
  })
  const california = {
    data_processing_options: ['LDU'],
    data_processing_options_country: 1,
    data_processing_options_state: 1000,
  }
  expect(options(california)).toMatchObject(california)
})

it('keeps digit strings that a number would overflow', () => {
  const { event } = build(user({ lead_id: '12345678901234567', fb_login_id: 123n }))
  expect(event?.user_data).toMatchObject({ lead_id: '12345678901234567', fb_login_id: '123' })
})

it('keeps zero, false and the caller’s own properties', () => {
  const { event } = build(
    custom({ value: 0, currency: 'EUR', num_items: 0, gift: false, tags: ['a'] }),
  )
  expect(event?.custom_data).toEqual({
    value: 0,
    currency: 'EUR',
    num_items: 0,
    gift: false,
    tags: ['a'],
  })
})

it('does not pollute a prototype', () => {
  const { event } = build(
    custom(
      JSON.parse(
        '{"__proto__": {"polluted": 1}, "contents": [{"id": "a", "__proto__": {"polluted": 1}}]}',
      ),
    ),
  )
  expect(JSON.stringify(event)).not.toContain('polluted')
  expect(({} as { polluted?: number }).polluted).toBeUndefined()
})
