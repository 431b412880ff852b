import { minorUnits } from '@capi/core/adapter'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  checkoutEventId,
  type MappingRules,
  orderToPurchase,
  type ShopifyOrder,
  webPixelSettings,
} from '../../src/index.ts'
import { ALLOWED, sandbox } from '../storefront/sandbox.ts'
import { webOrder } from '../webhook/test-shop.ts'

const PLACES = { endpoint: 'http://127.0.0.1:9/identity', pixelId: '1234567890' }
const TOKEN = `checkout${'1001'.padStart(24, '0')}`

/** One line as both sides have it. */
interface Line {
  readonly price: number
  readonly quantity: number
  readonly off?: number
  readonly ids?: readonly [product: number, variant: number] | undefined
}

/** One sale, of which the order and the checkout of the Web Pixel are made. */
interface Sale {
  readonly lines?: readonly Line[]
  readonly shipping?: number
  readonly tax?: number
  /** Taxes are in the prices. */
  readonly isIncluded?: boolean
  readonly tip?: number
  readonly currency?: string
  readonly shopCurrency?: string
  readonly country?: string
  readonly paymentType?: string
  /** Where the pixel's lines have the discounts: in both places by default. */
  readonly discounts?: 'allocations' | 'final'
}

const DEFAULT_LINES: readonly Line[] = [
  { price: 20, quantity: 3, off: 20, ids: [111, 1111] },
  { price: 15, quantity: 1, ids: [222, 2222] },
]

function totals({ lines = DEFAULT_LINES, shipping = 0, tax = 0, tip = 0, isIncluded }: Sale) {
  const subtotal = lines.reduce(
    (sum, { price, quantity, off = 0 }) => sum + price * quantity - off,
    0,
  )
  return { subtotal, total: subtotal + shipping + tip + (isIncluded ? 0 : tax) }
}

function orderOf(sale: Sale): ShopifyOrder {
  const { lines = DEFAULT_LINES, shipping = 0, tax = 0, tip, isIncluded = false } = sale
  const { currency = 'EUR', shopCurrency = currency, country = 'DE' } = sale
  const { subtotal, total } = totals(sale)
  const digits = minorUnits(currency)
  const money = (amount: number) => ({
    shop_money: {
      amount: (shopCurrency === currency ? amount : amount * 2).toFixed(digits),
      currency_code: shopCurrency,
    },
    presentment_money: { amount: amount.toFixed(digits), currency_code: currency },
  })
  return webOrder(1001, {
    currency: shopCurrency,
    presentment_currency: currency,
    taxes_included: isIncluded,
    total_price: undefined,
    total_price_set: money(total),
    subtotal_price_set: money(subtotal),
    total_tax_set: money(tax),
    total_shipping_price_set: money(shipping),
    total_tip_received: tip,
    shipping_address: { country_code: country },
    line_items: lines.map(({ price, quantity, off = 0, ids }, at) => ({
      id: 10 + at,
      product_id: ids?.[0] ?? null,
      variant_id: ids?.[1] ?? null,
      sku: ids ? `SKU-${ids[1]}` : '',
      quantity,
      price_set: money(price),
      discount_allocations: off ? [{ amount_set: money(off) }] : [],
    })),
  }) as ShopifyOrder
}

function checkoutOf(sale: Sale) {
  const { lines = DEFAULT_LINES, shipping = 0, tax = 0, currency = 'EUR', country = 'DE' } = sale
  const { subtotal, total } = totals(sale)
  const money = (amount: number) => ({ amount, currencyCode: currency })
  return {
    token: TOKEN,
    currencyCode: currency,
    totalPrice: money(total),
    subtotalPrice: money(subtotal),
    totalTax: money(tax),
    delivery: {
      selectedDeliveryOptions: shipping ? [{ costAfterDiscounts: money(shipping) }] : [],
    },
    shippingAddress: { countryCode: country },
    transactions: [{ paymentMethod: { type: sale.paymentType ?? 'creditCard' } }],
    order: { id: 'gid://shopify/Order/1001' },
    lineItems: lines.map(({ price, quantity, off = 0, ids }) => ({
      quantity,
      finalLinePrice: money(price * quantity - (sale.discounts === 'allocations' ? 0 : off)),
      discountAllocations: off && sale.discounts !== 'final' ? [{ amount: money(off) }] : [],
      variant: ids && {
        id: `gid://shopify/ProductVariant/${ids[1]}`,
        sku: `SKU-${ids[1]}`,
        product: { id: String(ids[0]) },
        price: money(price),
      },
    })),
  }
}

/** The pixel's calls to Meta, by the name of the event. */
async function pixelCalls(
  rules: MappingRules,
  sale: Sale,
  topic = 'checkout_completed',
  settings = {},
) {
  const calls: URLSearchParams[] = []
  vi.stubGlobal('fetch', async (address: string, init?: { method?: string }) => {
    if (init?.method !== 'POST') calls.push(new URL(address).searchParams)
  })
  const { currency = 'EUR', shopCurrency = currency } = sale
  const payment = { currencyCode: shopCurrency }
  const pixel = await sandbox({ ...webPixelSettings(rules, PLACES), ...settings }, ALLOWED, payment)
  await pixel.publish(topic, { checkout: checkoutOf(sale) })
  return calls.map((query) => ({
    event_id: query.get('eid'),
    custom_data: Object.fromEntries(
      [...query].flatMap(([key, value]) => {
        const name = /^cd\[(\w+)\]$/.exec(key)?.[1]
        if (name === undefined) return []
        const isText = ['currency', 'content_type'].includes(name)
        return [[name, isText ? value : JSON.parse(value)]]
      }),
    ),
  }))
}

