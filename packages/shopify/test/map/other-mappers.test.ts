import { describe, expect, it } from 'vitest'
import type { MappingOptions, RefundOptions } from '../../src/index.ts'
import {
  cancellationToCustomEvent,
  checkoutToInitiateCheckout,
  customerToCompleteRegistration,
  refundToCustomEvent,
} from '../../src/index.ts'
import {
  AGENT,
  checkout,
  customer,
  eventOf,
  FBP,
  moneySet,
  NOW,
  posOrder,
  refund,
  SHOP,
  webOrder,
} from '../fixtures/orders.ts'

const base = { nowMs: NOW, shop: SHOP }
const seconds = (iso: string) => Date.parse(iso) / 1000

describe('checkoutToInitiateCheckout', () => {
  const map = (changes = {}, options: MappingOptions = {}) =>
    checkoutToInitiateCheckout(checkout(changes), { ...base, ...options })

  it('has the token as id, and no website without a browser', () => {
    expect(eventOf(map())).toMatchObject({
      event_name: 'InitiateCheckout',
      event_id: 'shopify.checkout.c0ffee',
      event_time: seconds('2026-09-15T11:20:00Z'),
      action_source: 'other',
      custom_data: {
        value: 87.9,
        currency: 'CHF',
        num_items: 2,
        contents: [{ id: '1111', quantity: 2, item_price: 39.95 }],
      },
    })
  })
  it('happened on the website where the storefront told of the browser', () => {
    const identity = { client_user_agent: AGENT, fbp: FBP }
    const event = eventOf(map({}, { identity }))
    expect(event).toMatchObject({
      action_source: 'website',
      event_source_url: 'https://mug-shop.example/',
      user_data: identity,
    })
    expect(JSON.stringify(event)).not.toMatch(/secret-key|recover/)
  })
  it.each([
    ['no token', { token: null }, 'no_id'],
    ['nobody yet', { email: null, billing_address: null, landing_site: null }, 'no_match_keys'],
    ['no amount', { total_price: null }, 'no_value'],
    ['an old one', { created_at: '2026-09-01T00:00:00Z' }, 'stale'],
    ['a refusal', { note_attributes: [{ name: '__capi_consent', value: 'denied' }] }, 'consent'],
    [
      'a refusal after a yes',
      {
        note_attributes: [
          { name: '__capi_consent', value: 'granted' },
          { name: '__CAPI_CONSENT ', value: 'denied' },
        ],
      },
      'consent',
    ],
  ])('skips %s', (_, changes, skipped) => {
    expect(map(changes)).toEqual({ skipped })
  })
})

describe('customerToCompleteRegistration', () => {
  const map = (changes = {}, options: MappingOptions = {}) =>
    customerToCompleteRegistration(customer(changes), { ...base, ...options })

  it('is a registration of an enabled account', () => {
    expect(eventOf(map())).toMatchObject({
      event_name: 'CompleteRegistration',
      event_id: 'shopify.customer.7000000000042',
      event_time: seconds('2026-09-15T11:20:00Z'),
      action_source: 'other',
      user_data: {
        em: 'anna.muster@example.com',
        ph: '+41791234567',
        external_id: '7000000000042',
      },
    })
  })
  it('happened, on customers/enable, when the account was enabled', () => {
    const created_at = '2024-01-01T00:00:00Z'
    const topic = 'customers/enable'
    expect(map({ created_at })).toEqual({ skipped: 'stale' })
    expect(eventOf(map({ created_at }, { topic })).event_time).toBe(seconds('2026-09-15T11:25:00Z'))
    const triggeredAt = '2026-09-15T11:59:00Z'
    const sent = eventOf(map({ created_at }, { topic: 'CUSTOMERS_ENABLE', triggeredAt }))
    expect(sent.event_time).toBe(seconds(triggeredAt))
  })
  it.each(['disabled', 'invited', 'declined', null, undefined])(
    'skips a customer who is %s',
    (state) => {
      expect(map({ state })).toEqual({ skipped: 'no_account' })
    },
  )
  it('asks for consent with an order that has only the customer', () => {
    const consent: MappingOptions['consent'] = (order) =>
      order.customer?.email === 'anna.muster@example.com' ? 'denied' : 'granted'
    expect(map({}, { consent })).toEqual({ skipped: 'consent' })
  })
  it('skips one without an id', () => {
    expect(map({ id: null, admin_graphql_api_id: null })).toEqual({ skipped: 'no_id' })
  })
})

