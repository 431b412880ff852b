import { describe, expect, it } from 'vitest'
import {
  checkoutToAbandonedCheckout,
  editToUpsell,
  refundToCustomEvent,
  subscriptionToSubscribe,
} from '../../src/index.ts'
import { eventOf, moneySet, NOW, SHOP, webOrder } from '../fixtures/orders.ts'

const base = { nowMs: NOW, shop: SHOP }

describe('after the sale', () => {
  const order = webOrder({
    line_items: [
      { id: 501, variant_id: 1, quantity: 1, price: '10.00' },
      {
        id: 502,
        variant_id: 2,
        quantity: 3,
        price: '7.00',
        discount_allocations: [{ amount: '1.00' }],
      },
    ],
  })
  const at = new Date(NOW - 60_000).toISOString()
  const edit = (additions: object[], more: object = {}) => ({
    order_edit: { id: 77, order_id: 1, committed_at: at, line_items: { additions }, ...more },
  })

  it('an edit is an event of what it added', () => {
    const options = { ...base, order }
    const mapped = eventOf(editToUpsell(edit([{ id: 502, delta: 2 }]), options))
    expect(mapped).toMatchObject({
      event_name: 'OrderUpsell',
      event_id: 'shopify.edit.77',
      action_source: 'other',
      custom_data: { value: 13.33, currency: 'CHF', content_ids: ['2'], num_items: 2 },
    })
    expect(mapped.user_data).not.toHaveProperty('client_user_agent')
    const sale = editToUpsell(edit([{ id: 501, delta: 1 }]), { ...options, upsells: 'purchase' })
    expect(eventOf(sale)).toMatchObject({ event_name: 'Purchase', custom_data: { value: 10 } })
  })

  it.each([
    ['nothing added', edit([]), order, 'no_value'],
    ['a line that the order does not have', edit([{ id: 9, delta: 1 }]), order, 'no_value'],
    ['no order', edit([{ id: 501, delta: 1 }]), undefined, 'no_value'],
    ['no id', edit([], { id: null }), order, 'no_id'],
    ['no edit', {}, order, 'no_id'],
    ['a test order', edit([{ id: 501, delta: 1 }]), { ...order, test: true }, 'test'],
  ])('an edit with %s is none', (_name, given, of, skipped) => {
    expect(editToUpsell(given, { ...base, order: of })).toEqual({ skipped })
  })

  it('a subscription begins with the value and the person of its order', () => {
    const contract = {
      admin_graphql_api_id: 'gid://shopify/SubscriptionContract/402440842',
      customer_id: 1,
      admin_graphql_api_customer_id: 'gid://shopify/Customer/1',
      origin_order_id: 1,
      status: 'active',
    }
    expect(eventOf(subscriptionToSubscribe(contract, { ...base, order }))).toMatchObject({
      event_name: 'Subscribe',
      event_id: 'shopify.subscription.402440842',
      custom_data: { currency: 'CHF' },
    })
    const alone = eventOf(subscriptionToSubscribe(contract, base))
    expect(alone).toMatchObject({ action_source: 'other', user_data: { external_id: '1' } })
    expect(alone.custom_data).toEqual({})
    const paused = { ...contract, status: 'paused' }
    expect(subscriptionToSubscribe(paused, base)).toEqual({ skipped: 'not_active' })
  })

  it('an abandoned checkout is one until it is completed', () => {
    const checkout = { ...order, token: 'tok', created_at: at, updated_at: at }
    expect(eventOf(checkoutToAbandonedCheckout(checkout, base))).toMatchObject({
      event_name: 'AbandonedCheckout',
      event_id: 'shopify.abandoned.tok',
      custom_data: { currency: 'CHF' },
    })
    const done = { ...checkout, completed_at: at }
    expect(checkoutToAbandonedCheckout(done, base)).toEqual({ skipped: 'completed' })
  })

  it('a refund without money is none, whatever goods came back', () => {
    const refund_line_items = [
      { quantity: 1, subtotal_set: moneySet('50.00'), total_tax_set: moneySet('9.50') },
    ]
    const refund = { id: 1, created_at: at, refund_line_items, transactions: [] }
    expect(refundToCustomEvent(refund, { ...base, order })).toEqual({ skipped: 'no_value' })
    const pending = [{ kind: 'refund', status: 'pending', amount: '59.50', currency: 'CHF' }]
    expect(refundToCustomEvent({ ...refund, transactions: pending }, { ...base, order })).toEqual({
      skipped: 'no_value',
    })
    const paid = [{ kind: 'refund', status: 'success', amount: '59.50', currency: 'CHF' }]
    expect(
      eventOf(refundToCustomEvent({ ...refund, transactions: paid }, { ...base, order }))
        .custom_data,
    ).toMatchObject({ value: 59.5 })
  })
})