afterEach(() => vi.unstubAllGlobals())

/** Without what a browser does not send. */
function serverEvent(rules: MappingRules, sale: Sale) {
  const mapped = orderToPurchase(orderOf(sale), { shop: 'kobalt.myshopify.com', ...rules })
  if ('skipped' in mapped) throw new Error(mapped.skipped)
  const own = ['order_id', 'delivery_category']
  const known = Object.entries(mapped.event.custom_data ?? {})
  const custom_data = Object.fromEntries(known.filter(([key]) => !own.includes(key)))
  return { event_id: mapped.event.event_id, custom_data }
}

const TAXED = { shipping: 5, tax: 8.78, isIncluded: true } as const
const ADDED = { shipping: 5, tax: 12 } as const

describe('the browser and the server send the same of one sale', () => {
  it.each<[string, MappingRules, Sale]>([
    ['by default', {}, {}],
    ['with tax and delivery added', {}, ADDED],
    ['with tax in the prices', {}, TAXED],
    ['products', { contentId: 'product' }, {}],
    ['SKUs', { contentId: 'sku' }, {}],
    ['ids of a feed', { contentId: 'shopify_US' }, {}],
    ['ids by market, named', { contentId: { DE: 'shopify_DE', others: 'shopify_US' } }, {}],
    [
      'ids by market, another',
      { contentId: { DE: 'shopify_DE', others: 'sku' } },
      { country: 'FR' },
    ],
    ['products by market', { contentId: { DE: 'product', others: 'product' } }, {}],
    ['subtotal, tax added', { value: 'subtotal' }, ADDED],
    ['subtotal, tax included', { value: 'subtotal' }, TAXED],
    ['current_total', { value: 'current_total' }, ADDED],
    ['without tax, added', { value: { tax: false } }, ADDED],
    ['without tax, included', { value: { tax: false } }, TAXED],
    ['without delivery, tax included', { value: { shipping: false } }, TAXED],
    ['without delivery and tax, added', { value: { shipping: false, tax: false } }, ADDED],
    ['without tips, of none', { value: { tips: false, duties: false } }, ADDED],
    [
      'the money of the shopper',
      { money: 'presentment' },
      { currency: 'USD', shopCurrency: 'EUR' },
    ],
    ['the checkout as its id', { eventId: 'checkout-token' }, {}],
    [
      'pending payments that count at once',
      { pending: 'purchase' },
      { paymentType: 'manualPayment' },
    ],
    ['yen', {}, { currency: 'JPY', lines: [{ price: 1000, quantity: 3, off: 100, ids: [1, 2] }] }],
    ['dinars', {}, { currency: 'KWD', lines: [{ price: 10, quantity: 3, ids: [1, 2] }] }],
    ['cents that do not divide', {}, { lines: [{ price: 10, quantity: 3, off: 20, ids: [1, 2] }] }],
    [
      'one product on two lines',
      {},
      {
        lines: [
          { price: 9.99, quantity: 2, ids: [1, 2] },
          { price: 19.95, quantity: 1, ids: [1, 2] },
        ],
      },
    ],
    [
      'a custom line',
      {},
      {
        lines: [
          { price: 9.99, quantity: 2, ids: [1, 2] },
          { price: 5, quantity: 4 },
        ],
      },
    ],
    ['discounts of the order, that a line leaves out', {}, { discounts: 'allocations' }],
    ['discounts that are in the line alone', {}, { discounts: 'final' }],
    ['nothing to pay', {}, { lines: [{ price: 10, quantity: 1, off: 10, ids: [1, 2] }] }],
  ])('%s', async (_name, rules, sale) => {
    expect(await pixelCalls(rules, sale)).toEqual([serverEvent(rules, sale)])
  })

  it.each<[string, MappingRules, Sale]>([
    ['another currency than the shop’s', {}, { currency: 'USD', shopCurrency: 'EUR' }],
    ['without delivery, tax added', { value: { shipping: false } }, ADDED],
    ['without delivery and tax, included', { value: { shipping: false, tax: false } }, TAXED],
    ['a tip', { value: { tips: false } }, { tip: 3 }],
    ['a bank transfer', {}, { paymentType: 'manualPayment' }],
    ['cash on delivery', { pending: 'skip' }, { paymentType: 'paymentOnDelivery' }],
    ['net terms', {}, { paymentType: 'deferred' }],
    ['orders that are filtered', { when: () => true }, {}],
  ])('the pixel leaves the Purchase to the webhook: %s', async (_name, rules, sale) => {
    expect(await pixelCalls(rules, sale)).toEqual([])
  })

  it('leaves the Purchase to the webhook where its rules cannot be read', async () => {
    expect(await pixelCalls({}, {}, 'checkout_completed', { rules: '{' })).toEqual([])
  })

  it('follows the rules at the start of the checkout too, and keeps the id of the server', async () => {
    const rules = { contentId: 'product', value: 'subtotal' } as const
    const { custom_data } = serverEvent(rules, ADDED)
    expect(await pixelCalls(rules, ADDED, 'checkout_started')).toEqual([
      { event_id: checkoutEventId(TOKEN), custom_data },
    ])
  })

  it('has neither ids nor value where functions decide, and the number of items still', async () => {
    const rules: MappingRules = { contentId: () => 'x', value: () => 1 }
    const [call] = await pixelCalls(rules, {}, 'payment_info_submitted')
    expect(call).toEqual({ event_id: 'sh-payment_info_submitted', custom_data: { num_items: 4 } })
  })
})
