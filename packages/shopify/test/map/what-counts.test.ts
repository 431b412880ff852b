import { describe, expect, it } from 'vitest'
import {
  cancellationToCustomEvent,
  editToUpsell,
  type MappingOptions,
  orderToPurchase,
  refundToCustomEvent,
  type ShopifyOrder,
  subscriptionToSubscribe,
} from '../../src/index.ts'
import { eventOf, moneySet, NOW, posOrder, SHOP, webOrder } from '../fixtures/orders.ts'

const base = { nowMs: NOW, shop: SHOP }
const outcome = (order: ShopifyOrder, options: MappingOptions = {}) => {
  const mapped = orderToPurchase(order, { ...base, ...options })
  return 'skipped' in mapped ? mapped.skipped : 'sent'
}
const dataOf = (order: ShopifyOrder, options: MappingOptions = {}) =>
  eventOf(orderToPurchase(order, { ...base, ...options })).custom_data

describe('which orders count', () => {
  const when = (order: ShopifyOrder) => order['company'] === undefined
  const company = webOrder({ company: { id: 1 } })

  it('leaves out what `when` refuses, with all that belongs to it', () => {
    expect(outcome(webOrder(), { when })).toBe('sent')
    expect(outcome(company, { when })).toBe('filtered')
    const cancelled = { ...company, cancelled_at: '2026-09-15T13:31:00+02:00' }
    const all = [
      cancellationToCustomEvent(cancelled, { ...base, when }),
      refundToCustomEvent({ id: 1 }, { ...base, when, order: company }),
      editToUpsell({ order_edit: { id: 1 } }, { ...base, when, order: company }),
      subscriptionToSubscribe({ id: 1, status: 'active' }, { ...base, when, order: company }),
    ]
    expect(all).toEqual(Array(4).fill({ skipped: 'filtered' }))
  })

  it.each([
    () => undefined,
    async () => true,
    () => 'yes',
    () => {
      throw new Error('no')
    },
  ])('is option_failed where `when` answers neither yes nor no', (bad) =>
    expect(outcome(webOrder(), { when: bad as never })).toBe('option_failed'),
  )

  const nothing = { total_price: '0.00', total_price_set: moneySet('0.00') }
  it.each([
    ['an exchange at a till', posOrder(nothing), 'zero_value'],
    ['a replacement by staff', webOrder({ ...nothing, user_id: 9 }), 'zero_value'],
    ['a draft order', webOrder({ ...nothing, source_name: 'shopify_draft_order' }), 'zero_value'],
    ["a shopper's order with a discount of 100 %", webOrder(nothing), 'sent'],
    ['a till that sold something', posOrder(), 'sent'],
  ])('%s', (_name, order, expected) => expect(outcome(order)).toBe(expected))

  it.each([
    'x1@members.ebay.com',
    'x1@members.ebay.de',
    'x1@Marketplace.Amazon.co.uk',
    'x1@relay.walmart.com',
    'x1@scs2.tiktok.com',
  ])("takes %s for no person's address", (email) => {
    const order = webOrder({ email, contact_email: email, customer: { id: 7, email } })
    expect(eventOf(orderToPurchase(order, base)).user_data).not.toHaveProperty('em')
  })
  it.each(['anna@ebay.com', 'anna@amazon.de', 'anna@members.ebayfan.example'])(
    'keeps %s',
    (email) => {
      expect(eventOf(orderToPurchase(webOrder({ email }), base)).user_data).toMatchObject({
        em: email,
      })
    },
  )
})

