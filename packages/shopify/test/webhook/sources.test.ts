import { DeliveryMethod, LogSeverity } from '@shopify/shopify-api'
import { shopifyApp } from '@shopify/shopify-app-express'
import express from 'express'
import { describe, expect, it } from 'vitest'
import {
  deliver,
  realShopify,
  SECRET,
  SHOP,
  serve,
  testShop,
  webhookHeaders,
  webOrder,
} from './test-shop.ts'

describe('handlers()', () => {
  it('are taken by addHandlers, and run by process of the library', async () => {
    const shop = testShop()
    const shopify = realShopify()
    shopify.webhooks.addHandlers(shop.shopify.handlers({ callbackUrl: '/webhooks' }))
    const app = express().use(express.text({ type: '*/*' }))
    app.post('/', async (req, res) => {
      const request = { rawBody: req.body, rawRequest: req, rawResponse: res }
      // It answers, and throws besides.
      await shopify.webhooks.process(request).catch(() => undefined)
    })
    const url = await serve(app)
    expect(await deliver(url, webOrder(1), { webhookId: 'one' })).toMatchObject({ status: 200 })
    expect(await deliver(url, webOrder(1), { webhookId: 'one' })).toMatchObject({ status: 200 })
    expect(await deliver(url, webOrder(2), { secret: 'wrong' })).toMatchObject({ status: 401 })
    expect(await shop.delivered()).toHaveLength(1)
    await shop.capi.close({ timeoutMs: 0 })
    expect(await deliver(url, webOrder(3))).toMatchObject({ status: 500 })
  })

  it('ask for the topics in use and no others', () => {
    const always = ['customers/data_request', 'customers/redact', 'shop/redact', 'app/uninstalled']
    const topicsOf = (options = {}) => Object.keys(testShop(options).shopify.handlers())
    expect(topicsOf()).toEqual(['orders/create', 'orders/paid', ...always])
    expect(topicsOf({ pending: 'skip' })).toEqual(['orders/create', ...always])
    expect(topicsOf({ purchaseOn: 'orders/paid' })).toEqual(['orders/paid', ...always])
    expect(topicsOf({ topics: ['refunds/create', 'checkouts/create'] })).toEqual([
      'orders/create',
      'orders/paid',
      'checkouts/create',
      'refunds/create',
      ...always,
    ])
  })

  it('work in processWebhooks of shopify-app-express', async () => {
    const shop = testShop()
    const { apiKey, hostName, apiVersion } = realShopify().config
    const logger = { level: LogSeverity.Error, log: () => undefined }
    const app = shopifyApp({
      api: { apiKey, apiSecretKey: SECRET, hostName, apiVersion, isEmbeddedApp: false, logger },
      auth: { path: '/api/auth', callbackPath: '/api/auth/callback' },
      webhooks: { path: '/api/webhooks' },
    } as Parameters<typeof shopifyApp>[0])
    const server = express()
    server.post('/api/webhooks', app.processWebhooks({ webhookHandlers: shop.shopify.handlers() }))
    server.use(express.json())
    const url = `${await serve(server)}/api/webhooks`
    expect(await deliver(url, webOrder(1))).toMatchObject({ status: 200 })
    expect(await deliver(url, webOrder(2), { secret: 'wrong' })).toMatchObject({ status: 401 })
    const gone = { id: 1, myshopify_domain: SHOP }
    expect(await deliver(url, gone, { topic: 'app/uninstalled' })).toMatchObject({ status: 200 })
    expect(shop.results.map(({ kind }) => kind)).toEqual(['tracked', 'acknowledged'])
  })

  it('throw what the library answers 500 for when a delivery is not taken', async () => {
    const client = () => Promise.reject(new Error('the database is away'))
    const { shopify } = testShop({ client, onError: () => undefined })
    const { callback } = shopify.handlers()['orders/create'] ?? {}
    const call = callback as (...given: string[]) => Promise<void>
    await expect(
      call('ORDERS_CREATE', SHOP, JSON.stringify(webOrder(1)), 'w1'),
    ).rejects.toMatchObject({
      code: 'webhook_failed',
      retryable: true,
      message: expect.stringMatching(/Shopify delivers it again\. \(refused, failed\)$/),
    })
    await expect(call('ORDERS_CREATE', SHOP, '{', 'w2')).rejects.toMatchObject({
      code: 'webhook_failed',
      retryable: false,
    })
  })

  it('answer 200 to further topics of the app on demand', async () => {
    const shop = testShop()
    const { shopify } = shop
    const handlers = shopify.handlers({ acknowledge: ['orders/updated', 'orders/create'] })
    expect(Object.keys(handlers).filter((topic) => topic === 'orders/create')).toHaveLength(1)
    const { callback } = handlers['orders/updated'] ?? {}
    const call = callback as (...given: string[]) => Promise<void>
    await expect(call('ORDERS_UPDATED', SHOP, '{"id":1}', 'w1')).resolves.toBeUndefined()
    expect(shop.results).toMatchObject([{ status: 200, reason: 'unsupported_topic' }])
    expect(() => shopify.handlers({ acknowledge: 'orders/updated' as never })).toThrow(
      'must be a list of topics',
    )
  })

  it('name the method as the library does', () => {
    expect(testShop().shopify.handlers()['orders/create']).toMatchObject({
      deliveryMethod: DeliveryMethod.Http,
      callbackUrl: '/api/webhooks',
    })
  })
})

