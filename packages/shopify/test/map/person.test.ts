import { describe, expect, it } from 'vitest'
import type { ShopifyOrder } from '../../src/index.ts'
import { orderToPurchase } from '../../src/index.ts'
import { BILLING, eventOf, NOW, SHIPPING, SHOP, webOrder } from '../fixtures/orders.ts'

const purchase = (order: ShopifyOrder) =>
  eventOf(orderToPurchase(order, { nowMs: NOW, shop: SHOP }))
const userData = (changes: ShopifyOrder) => purchase(webOrder(changes)).user_data

/** The rows about the person, in their order. */
describe('who an order was from', () => {
  it.each([
    ['email', {}, 'Anna.Muster@example.com'],
    ['contact_email where email is empty', { email: '' }, 'anna.muster@example.com'],
    [
      "the customer's",
      { email: ' ', contact_email: null, customer: { email: 'c@example.com' } },
      'c@example.com',
    ],
    ['the next one where it is no address', { email: 'n/a' }, 'anna.muster@example.com'],
    ['none', { email: '', contact_email: '', customer: { email: '' } }, undefined],
  ])('reads the e-mail address: %s', (_, changes: ShopifyOrder, em) => {
    const found = userData(changes)
    expect(found['em']).toBe(em)
    expect(Object.hasOwn(found, 'em')).toBe(em !== undefined)
  })

  it.each([
    ["the order's, which is international", { phone: '+49 171 7654321' }, '+491717654321'],
    ["the billing address's, with its country", {}, '+41791234567'],
    [
      "the shipping address's, with its country",
      { billing_address: { ...BILLING, phone: null } },
      '+491711234567',
    ],
    [
      "the customer's",
      { billing_address: null, shipping_address: null, customer: { phone: '+41 44 668 18 00' } },
      '+41 44 668 18 00',
    ],
    [
      "the default address's",
      { billing_address: null, shipping_address: null, customer: { default_address: SHIPPING } },
      '+491711234567',
    ],
    ['the next one where it is no number', { phone: '123' }, '+41791234567'],
  ])('reads the phone number: %s', (_, changes: ShopifyOrder, ph) => {
    expect(userData(changes)['ph']).toBe(ph)
  })

  it.each([
    ['the billing address', {}, ['Anna', 'Muster', 'Zürich', 'ZH', '8004', 'CH']],
    [
      'the shipping address',
      { billing_address: null },
      ['Bruno', 'Beispiel', 'Berlin', undefined, '10115', 'DE'],
    ],
    [
      'the default address',
      { billing_address: null, shipping_address: null },
      ['Anna', 'Muster', 'Zürich', 'ZH', '8004', 'CH'],
    ],
  ])('reads name and place from %s', (_, changes: ShopifyOrder, expected) => {
    const { fn, ln, ct, st, zp, country } = userData(changes)
    expect([fn, ln, ct, st, zp, country]).toEqual(expected)
  })

  it('reads the name of a state where there is no code', () => {
    const billing_address = { ...BILLING, province: 'Bern', province_code: null }
    expect(userData({ billing_address })['st']).toBe('Bern')
  })

  it("gives the customer's number the country of the order where the customer has none", () => {
    const found = userData({
      billing_address: { ...BILLING, phone: null },
      shipping_address: null,
      customer: { phone: '044 668 18 00', default_address: { phone: null } },
    })
    expect(found['ph']).toBe('+41446681800')
  })

  it('never fills the gaps of one address from another', () => {
    const found = userData({ billing_address: { country_code: 'CH', city: 'Bern' } })
    expect(found).toMatchObject({ ct: 'Bern', country: 'CH', fn: 'Anna', ln: 'Muster' })
    expect(found['zp']).toBeUndefined()
    expect(found['st']).toBeUndefined()
  })

  it.each([
    [
      'the global id',
      {
        admin_graphql_api_id: 'gid://shopify/Customer/115310627314723954',
        id: Number('115310627314723954'),
      },
      '115310627314723954',
    ],
    ['a safe number', { id: 42 }, '42'],
    ['nothing for an anonymous order', null, undefined],
  ])('reads external_id of %s', (_, customer, id) => {
    expect(userData({ customer })['external_id']).toBe(id)
  })
})
