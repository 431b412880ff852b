import { describe, expect, it } from 'vitest'
import type { LineItem, MappingOptions, ShopifyOrder } from '../../src/index.ts'
import { checkoutEventId, orderToPurchase, purchaseEventId } from '../../src/index.ts'
import {
  eventOf,
  moneySet,
  NOW,
  posOrder,
  renewalOrder,
  SHOP,
  webOrder,
} from '../fixtures/orders.ts'

function purchase(order: ShopifyOrder, options: MappingOptions = {}) {
  return eventOf(orderToPurchase(order, { nowMs: NOW, shop: SHOP, ...options }))
}
function skipped(order: ShopifyOrder, options: MappingOptions = {}) {
  const mapped = orderToPurchase(order, { nowMs: NOW, shop: SHOP, ...options })
  return 'skipped' in mapped ? mapped.skipped : 'sent'
}

describe('eventId', () => {
  it('is made of the order id, so that every delivery and the browser give the same', () => {
    expect(purchase(webOrder()).event_id).toBe('shopify.order.6000000001001')
    for (const id of ['gid://shopify/Order/6000000001001', '6000000001001', 6_000_000_001_001]) {
      expect(purchaseEventId(id)).toBe('shopify.order.6000000001001')
    }
  })
  it('is made of the checkout token on demand, of the order id where there is none', () => {
    const options = { eventId: 'checkout-token' } as const
    expect(purchase(webOrder(), options).event_id).toBe(checkoutEventId('c0ffee'))
    expect(purchase(posOrder(), options).event_id).toBe('shopify.order.6000000001001')
  })
  it("is the shop's own", () => {
    expect(purchase(webOrder(), { eventId: ({ name }) => `p-${name}` }).event_id).toBe('p-#1001')
    expect(purchase(webOrder(), { eventId: () => undefined }).event_id).toMatch(/^shopify\.order/)
  })
  it('is never a promise, nothing, or what a callback threw', () => {
    const bad: unknown[] = [
      async () => 'x',
      () => '',
      () => null,
      () => {
        throw new Error('no')
      },
    ]
    for (const eventId of bad) {
      expect(skipped(webOrder(), { eventId } as MappingOptions)).toBe('option_failed')
    }
  })
})

describe('contentId', () => {
  const line: LineItem = {
    product_id: 111,
    variant_id: 1111,
    sku: ' MUG ',
    quantity: 1,
    price: '1.00',
  }
  const data = (contentId: MappingOptions['contentId'], changes: LineItem = {}) =>
    purchase(webOrder({ line_items: [{ ...line, ...changes }] }), { contentId }).custom_data

  it.each([
    [undefined, '1111', 'product'],
    ['variant', '1111', 'product'],
    ['product', '111', 'product_group'],
    ['sku', 'MUG', 'product'],
    ['shopify_US', 'shopify_US_111_1111', 'product'],
    [({ sku }: LineItem) => `x-${sku?.trim()}`, 'x-MUG', 'product'],
  ] as const)('%s', (contentId, id, type) => {
    expect(data(contentId)).toMatchObject({ content_ids: [id], content_type: type })
  })
  it('leaves out a line that the chosen id lacks', () => {
    expect(data('sku', { sku: '' })).toMatchObject({ num_items: 1 })
    for (const contentId of ['sku', 'variant', 'shopify_US', () => undefined] as const) {
      const lacking = data(contentId, { sku: '', variant_id: null })
      expect(lacking).not.toHaveProperty('content_ids')
      expect(lacking).not.toHaveProperty('content_type')
    }
  })
  it('goes by the market of the order', () => {
    const contentId = { DE: 'shopify_DE', AT: 'shopify_DE', others: 'shopify_US' } as const
    const idIn = (shipping_address: { country_code: string } | null, country_code?: string) => {
      const billing_address = country_code === undefined ? null : { country_code }
      const order = webOrder({ line_items: [line], shipping_address, billing_address })
      return purchase(order, { contentId }).custom_data['content_ids']
    }
    expect(idIn({ country_code: 'at' }, 'US')).toEqual(['shopify_DE_111_1111'])
    expect(idIn(null, 'DE')).toEqual(['shopify_DE_111_1111'])
    expect(idIn({ country_code: 'CH' })).toEqual(['shopify_US_111_1111'])
    expect(idIn(null)).toEqual(['shopify_US_111_1111'])
    const groups = purchase(webOrder(), { contentId: { others: 'product' } }).custom_data
    expect(groups).toMatchObject({ content_type: 'product_group' })
  })
  it.each([
    { DE: 'sku' },
    { others: 'x' },
    { de: 'sku', others: 'sku' },
    { DE: 'product', others: 'variant' },
  ])('refuses %j', (contentId) =>
    expect(skipped(webOrder(), { contentId } as object)).toBe('option_failed'),
  )
  it('lists an id once that stands in two lines', () => {
    const order = webOrder({ line_items: [line, { ...line, price: '2.00' }] })
    expect(purchase(order).custom_data).toMatchObject({ content_ids: ['1111'], num_items: 2 })
    expect(purchase(order).custom_data.contents).toHaveLength(2)
  })
})

