import { CapiConfigError } from '@capi/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  memoryOrderStore,
  OPTION_WORDS,
  orderToPurchase,
  type ShopifyCapiOptions,
  shopifyCapi,
} from '../../src/index.ts'
import { deliver, expressShop, SHOP, testClient, testShop, webOrder } from './test-shop.ts'

const emitted = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
afterEach(() => emitted.mockClear())

const make = (more: object) =>
  shopifyCapi({
    client: testClient().capi,
    orders: memoryOrderStore(),
    ...more,
  } as ShopifyCapiOptions)

describe('an option that cannot work', () => {
  it.each([
    [{ purchaseOn: 'orders/payed' }, "'orders/create', 'orders/paid'; it is 'orders/payed'"],
    [{ value: 'net' }, "'total', 'subtotal', 'current_total'"],
    [{ money: 'usd' }, "'shop', 'presentment'"],
    [{ contentId: 'variants' }, "'variant', 'product', 'sku', 'shopify_' with the country's code"],
    [{ contentId: 'Variant' }, "'variant', 'product', 'sku'"],
    [{ contentId: 'shopify_' }, "as 'shopify_US'"],
    [{ contentId: 'shopify_us' }, "as 'shopify_US'"],
    [{ pending: 'whenpaid' }, "'when-paid', 'skip', 'purchase'"],
    [{ renewals: 'yes' }, "'skip', 'custom', 'purchase'"],
    [{ test: true }, "'skip', 'send'"],
    [{ eventId: 'id' }, "'order', 'checkout-token', a function"],
    [{ actionSource: 'website' }, 'a function'],
    [{ consent: 'granted' }, 'a function'],
    [{ topics: ['orders/updated'] }, "'checkouts/create'"],
    [{ topics: 'refunds/create' }, "'checkouts/create'"],
    [{ purchasOn: 'orders/paid' }, 'meant "purchaseOn"?'],
    [{ purchasOn: 'orders/paid' }, 'The options are: purchaseOn, pending'],
    [{ findOrder: {} }, 'must be a function'],
    [{ onProcessed: 'log' }, 'must be a function'],
    [{ now: 1 }, 'must be a function'],
    [{ identity: {} }, 'must be an identity store'],
    [{ orders: new Map() }, 'must be an order store'],
    [{ timeoutMs: '4000' }, 'must lie between'],
    [{ maxBodyBytes: '1mb' }, 'must be a number above 0'],
    [{ shopify: [] }, 'must be what shopifyApi(...) returns'],
    [{ shopify: { authenticate() {} } }, 'Leave it out with shopify-app-react-router'],
    [{ client: undefined }, 'must be a client'],
  ])('%j stops the start and says what it must be', (options, words) => {
    expect(() => make(options)).toThrow(CapiConfigError)
    expect(() => make(options)).toThrow(words)
  })

  it.each([{ value: 'net' }, { money: 'usd' }, { contentId: 'variants' }, { purchaseOn: 'x' }])(
    '%j is option_failed in a mapper',
    (options) => {
      expect(orderToPurchase(webOrder(1), options as object)).toEqual({ skipped: 'option_failed' })
    },
  )

  it.each(
    Object.entries(OPTION_WORDS).flatMap(([option, words]) => words.map((word) => [option, word])),
  )('is none of the listed words: %s %s', (option, word) => {
    expect(() => make({ [String(option)]: word })).not.toThrow()
  })
})

describe('test orders', () => {
  const order = webOrder(1, { test: true })
  it.each([
    ['skips them', {}, {}, 'test'],
    ['sends them with a test code', {}, { testEventCode: 'TEST1' }, 'tracked'],
    ['sends them to another address', {}, { baseUrl: 'http://127.0.0.1:2274' }, 'tracked'],
    ['sends them on demand', { test: 'send' }, {}, 'tracked'],
    ['skips them on demand', { test: 'skip' }, { testEventCode: 'TEST1' }, 'test'],
  ] as const)('%s, and logs it once', async (_name, options, client, text) => {
    const shop = testShop(options, client)
    const url = await expressShop(shop)
    expect(await deliver(url, order)).toEqual({ status: 200, text })
    await deliver(url, webOrder(2, { test: true }))
    const lines = emitted.mock.calls.map(([line]) => String(line))
    expect(lines).toEqual([
      expect.stringContaining(text === 'test' ? 'was skipped. To see' : 'was sent, because'),
    ])
  })
})

describe('without the option shopify', () => {
  it('takes deliveries that are validated already', async () => {
    const webhooks = make({})
    const delivery = { topic: 'ORDERS_CREATE', shop: SHOP, payload: webOrder(1), webhookId: 'w' }
    expect(await webhooks.fromAuthenticated(delivery)).toMatchObject({
      status: 200,
      kind: 'tracked',
    })
    expect(Object.keys(webhooks.handlers())).toContain('orders/create')
  })

  it('says of the others what is missing', async () => {
    const webhooks = make({})
    expect(() => webhooks.middleware()).toThrow('Option shopify of shopifyCapi is missing')
    const request = { rawBody: JSON.stringify(webOrder(1)), headers: {} }
    expect(await webhooks.handle(request)).toEqual({
      status: 503,
      kind: 'refused',
      reason: 'validator_missing',
    })
    expect(emitted).toHaveBeenCalledWith(
      expect.stringContaining('cannot check a signature'),
      'CapiShopifyWarning',
    )
  })
})