describe('cancellationToCustomEvent', () => {
  const cancelled = { cancelled_at: '2026-09-15T13:50:00+02:00', financial_status: 'voided' }

  it('is a custom event of its own, with nothing of the browser that bought', () => {
    const event = eventOf(cancellationToCustomEvent(webOrder(cancelled), base))
    expect(event).toMatchObject({
      event_name: 'OrderCancelled',
      event_id: 'shopify.cancellation.6000000001001',
      event_time: seconds('2026-09-15T11:50:00Z'),
      action_source: 'other',
      custom_data: { value: 87.9, currency: 'CHF', order_id: '6000000001001' },
    })
    expect(event.user_data).not.toHaveProperty('client_ip_address')
    expect(event.user_data).toHaveProperty('em')
  })
  it.each([
    ['an order that stands', {}, 'not_cancelled'],
    ['a test', { ...cancelled, test: true }, 'test'],
    ['an old one', { cancelled_at: '2026-09-01T00:00:00Z' }, 'stale'],
    ['one without an id', { ...cancelled, id: null, admin_graphql_api_id: null }, 'no_id'],
  ])('skips %s', (_, changes, skipped) => {
    expect(cancellationToCustomEvent(webOrder(changes), base)).toEqual({ skipped })
  })
})

describe('refundToCustomEvent', () => {
  const map = (changes = {}, options: RefundOptions = {}) =>
    refundToCustomEvent(refund(changes), { ...base, order: webOrder(), ...options })

  it('is a custom event with the person of its order', () => {
    expect(eventOf(map())).toMatchObject({
      event_name: 'OrderRefunded',
      event_id: 'shopify.refund.890088186047',
      event_time: seconds('2026-09-15T11:40:00Z'),
      action_source: 'other',
      user_data: { em: 'Anna.Muster@example.com', external_id: '7000000000042' },
      custom_data: {
        value: 79.9,
        currency: 'CHF',
        order_id: '6000000001001',
        contents: [{ id: '1111', quantity: 1, item_price: 79.9 }],
      },
    })
  })
  it('knows nobody without its order', () => {
    expect(map({}, { order: undefined })).toEqual({ skipped: 'no_match_keys' })
    expect(map({}, { order: undefined, identity: { fbp: FBP } })).toHaveProperty('event')
  })
  it('counts what was paid back, not what failed', () => {
    const pay = (amount: string, status = 'success', kind = 'refund') => ({
      amount,
      status,
      kind,
      currency: null,
    })
    const transactions = [
      pay('10.10'),
      pay('0.20'),
      pay('99.00', 'failure'),
      pay('5.00', 'success', 'sale'),
    ]
    expect(eventOf(map({ transactions })).custom_data['value']).toBe(10.3)
  })
  it('counts the lines with their taxes where the payment was in another currency', () => {
    const lines = [
      {
        quantity: 1,
        subtotal_set: moneySet('20.00', '13.20', ['AUD', 'USD']),
        total_tax_set: moneySet('2.00', '1.32', ['AUD', 'USD']),
      },
    ]
    const changes = {
      transactions: [{ kind: 'refund', status: 'success', amount: '13.20', currency: 'USD' }],
      refund_line_items: lines,
    }
    expect(eventOf(map(changes)).custom_data).toMatchObject({ value: 22, currency: 'AUD' })
    expect(eventOf(map(changes, { money: 'presentment' })).custom_data).toMatchObject({
      value: 13.2,
      currency: 'USD',
    })
  })
  it.each([
    ['goods that only go back to stock', { transactions: [], refund_line_items: [] }, 'no_value'],
    [
      'a refund of 0',
      { transactions: [{ kind: 'refund', status: 'success', amount: '0.00', currency: 'CHF' }] },
      'no_value',
    ],
    [
      'a test',
      { transactions: [{ kind: 'refund', status: 'success', test: true, amount: '1.00' }] },
      'test',
    ],
    ['an old one', { processed_at: '2026-09-01T00:00:00Z' }, 'stale'],
    ['one without an id', { id: null, admin_graphql_api_id: null }, 'no_id'],
  ])('skips %s', (_, changes, skipped) => {
    expect(map(changes)).toEqual({ skipped })
  })
  it('counts lines that say nothing of taxes as they are', () => {
    const refund_line_items = [{ quantity: 2, subtotal_set: moneySet('20.00') }]
    const { custom_data } = eventOf(map({ transactions: null, refund_line_items }))
    expect(custom_data).toMatchObject({ value: 20, currency: 'CHF', num_items: 2 })
  })
  it("asks for the consent of its order's shopper", () => {
    const order = webOrder({ note_attributes: [{ name: '__capi_consent', value: 'denied' }] })
    expect(map({}, { order })).toEqual({ skipped: 'consent' })
  })
  it('leaves an order at a till as it is', () => {
    expect(eventOf(map({}, { order: posOrder() })).user_data).not.toHaveProperty(
      'client_ip_address',
    )
  })
})