describe('value', () => {
  const order = webOrder({ current_total_price_set: moneySet('40.00') })
  it.each([
    [undefined, 87.9],
    ['total', 87.9],
    ['subtotal', 79.9],
    ['current_total', 40],
    [({ total_price }: ShopifyOrder) => Number(total_price) / 2, 43.95],
    [() => '12.34', 12.34],
  ] as const)('%s', (value, expected) => {
    expect(purchase(order, { value }).custom_data['value']).toBe(expected)
  })
  it('is nothing when a callback gives no amount', () => {
    for (const bad of [() => undefined, () => Number.NaN, () => 'twelve', () => -1]) {
      expect(skipped(order, { value: bad })).toBe('no_value')
    }
    const value = () => {
      throw new Error('no')
    }
    expect(skipped(order, { value })).toBe('option_failed')
  })
  it('is the total where there is no current one, as in checkouts', () => {
    const old = webOrder({ current_total_price: null, current_total_price_set: null })
    expect(purchase(old, { value: 'current_total' }).custom_data['value']).toBe(87.9)
  })
  it('counts with current_total only what is left in the order', () => {
    const edited = webOrder({
      line_items: [
        { variant_id: 1, quantity: 3, current_quantity: 2, price: '10.00' },
        { variant_id: 2, quantity: 1, current_quantity: 0, price: '10.00' },
      ],
    })
    expect(purchase(edited, { value: 'current_total' }).custom_data).toMatchObject({
      num_items: 2,
      contents: [{ id: '1', quantity: 2, item_price: 10 }],
    })
    expect(purchase(edited).custom_data).toMatchObject({ num_items: 4, content_ids: ['1', '2'] })
  })
})

describe('money', () => {
  const set = (shop: string, presentment: string) => moneySet(shop, presentment, ['AUD', 'USD'])
  const order = webOrder({
    currency: 'AUD',
    presentment_currency: 'USD',
    total_price: '30.00',
    total_price_set: set('30.00', '19.80'),
    line_items: [
      {
        variant_id: 1,
        quantity: 1,
        price: '25.00',
        price_set: set('25.00', '16.50'),
        discount_allocations: [{ amount: '5.00', amount_set: set('5.00', '3.30') }],
      },
    ],
  })
  it.each([
    [undefined, 'AUD', 30, 20],
    ['shop', 'AUD', 30, 20],
    ['presentment', 'USD', 19.8, 13.2],
  ] as const)('%s', (money, currency, value, item_price) => {
    expect(purchase(order, { money }).custom_data).toMatchObject({
      currency,
      value,
      contents: [{ item_price }],
    })
  })
  it("falls back to the shop's whole, never to a mixture", () => {
    const scalars = { ...order, total_price_set: null }
    expect(purchase(scalars, { money: 'presentment' }).custom_data).toMatchObject({
      currency: 'AUD',
      value: 30,
      contents: [{ item_price: 20 }],
    })
  })
  it.each(['XXX', 'EURO', '€', ''])('reads no currency in %j', (code) => {
    const total_price_set = moneySet('30.00', '30.00', [code, code])
    expect(skipped(webOrder({ total_price_set, currency: code }))).toBe('no_value')
    expect(purchase(webOrder({ total_price_set })).custom_data['currency']).toBe('CHF')
  })
  it('leaves out a price that stands in another currency', () => {
    const mixed = { ...order, line_items: [{ variant_id: 1, quantity: 1, price: '25.00' }] }
    const { contents } = purchase(mixed, { money: 'presentment' }).custom_data
    expect(contents).toEqual([{ id: '1', quantity: 1 }])
  })
})

