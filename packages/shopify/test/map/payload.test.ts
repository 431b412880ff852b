import { describe, expect, it } from 'vitest'
import type { ShopifyOrder } from '../../src/index.ts'
import { orderToPurchase } from '../../src/index.ts'
import { draftOrder, eventOf, moneySet, NOW, SHOP, webOrder } from '../fixtures/orders.ts'

const purchase = (order: ShopifyOrder) =>
  eventOf(orderToPurchase(order, { nowMs: NOW, shop: SHOP }))
const userData = (changes: ShopifyOrder) => purchase(webOrder(changes)).user_data

/** The rows of the payload's truths, in their order. */
describe('what an order payload says', () => {
  it('becomes a whole Purchase', () => {
    expect(purchase(webOrder())).toEqual({
      event_name: 'Purchase',
      event_id: 'shopify.order.6000000001001',
      event_time: Date.parse('2026-09-15T11:29:58Z') / 1000,
      action_source: 'website',
      event_source_url: 'https://mug-shop.example/',
      referrer_url: 'https://l.facebook.com/',
      user_data: {
        em: 'Anna.Muster@example.com',
        ph: '+41791234567',
        fn: 'Anna',
        ln: 'Muster',
        ct: 'Zürich',
        st: 'ZH',
        zp: '8004',
        country: 'CH',
        external_id: '7000000000042',
        client_ip_address: '203.0.113.7',
        client_user_agent: expect.stringContaining('iPhone'),
        fbc: 'fb.1.1789471797999.IwAR0LandingAbC',
      },
      custom_data: {
        value: 87.9,
        currency: 'CHF',
        order_id: '6000000001001',
        content_ids: ['1111'],
        content_type: 'product',
        contents: [{ id: '1111', quantity: 1, item_price: 79.9 }],
        num_items: 1,
      },
    })
  })

  it('takes the order id from the global id, whose digits JSON keeps', () => {
    const order = webOrder({
      id: Number('820982911946154508'),
      admin_graphql_api_id: 'gid://shopify/Order/820982911946154508',
    })
    expect(purchase(order).custom_data['order_id']).toBe('820982911946154508')
    expect(purchase(order).event_id).toBe('shopify.order.820982911946154508')
  })

  it('takes a safe number where there is no global id, and refuses one that lost digits', () => {
    const { admin_graphql_api_id: _, ...bare } = webOrder()
    expect(purchase(bare).event_id).toBe('shopify.order.6000000001001')
    const corrupted = { ...bare, id: Number('820982911946154508') }
    expect(orderToPurchase(corrupted, { nowMs: NOW })).toEqual({ skipped: 'no_id' })
  })

  it('takes ids that were read as text or BigInt', () => {
    const { admin_graphql_api_id: _, ...bare } = webOrder()
    expect(purchase({ ...bare, id: '820982911946154508' }).event_id).toMatch(/154508$/)
    expect(purchase({ ...bare, id: 820982911946154508n }).event_id).toMatch(/154508$/)
  })

  it.each([
    ['client_details first', { client_details: { browser_ip: '2001:db8::7' } }, '2001:db8::7'],
    ['then the order itself', { client_details: null }, '203.0.113.7'],
    ['never 0.0.0.0', { client_details: { browser_ip: '0.0.0.0' } }, '203.0.113.7'],
    ['nothing where there is none', { client_details: null, browser_ip: null }, undefined],
  ])('reads the address of the browser: %s', (_, changes, ip) => {
    expect(userData(changes)['client_ip_address']).toBe(ip)
  })

  it.each([
    ['a path', '/products/mug?fbclid=IwAR0xYz', 'IwAR0xYz'],
    ['an absolute address', 'https://mug-shop.example/?a=1&fbclid=IwAR0xYz#top', 'IwAR0xYz'],
  ])(
    'makes fbc of the click id in %s, dated before everything in the order',
    (_, landing_site, fbclid) => {
      const created_at = '2026-09-15T13:30:00+02:00'
      const fbc = userData({ landing_site, created_at, processed_at: null })['fbc']
      expect(fbc).toBe(`fb.1.${Date.parse(created_at) - 1}.${fbclid}`)
    },
  )

  it.each([
    null,
    '',
    '/',
    '/wallets/checkouts.json',
    '/?fbclid=',
    '/?fbclid=undefined',
    'http://[',
    7,
  ])('makes no fbc of the landing page %j', (landing_site) => {
    expect(userData({ landing_site: landing_site as string })['fbc']).toBeUndefined()
  })

  describe('the click of an express checkout', () => {
    const fbcOf = (referring_site: string, more: object = {}) =>
      userData({
        landing_site: '/wallets/checkouts.json',
        order_status_url: 'https://www.mug.example/1/orders/2?key=3',
        created_at: '2026-09-15T13:30:00+02:00',
        processed_at: null,
        referring_site,
        ...more,
      })['fbc']
    const FBC = `fb.1.${Date.parse('2026-09-15T13:30:00+02:00') - 1}.IwAR0xYz`

    it.each([
      ['its own page', 'https://www.mug.example/products/mug?fbclid=IwAR0xYz'],
      ['its own page without www', 'https://mug.example/?a=1&fbclid=IwAR0xYz'],
    ])('is the one of %s', (_, site) => {
      expect(fbcOf(site)).toBe(FBC)
    })

    it.each([
      ['another site', 'https://other.example/?fbclid=IwAR0xYz'],
      ['a site whose name begins like it', 'https://mug.example.other.example/?fbclid=IwAR0xYz'],
      ['no site', 'not an address?fbclid=IwAR0xYz'],
      ['a page without a click', 'https://www.mug.example/'],
    ])('is not the one of %s', (_, site) => {
      expect(fbcOf(site)).toBeUndefined()
    })

    it('is taken where the landing page holds a word for none', () => {
      const landing_site = '/?fbclid=null'
      expect(fbcOf('https://mug.example/?fbclid=IwAR0xYz', { landing_site })).toBe(FBC)
    })

    it('comes after the one of the landing page', () => {
      const landing_site = '/?fbclid=IwAR0First'
      expect(fbcOf('https://mug.example/?fbclid=IwAR0xYz', { landing_site })).toMatch(/First$/)
    })
  })

  it.each([null, '', 'android-app://com.google.android.gm/', 'not an address'])(
    'makes no referrer of %j',
    (referring_site) => {
      expect(purchase(webOrder({ referring_site })).referrer_url).toBeUndefined()
    },
  )

  it('prices a line by its discount allocations, not by total_discount', () => {
    expect(purchase(webOrder()).custom_data.contents?.[0]?.item_price).toBe(79.9)
  })

  it('leaves out a price that the discounts exceed, or where one of them cannot be read', () => {
    for (const amount of ['10.01', 'all of it']) {
      const line = {
        variant_id: 5,
        quantity: 1,
        price: '10.00',
        discount_allocations: [{ amount }],
      }
      const { contents } = purchase(webOrder({ line_items: [line] })).custom_data
      expect(contents).toEqual([{ id: '5', quantity: 1 }])
    }
  })

  it('takes scalar amounts where there are no money sets', () => {
    const order = webOrder({
      total_price_set: null,
      line_items: [
        { variant_id: 1, quantity: 2, price: '10.10', discount_allocations: [{ amount: '0.20' }] },
      ],
    })
    expect(purchase(order).custom_data).toMatchObject({
      value: 87.9,
      contents: [{ id: '1', quantity: 2, item_price: 10 }],
    })
  })

  it('keeps lines without an id in value and num_items', () => {
    const order = webOrder({
      line_items: [
        { variant_id: null, product_id: null, quantity: 2, price: '10.00', title: 'Engraving' },
        { variant_id: 5, quantity: 1, price: '67.90' },
      ],
    })
    expect(purchase(order).custom_data).toMatchObject({
      value: 87.9,
      num_items: 3,
      content_ids: ['5'],
      contents: [{ id: '5', quantity: 1, item_price: 67.9 }],
    })
  })

  it('refuses a variant id that lost digits', () => {
    const line = { variant_id: Number('788032119674292922'), quantity: 1, price: '1.00' }
    expect(purchase(webOrder({ line_items: [line] })).custom_data['content_ids']).toBeUndefined()
  })

  it('never sends the key in order_status_url', () => {
    const text = JSON.stringify(orderToPurchase(webOrder(), { nowMs: NOW }))
    expect(text).not.toMatch(/secret-key|authenticate|order_status_url/)
  })

  it.each([
    ['the order page', {}, 'https://mug-shop.example/'],
    [
      'an absolute landing page',
      { order_status_url: null, landing_site: 'https://www.mug.example/a?b=c' },
      'https://www.mug.example/',
    ],
    [
      'the shop domain, for pages on Shopify itself',
      { order_status_url: 'https://shopify.com/1/account/orders/2?key=3', landing_site: '/' },
      `https://${SHOP}/`,
    ],
  ])("takes the shop's origin from %s", (_, changes, url) => {
    expect(purchase(webOrder(changes)).event_source_url).toBe(url)
  })

  it.each(['evil.example/path?x=', 'a b', '', '-'])(
    'makes no address of the shop domain %j',
    (shop) => {
      const order = webOrder({ order_status_url: null, landing_site: null })
      expect(eventOf(orderToPurchase(order, { nowMs: NOW, shop })).event_source_url).toBeUndefined()
    },
  )

  it('makes of marketing opt-in no consent, and of its absence no refusal', () => {
    const order = webOrder({ buyer_accepts_marketing: false })
    expect(orderToPurchase(order, { nowMs: NOW })).toHaveProperty('event')
  })

  it('takes a payload trimmed to what is needed', () => {
    const order = { id: 1, total_price: '5.00', currency: 'EUR', email: 'a@example.com' }
    expect(purchase(order)).toMatchObject({
      event_id: 'shopify.order.1',
      event_time: NOW / 1000,
      action_source: 'other',
      custom_data: { value: 5, currency: 'EUR' },
    })
  })

  it('says when nobody is left to match, as without access to customer data', () => {
    const anonymous = draftOrder({ phone: null })
    expect(orderToPurchase(anonymous, { nowMs: NOW })).toEqual({ skipped: 'no_match_keys' })
  })

  it('needs more than a name, and no more than a name and a place', () => {
    const named = (address: object) =>
      orderToPurchase(draftOrder({ phone: null, billing_address: address }), { nowMs: NOW })
    expect(named({ first_name: 'Anna' })).toEqual({ skipped: 'no_match_keys' })
    expect(named({ city: 'Bern', country_code: 'CH' })).toEqual({ skipped: 'no_match_keys' })
    expect(named({ first_name: 'Anna', city: 'Bern' })).toHaveProperty('event')
  })

  it.each([
    ['no amount', { total_price: null, total_price_set: null }],
    ['no currency', { total_price_set: null, currency: null }],
    ['a negative amount', { total_price: '-1.00', total_price_set: moneySet('-1.00') }],
    ['text in its place', { total_price: 'free', total_price_set: null }],
  ])('says when there is %s', (_, changes) => {
    expect(orderToPurchase(webOrder(changes), { nowMs: NOW })).toEqual({ skipped: 'no_value' })
  })

  it('keeps a value of 0', () => {
    const order = webOrder({ total_price_set: moneySet('0.00') })
    expect(purchase(order).custom_data['value']).toBe(0)
  })
})