describe('handle()', () => {
  const order = JSON.stringify(webOrder(1))

  it.each([
    ['Headers', new Headers(webhookHeaders(order))],
    ['a record in any case', { ...upperCase(webhookHeaders(order)) }],
    ['lists', listed(webhookHeaders(order))],
  ])('takes headers as %s', async (_name, headers) => {
    const shop = testShop()
    const result = await shop.shopify.handle({ rawBody: Buffer.from(order), headers })
    expect(result).toMatchObject({
      status: 200,
      kind: 'tracked',
      topic: 'orders/create',
      shop: SHOP,
    })
  })

  it('never rejects, whatever it gets', async () => {
    const { shopify } = testShop({ onError: () => undefined })
    const results = await Promise.all([
      shopify.handle({ rawBody: order, headers: {} }),
      shopify.handle({ rawBody: undefined, headers: null } as never),
      shopify.fromAuthenticated(undefined as never),
      shopify.fromEventBridge(null as never),
      shopify.fromEventBridge({}),
      shopify.fromPubSub({}),
      shopify.fromPubSub({ data: '!', attributes: null }),
    ])
    expect(results.map(({ status }) => status)).toEqual([400, 503, 503, 503, 400, 400, 400])
  })
})

describe('other ways of delivery', () => {
  const metadata = {
    'X-Shopify-Topic': 'orders/create',
    'X-Shopify-Shop-Domain': SHOP,
    'X-Shopify-Webhook-Id': 'one',
    'X-Shopify-Event-Id': 'action',
    'X-Shopify-Triggered-At': new Date().toISOString(),
    'X-Shopify-API-Version': '2026-07',
  }

  it('authenticate.webhook of React Router: one event, however often it comes', async () => {
    const shop = testShop()
    const authenticated = {
      topic: 'ORDERS_CREATE',
      shop: SHOP,
      payload: webOrder(1),
      webhookId: 'one',
      apiVersion: '2026-07',
      session: undefined,
    }
    const first = await shop.shopify.fromAuthenticated(authenticated)
    const second = await shop.shopify.fromAuthenticated(authenticated)
    expect([first.kind, second.kind]).toEqual(['tracked', 'duplicate'])
    expect(await shop.delivered()).toHaveLength(1)
  })

  it('EventBridge, in the form of its partner events', async () => {
    const shop = testShop()
    const event = { 'detail-type': 'shopifyWebhook', detail: { metadata, payload: webOrder(1) } }
    expect(await shop.shopify.fromEventBridge(event)).toMatchObject({
      status: 200,
      kind: 'tracked',
    })
    expect(await shop.shopify.fromEventBridge(event)).toMatchObject({
      status: 200,
      kind: 'duplicate',
    })
  })

  it('Pub/Sub, pulled as bytes and pushed as base64', async () => {
    const shop = testShop()
    const data = Buffer.from(JSON.stringify(webOrder(1)))
    expect(await shop.shopify.fromPubSub({ data, attributes: metadata })).toMatchObject({
      kind: 'tracked',
    })
    const pushed = {
      data: data.toString('base64'),
      attributes: { ...metadata, 'X-Shopify-Webhook-Id': 'two' },
    }
    expect(await shop.shopify.fromPubSub(pushed)).toMatchObject({ kind: 'duplicate' })
    expect(await shop.delivered()).toHaveLength(1)
  })
})

function upperCase(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]),
  )
}

function listed(headers: Record<string, string>): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))
}
