import { buildEvent, sha256 } from '@capi/core'
import { describe, expect, it } from 'vitest'
import type { MappingOptions, ShopifyOrder } from '../../src/index.ts'
import { orderToPurchase } from '../../src/index.ts'
import {
  BILLING,
  draftOrder,
  eventOf,
  moneySet,
  NOW,
  renewalOrder,
  SHOP,
  webOrder,
} from '../fixtures/orders.ts'

const map = (order: ShopifyOrder, options: MappingOptions = {}) =>
  orderToPurchase(order, { nowMs: NOW, shop: SHOP, ...options })
const purchase = (order: ShopifyOrder, options: MappingOptions = {}) => eventOf(map(order, options))

function built(order: ShopifyOrder, options: MappingOptions = {}) {
  const mapped = map(order, options)
  if ('skipped' in mapped) throw new Error(mapped.skipped)
  return buildEvent(mapped.event, { nowMs: NOW }).event
}

/** What other integrations were seen to get wrong; each must stay right here. */
describe('mistakes of others', () => {
  it("the webhook's own address and agent are never used: only the payload's and the shopper's", () => {
    const order = webOrder({ browser_ip: null, client_details: null })
    expect(purchase(order).user_data).not.toHaveProperty('client_ip_address')
    expect(purchase(order).user_data).not.toHaveProperty('client_user_agent')
  })

  it("a draft order's address and agent, which are staff's, are not the shopper's", () => {
    const text = JSON.stringify(purchase(draftOrder()))
    expect(text).not.toContain('198.51.100.20')
    expect(text).not.toContain('Staff browser')
  })

  it('an empty e-mail address is none, and its hash never leaves', () => {
    const order = webOrder({ email: '', contact_email: '', customer: { email: '' } })
    const event = built(order)
    expect(event?.user_data.em).toBeUndefined()
    expect(JSON.stringify(event)).not.toContain(sha256(''))
  })

  it('empty texts of every field make no field', () => {
    const empty = Object.fromEntries(Object.keys(BILLING).map((key) => [key, '']))
    const order = webOrder({
      billing_address: empty,
      shipping_address: empty,
      customer: { id: 42, ...empty },
      phone: '',
      landing_site: '',
      referring_site: '',
    })
    const { user_data } = purchase(order)
    expect(Object.values(user_data)).not.toContain('')
    expect(Object.keys(user_data).sort()).toEqual([
      'client_ip_address',
      'client_user_agent',
      'em',
      'external_id',
    ])
  })

  it('an unpaid order is no sale', () => {
    expect(map(webOrder({ financial_status: 'pending' }))).toEqual({ skipped: 'pending' })
    expect(map(webOrder({ financial_status: 'voided' }))).toEqual({ skipped: 'voided' })
  })

  it('a renewal is no sale that an ad brought', () => {
    expect(map(renewalOrder())).toEqual({ skipped: 'renewal' })
  })

  it.each([
    ['total', 87.9],
    ['subtotal', 79.9],
  ] as const)('tax and shipping follow one policy, said in the options: %s', (value, expected) => {
    expect(purchase(webOrder(), { value }).custom_data['value']).toBe(expected)
  })

  it('a test order is no sale', () => {
    expect(map(webOrder({ test: true }))).toEqual({ skipped: 'test' })
  })

  it('an amount in one currency is never sent with the code of another', () => {
    const order = webOrder({
      currency: 'CHF',
      presentment_currency: 'JPY',
      total_price_set: moneySet('87.90', '15200', ['CHF', 'JPY']),
    })
    expect(purchase(order).custom_data).toMatchObject({ value: 87.9, currency: 'CHF' })
    expect(purchase(order, { money: 'presentment' }).custom_data).toMatchObject({
      value: 15200,
      currency: 'JPY',
    })
  })

  it("a national phone number gets the code of its own address's country, not of another's", () => {
    const order = webOrder({ phone: null, billing_address: { ...BILLING, phone: null } })
    expect(purchase(order).user_data).toMatchObject({ ph: '+491711234567', country: 'CH' })
    const mapped = map(order)
    if ('skipped' in mapped) throw new Error(mapped.skipped)
    // Also where the client has a phoneCountry, which core would prefer to the address's.
    const { event } = buildEvent(mapped.event, { nowMs: NOW, phoneCountry: 'us' })
    expect(event?.user_data.ph).toEqual([sha256('491711234567')])
  })

  it('the shipping address of a gift does not mix with the buyer', () => {
    const { user_data } = purchase(webOrder())
    expect(user_data).toMatchObject({ fn: 'Anna', ct: 'Zürich', zp: '8004', country: 'CH' })
    expect(JSON.stringify(user_data)).not.toMatch(/Bruno|Berlin|10115/)
  })

  it('a random event id would count an order twice when Shopify delivers again', () => {
    expect(purchase(webOrder()).event_id).toBe(purchase(webOrder()).event_id)
  })

  it('fbp is never made up, and fbc never from something the shopper typed', () => {
    const order = webOrder({
      landing_site: null,
      note_attributes: [
        { name: 'fbc', value: 'fb.1.1789400000000.<b>' },
        { name: 'gift', value: 'fb.1.1789400000000.7' },
      ],
    })
    expect(purchase(order).user_data).not.toHaveProperty('fbp')
    expect(purchase(order).user_data).not.toHaveProperty('fbc')
  })

  it('the key to the order page is not in event_source_url', () => {
    expect(purchase(webOrder()).event_source_url).toBe('https://mug-shop.example/')
  })

  it('the price of a line knows of order-level discounts, which total_discount leaves out', () => {
    expect(purchase(webOrder()).custom_data.contents).toEqual([
      { id: '1111', quantity: 1, item_price: 79.9 },
    ])
  })

  it('an old order is dropped before it fails a batch', () => {
    const order = webOrder({ processed_at: '2026-09-01T00:00:00Z' })
    expect(map(order)).toEqual({ skipped: 'stale' })
  })

  it('a custom line without variant gets no made-up id', () => {
    const order = webOrder({ line_items: [{ variant_id: null, quantity: 1, price: '5.00' }] })
    expect(JSON.stringify(purchase(order).custom_data)).not.toMatch(/null|undefined|"0"/)
  })
})