describe('value in parts', () => {
  const tax = (amount: string) => [{ price: amount, price_set: moneySet(amount) }]
  /** 50.00 of goods, 5.00 of delivery, 8.78 of tax, 0.80 of it on the delivery. */
  const order = (included: boolean, changes: ShopifyOrder = {}) => {
    const total = included ? '55.00' : '63.78'
    return webOrder({
      taxes_included: included,
      total_price: total,
      total_price_set: moneySet(total),
      total_tax: '8.78',
      total_tax_set: moneySet('8.78'),
      total_shipping_price_set: moneySet('5.00'),
      shipping_lines: [{ price: '5.00', price_set: moneySet('5.00'), tax_lines: tax('0.80') }],
      line_items: [{ variant_id: 1, quantity: 1, price: '50.00', tax_lines: tax('7.98') }],
      ...changes,
    })
  }
  it.each([
    [true, {}, 55],
    [true, { shipping: false }, 50],
    [true, { tax: false }, 46.22],
    [true, { shipping: false, tax: false }, 42.02],
    [false, {}, 63.78],
    [false, { shipping: false }, 57.98],
    [false, { tax: false }, 55],
    [false, { shipping: false, tax: false }, 50],
  ])('taxes included: %s, %j', (included, value, expected) => {
    expect(dataOf(order(included), { value })['value']).toBe(expected)
    // The same where the tax of the delivery is known by the other taxes only.
    const bare = [{ price: '5.00', price_set: moneySet('5.00') }]
    expect(dataOf(order(included, { shipping_lines: bare }), { value })['value']).toBe(expected)
  })

  it('takes off tips and duties, and what is not there is nothing', () => {
    const tipped = order(true, {
      total_price: '65.00',
      total_price_set: moneySet('65.00'),
      total_tip_received: '7.00',
      original_total_duties_set: moneySet('3.00'),
    })
    const off = { tips: false, duties: false }
    expect(dataOf(tipped, { value: off })['value']).toBe(55)
    expect(dataOf(order(true), { value: off })['value']).toBe(55)
    expect(dataOf(order(true, { total_tip_received: '0.00' }), { value: off })['value']).toBe(55)
  })

  it('counts what the delivery cost after discounts, and none that an edit took out', () => {
    const line = { price: '5.00', price_set: moneySet('5.00'), tax_lines: [] }
    const free = {
      ...line,
      discount_allocations: [{ amount: '5.00', amount_set: moneySet('5.00') }],
    }
    const gone = { ...line, is_removed: true }
    const shipping_lines = [free, gone]
    expect(dataOf(order(true, { shipping_lines }), { value: { shipping: false } })['value']).toBe(
      55,
    )
  })

  it('is none where the payload lacks what is taken off', () => {
    const bare = order(true, { total_tax: null, total_tax_set: null })
    expect(outcome(bare, { value: { tax: false } })).toBe('no_value')
    expect(
      outcome(order(true, { shipping_lines: [], total_tax_set: null }), {
        value: { shipping: false },
      }),
    ).toBe('sent')
  })

  it.each([{ vat: false }, { tax: 'no' }, [], null])('refuses %j', (value) => {
    expect(outcome(webOrder(), { value: value as never })).toBe('option_failed')
  })
})

describe('a bundle', () => {
  const part = (id: number, price: string, group?: number) => ({
    variant_id: id,
    quantity: 1,
    current_quantity: 1,
    price,
    ...(group === undefined ? {} : { sales_line_item_group_id: group }),
  })
  const order = webOrder({
    line_items: [part(7101, '30.00', 55), part(7102, '20.00', 55), part(9, '1.00')],
    line_item_groups: [
      { id: 55, quantity: 1, variant_id: 8801, product_id: 88, variant_sku: 'SET' },
    ],
  })
  it('is its components by default, and its parent once on demand', () => {
    expect(dataOf(order)).toMatchObject({ content_ids: ['7101', '7102', '9'], num_items: 3 })
    expect(dataOf(order, { bundles: 'parent' })).toMatchObject({
      contents: [
        { id: '9', quantity: 1, item_price: 1 },
        { id: '8801', quantity: 1, item_price: 50 },
      ],
      content_ids: ['9', '8801'],
      num_items: 2,
    })
  })
  it.each([
    ['product', '88'],
    ['sku', 'SET'],
    ['shopify_DE', 'shopify_DE_88_8801'],
  ] as const)('has the id of the rule %s', (contentId, id) => {
    expect(dataOf(order, { bundles: 'parent', contentId })['content_ids']).toContain(id)
  })
  it('stays its components where the payload does not name the parent', () => {
    const old = { ...order, line_item_groups: [] }
    expect(dataOf(old, { bundles: 'parent' })).toEqual(dataOf(old))
  })
})

describe('custom_data of the shop', () => {
  it('is added, and replaces what is known', () => {
    const customData = () => ({ predicted_ltv: 300, order_id: 'A-1', tier: 'gold' })
    expect(dataOf(webOrder(), { customData })).toMatchObject({
      predicted_ltv: 300,
      order_id: 'A-1',
      tier: 'gold',
      currency: 'CHF',
    })
    expect(dataOf(webOrder(), { customData: () => undefined })).toEqual(dataOf(webOrder()))
  })
  it.each([
    async () => ({}),
    () => 1,
    () => null,
    () => [],
    () => {
      throw new Error('no')
    },
  ])('is option_failed where it is no object of fields', (bad) =>
    expect(outcome(webOrder(), { customData: bad as never })).toBe('option_failed'),
  )
})

describe('delivery_category', () => {
  const shipping_lines = [{ price: '0.00' }]
  const address = { city: 'Bern' }
  it.each([
    ['sent home', { shipping_lines, shipping_address: address }, 'home_delivery'],
    ['picked up', { shipping_lines, shipping_address: null, billing_address: address }, 'in_store'],
    ['a pickup by its name', { shipping_lines: [{ delivery_category: 'pickup' }] }, 'in_store'],
    [
      'withheld addresses',
      { shipping_lines, shipping_address: null, billing_address: null },
      undefined,
    ],
    ['a trimmed payload', { shipping_lines, shipping_address: undefined }, undefined],
    ['a download', { shipping_lines: [] }, undefined],
  ])('%s', (_name, changes, expected) => {
    expect(dataOf(webOrder(changes as ShopifyOrder))['delivery_category']).toBe(expected)
  })
  it('at a till', () => {
    expect(dataOf(posOrder({ shipping_lines: [] }))['delivery_category']).toBe('in_store')
  })
})
