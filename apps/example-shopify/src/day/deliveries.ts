import { draftOrder, line, money, posOrder, token, webOrder } from './orders.ts'
import { JOHN } from './people.ts'

export interface PlannedDelivery {
  /** What happened in the shop. */
  readonly what: string
  readonly topic: string
  readonly payload: Readonly<Record<string, unknown>>
  /** The same for a delivery that is repeated; default one of its own. */
  readonly webhookId?: string
  readonly isForged?: boolean
}

/** What the Web Pixel sends when this shopper starts to check out. */
export interface PlannedVisit {
  readonly visit: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** Of a browser that came by the ad two days ago. */
const SEEN_MS = Date.now() - 2 * 86_400_000
const FBP = `fb.1.${SEEN_MS}.1116446470`
const FBC = `fb.1.${SEEN_MS}.IwAR0-aBcDeFgHiJ`

/** The day of a shop, in the order things reach the app. */
export function plannedDay(shop: string): readonly (PlannedDelivery | PlannedVisit)[] {
  const pixelOrder = webOrder(1003)
  const bankOrder = webOrder(1011, { financial_status: 'pending' })
  const lateOrder = webOrder(1013)
  const big = Array.from({ length: 45 }, (_, n) => line(1_200 + n, '10.00'))
  const checkout = {
    ...webOrder(1003),
    token: token('checkout', 1003),
    client_details: undefined,
    browser_ip: undefined,
  }
  return [
    order(
      'web, from an ad',
      webOrder(1001, { landing_site: '/products/cup?utm_source=ig&fbclid=IwAR0LandingAbC_d-E' }),
    ),
    order(
      'web, ids in cart attributes',
      webOrder(1002, { note_attributes: attributes('granted') }),
    ),
    {
      visit: 'web pixel: checkout started',
      fields: {
        checkout_token: token('checkout', 1003),
        fbp: FBP,
        fbc: FBC,
        consent: 'granted',
        page: 'https://kobalt.example/',
      },
    },
    { what: 'web, checkout started', topic: 'checkouts/create', payload: checkout },
    order('web, ids from the web pixel', pixelOrder),
    order('web, shopper said no', webOrder(1004, { note_attributes: attributes('denied') })),
    order('point of sale', posOrder(1005)),
    order('draft order, by phone', draftOrder(1006)),
    order(
      'subscription renewal',
      webOrder(1007, {
        source_name: 'subscription_contract_checkout_one',
        landing_site: null,
        client_details: null,
        browser_ip: null,
      }),
    ),
    order('paid in another currency', multiCurrency(1008)),
    order(
      'guest without e-mail',
      webOrder(1009, {
        email: '',
        contact_email: null,
        customer: null,
        billing_address: JOHN,
        shipping_address: JOHN,
      }),
    ),
    order('test payment', webOrder(1010, { test: true })),
    order('bank transfer, unpaid', bankOrder),
    {
      ...order('bank transfer, money came', { ...bankOrder, financial_status: 'paid' }),
      topic: 'orders/paid',
    },
    order(
      'cancelled at once',
      webOrder(1012, {
        cancelled_at: new Date().toISOString(),
        cancel_reason: 'fraud',
        financial_status: 'voided',
      }),
    ),
    { ...order('reordered: paid comes first', lateOrder), topic: 'orders/paid' },
    order('reordered: then created', lateOrder),
    order(
      '45 lines',
      webOrder(1014, {
        line_items: big,
        total_price: '450.00',
        total_price_set: money('450.00'),
        subtotal_price: '450.00',
        subtotal_price_set: money('450.00'),
      }),
    ),
    { ...order('delivered', webOrder(1015)), webhookId: 'repeated' },
    { ...order('delivered again, same id', webOrder(1015)), webhookId: 'repeated' },
    order('delivered again, another id', webOrder(1015)),
    { what: 'refund', topic: 'refunds/create', payload: refundOf(webOrder(1001)) },
    { ...order('forged signature', webOrder(1016)), isForged: true },
    { what: 'product edited', topic: 'products/update', payload: { id: 1, title: 'Cup' } },
    {
      what: 'customer to be forgotten',
      topic: 'customers/redact',
      payload: {
        shop_id: 1,
        shop_domain: shop,
        customer: { id: 7_000_000_000_042 },
        orders_to_redact: [pixelOrder.id],
      },
    },
    {
      what: 'app uninstalled',
      topic: 'app/uninstalled',
      payload: { id: 1, name: 'Kobalt', myshopify_domain: shop },
    },
  ]
}

function order(what: string, payload: PlannedDelivery['payload']): PlannedDelivery {
  return { what, topic: 'orders/create', payload }
}

/** What the theme snippet wrote into the cart. */
function attributes(consent: string) {
  const ids =
    consent === 'denied'
      ? []
      : [
          { name: '__capi_fbp', value: FBP },
          { name: '__capi_fbc', value: FBC },
        ]
  return [...ids, { name: '__capi_consent', value: consent }]
}

/** The shop sells in francs, the shopper paid dollars. */
function multiCurrency(n: number) {
  const item = { ...line(n * 100, '49.90'), price_set: money('49.90', '62.00', 'USD') }
  return webOrder(n, {
    presentment_currency: 'USD',
    total_price_set: money('57.90', '72.00', 'USD'),
    subtotal_price_set: money('49.90', '62.00', 'USD'),
    current_total_price_set: money('57.90', '72.00', 'USD'),
    billing_address: JOHN,
    shipping_address: JOHN,
    line_items: [item],
  })
}

function refundOf({
  id,
  line_items,
}: {
  readonly id: number
  readonly line_items: readonly object[]
}) {
  return {
    id: 950_000_000_001,
    admin_graphql_api_id: 'gid://shopify/Refund/950000000001',
    order_id: id,
    created_at: new Date().toISOString(),
    processed_at: new Date().toISOString(),
    note: 'broken',
    refund_line_items: line_items.map((item) => ({ quantity: 1, line_item: item, subtotal: 49.9 })),
    transactions: [
      { id: 1, kind: 'refund', status: 'success', amount: '49.90', currency: 'CHF', test: false },
    ],
  }
}