describe('purchaseOn and pending', () => {
  const paid = webOrder()
  const pending = webOrder({ financial_status: 'pending' })
  it.each([
    ['orders/create', undefined, undefined, paid, 'sent'],
    ['orders/paid', undefined, undefined, paid, 'not_pending'],
    ['orders/paid', undefined, 'skip', paid, 'other_topic'],
    ['orders/paid', undefined, 'purchase', paid, 'other_topic'],
    ['ORDERS_CREATE', undefined, undefined, paid, 'sent'],
    ['ORDERS_PAID', undefined, undefined, paid, 'not_pending'],
    ['orders/create', 'orders/paid', undefined, paid, 'other_topic'],
    ['orders/paid', 'orders/paid', undefined, paid, 'sent'],
    ['orders/updated', undefined, undefined, paid, 'other_topic'],
    [undefined, 'orders/paid', undefined, paid, 'sent'],
    ['orders/create', undefined, undefined, pending, 'pending'],
    ['orders/create', undefined, 'purchase', pending, 'sent'],
    ['orders/create', undefined, 'when-paid', pending, 'pending'],
    ['orders/paid', undefined, 'when-paid', paid, 'not_pending'],
    ['orders/create', undefined, 'when-paid', paid, 'sent'],
  ] as const)('%s under %s and pending %s', (topic, purchaseOn, rule, order, expected) => {
    expect(skipped(order, { topic, purchaseOn, pending: rule })).toBe(expected)
  })
  it.each([
    ['authorized', 'sent'],
    ['partially_paid', 'sent'],
    ['partially_refunded', 'sent'],
    ['paid', 'sent'],
    [null, 'sent'],
    ['PENDING', 'pending'],
    ['voided', 'voided'],
    ['expired', 'voided'],
    ['refunded', 'refunded'],
  ])('treats financial_status %s as it should', (financial_status, expected) => {
    expect(skipped(webOrder({ financial_status }))).toBe(expected)
  })
  it('skips test orders and cancelled ones', () => {
    expect(skipped(webOrder({ test: true }))).toBe('test')
    expect(skipped(webOrder({ cancelled_at: '2026-09-15T13:31:00+02:00' }))).toBe('cancelled')
  })
})

describe('renewals', () => {
  it('are skipped, custom events, or purchases', () => {
    expect(skipped(renewalOrder())).toBe('renewal')
    const custom = purchase(renewalOrder(), { renewals: 'custom' })
    const sale = purchase(renewalOrder(), { renewals: 'purchase' })
    expect(custom).toMatchObject({
      event_name: 'RecurringPurchase',
      action_source: 'system_generated',
    })
    expect(sale).toMatchObject({ event_name: 'Purchase', action_source: 'system_generated' })
    expect(custom.custom_data).toEqual(sale.custom_data)
  })
  it('leave the first order of a subscription a Purchase', () => {
    expect(skipped(webOrder({ tags: 'Subscription, Subscription First Order' }))).toBe('sent')
    expect(purchase(webOrder(), { renewals: 'custom' }).event_name).toBe('Purchase')
  })
})
