import { describe, expect, it } from 'vitest'
import type { MappingOptions, ShopifyOrder } from '../../src/index.ts'
import { orderToPurchase } from '../../src/index.ts'
import {
  draftOrder,
  eventOf,
  NOW,
  posOrder,
  renewalOrder,
  SHOP,
  webOrder,
} from '../fixtures/orders.ts'

const IDENTITY = { client_user_agent: 'Phone', client_ip_address: '192.0.2.9' }
const API_CLIENT = { source_name: '4711', client_details: null, landing_site: null }
const MARKETPLACE = { source_name: 'amazon', client_details: null, landing_site: null }
const API_WITH_AGENT = { source_name: '4711' }

function purchase(order: ShopifyOrder, options: MappingOptions = {}) {
  return eventOf(
    orderToPurchase(order, { nowMs: NOW, shop: SHOP, renewals: 'purchase', ...options }),
  )
}

type Row = readonly [
  string,
  ShopifyOrder,
  MappingOptions,
  string,
  'client details sent' | 'client details left out',
]

/** The decision table of action_source, row by row; the first that applies decides. */
describe('where an order happened', () => {
  it.each<Row>([
    ['a renewal', renewalOrder(), {}, 'system_generated', 'client details left out'],
    [
      'a renewal under its older name',
      renewalOrder({ source_name: 'subscription_contract' }),
      {},
      'system_generated',
      'client details left out',
    ],
    [
      "a renewal by Recharge's tag",
      webOrder({ tags: 'vip, Subscription Recurring Order' }),
      {},
      'system_generated',
      'client details left out',
    ],
    [
      'a renewal made by staff',
      renewalOrder({ user_id: 7 }),
      {},
      'system_generated',
      'client details left out',
    ],
    [
      'the first order of a subscription',
      webOrder({ tags: 'Subscription First Order, Subscription Recurring Order' }),
      {},
      'website',
      'client details sent',
    ],
    ['a till', posOrder(), {}, 'physical_store', 'client details left out'],
    ['a draft order', draftOrder(), {}, 'other', 'client details left out'],
    [
      'a draft order without staff',
      draftOrder({ user_id: null }),
      {},
      'other',
      'client details left out',
    ],
    ['an order made by staff', webOrder({ user_id: 7 }), {}, 'other', 'client details left out'],
    [
      'an order made by staff whose id is text',
      webOrder({ user_id: '7' }),
      {},
      'other',
      'client details left out',
    ],
    ['an API client', webOrder(API_CLIENT), {}, 'other', 'client details left out'],
    ['a marketplace', webOrder(MARKETPLACE), {}, 'other', 'client details left out'],
    [
      'no source at all',
      webOrder({ source_name: null, client_details: null }),
      {},
      'other',
      'client details left out',
    ],
    ['the online store', webOrder(), {}, 'website', 'client details sent'],
    ['an iPhone', webOrder({ source_name: 'iphone' }), {}, 'website', 'client details sent'],
    [
      'an Android phone',
      webOrder({ source_name: 'android' }),
      {},
      'website',
      'client details sent',
    ],
    [
      'a sales channel with a browser',
      webOrder(API_WITH_AGENT),
      {},
      'website',
      'client details sent',
    ],
    [
      'an iPhone, agent withheld',
      webOrder({ source_name: 'iphone', client_details: null }),
      {},
      'other',
      'client details sent',
    ],
    [
      'an Android phone, agent withheld',
      webOrder({ source_name: 'android', client_details: null }),
      {},
      'other',
      'client details sent',
    ],
    [
      'the online store, agent withheld',
      webOrder({ client_details: null }),
      {},
      'other',
      'client details sent',
    ],
    [
      'the online store, agent from the identity store',
      webOrder({ client_details: null }),
      { identity: IDENTITY },
      'website',
      'client details sent',
    ],
    [
      'the online store, no address known',
      webOrder({ order_status_url: null }),
      { shop: undefined },
      'other',
      'client details sent',
    ],
    [
      'a location, which is no sign of a till',
      webOrder({ location_id: 42 }),
      {},
      'website',
      'client details sent',
    ],
  ])('%s', (_, order, options, actionSource, details) => {
    const event = purchase(order, options)
    expect(event.action_source).toBe(actionSource)
    const hasIp = event.user_data['client_ip_address'] === order.browser_ip
    expect(hasIp).toBe(details === 'client details sent')
    if (!hasIp) expect(event.user_data['client_user_agent']).toBeUndefined()
  })

  it("leaves out staff's address and agent, and keeps what the storefront knew of the shopper", () => {
    const event = purchase(draftOrder(), { identity: IDENTITY })
    expect(event.action_source).toBe('other')
    expect(event.user_data).toMatchObject(IDENTITY)
  })

  it('gives a sale at a till no browser at all', () => {
    const identity = { ...IDENTITY, fbp: 'fb.1.1789400000000.1' }
    const { user_data } = purchase(posOrder(), { identity })
    for (const key of ['client_ip_address', 'client_user_agent', 'fbp', 'fbc']) {
      expect(user_data).not.toHaveProperty(key)
    }
  })

  it('takes no click id from the landing page of somebody else', () => {
    const order = draftOrder({ landing_site: '/?fbclid=IwAR0xYz' })
    expect(purchase(order).user_data['fbc']).toBeUndefined()
  })

  it('lets the shop decide, and tells what was decided', () => {
    const decisions: unknown[] = []
    const actionSource: MappingOptions['actionSource'] = (order, decided) => {
      decisions.push(decided)
      return order.source_name === 'shopify_draft_order' ? 'phone_call' : undefined
    }
    expect(purchase(draftOrder(), { actionSource }).action_source).toBe('phone_call')
    expect(purchase(webOrder(), { actionSource }).action_source).toBe('website')
    expect(decisions).toEqual(['other', 'website'])
  })

  it("leaves out staff's browser whatever the shop decides", () => {
    const event = purchase(draftOrder(), { actionSource: () => 'chat' })
    expect(event.user_data).not.toHaveProperty('client_ip_address')
  })

  it.each([
    ['a value Meta has not', () => 'webiste'],
    ['a value an order has no data for', () => 'app'],
    [
      'a callback that throws',
      () => {
        throw new Error('no')
      },
    ],
  ])('sends nothing for %s', (_, actionSource) => {
    const options = { nowMs: NOW, actionSource: actionSource as MappingOptions['actionSource'] }
    expect(orderToPurchase(webOrder(), options)).toEqual({ skipped: 'option_failed' })
  })
})
