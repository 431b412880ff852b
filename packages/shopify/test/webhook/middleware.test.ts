import { request } from 'node:http'
import { memoryOutbox } from '@capi/core'
import type { Outbox } from '@capi/core/outbox'
import { describe, expect, it } from 'vitest'
import { shopifyCapi } from '../../src/index.ts'
import {
  deliver,
  expressShop,
  realShopify,
  serve,
  sign,
  testClient,
  testShop,
  webhookHeaders,
  webOrder,
} from './test-shop.ts'

const MEGA = 1024 * 1024

it('makes one Purchase of a signed order', async () => {
  const shop = testShop()
  const url = await expressShop(shop)
  expect(await deliver(url, webOrder(1001))).toEqual({ status: 200, text: 'tracked' })
  const [event, ...more] = await shop.delivered()
  expect(more).toEqual([])
  expect(event).toMatchObject({
    status: 'processed',
    event_name: 'Purchase',
    event_id: 'shopify.order.1001',
    payload: { custom_data: { value: 25, currency: 'EUR' } },
  })
  expect(shop.results).toEqual([
    {
      status: 200,
      kind: 'tracked',
      topic: 'orders/create',
      shop: 'kobalt.myshopify.com',
      event_name: 'Purchase',
      event_id: 'shopify.order.1001',
    },
  ])
})

it('listens on a bare node:http server', async () => {
  const shop = testShop()
  const url = await serve(shop.shopify.middleware())
  expect(await deliver(url, webOrder(1))).toMatchObject({ status: 200, text: 'tracked' })
})

describe('a delivery nobody can vouch for', () => {
  const order = JSON.stringify(webOrder(1))

  it.each([
    ['signed with another secret', { secret: 'wrong' }, 401, 'invalid_hmac'],
    [
      'with a signature of rubbish',
      { headers: { 'x-shopify-hmac-sha256': 'ä' } },
      401,
      'invalid_hmac',
    ],
    [
      'without a signature',
      { headers: { 'x-shopify-hmac-sha256': undefined } },
      400,
      'missing_hmac',
    ],
    ['without a topic', { headers: { 'x-shopify-topic': undefined } }, 400, 'missing_headers'],
    ['of no shop', { shop: 'kobalt' }, 400, 'invalid_shop'],
  ] as const)('%s is answered %s', async (_name, sent, status, reason) => {
    const shop = testShop()
    const url = await expressShop(shop)
    const headers = { ...('headers' in sent && sent.headers) }
    expect(await deliver(url, order, { ...sent, headers })).toEqual({ status, text: reason })
    expect(await shop.delivered()).toEqual([])
  })

  it('changed on its way is answered 401', async () => {
    const shop = testShop()
    const url = await expressShop(shop)
    const headers = { 'x-shopify-hmac-sha256': sign(order) }
    const changed = order.replace('"total_price":"25.00"', '"total_price":"95.00"')
    expect(await deliver(url, changed, { headers })).toEqual({ status: 401, text: 'invalid_hmac' })
  })
})

describe('secrets', () => {
  it('take turns: both the new and the old one are good, a third is not', async () => {
    const shop = testShop({ shopify: [realShopify('new'), realShopify('old')] })
    const url = await expressShop(shop)
    expect(await deliver(url, webOrder(1), { secret: 'new' })).toMatchObject({ status: 200 })
    expect(await deliver(url, webOrder(2), { secret: 'old' })).toMatchObject({ status: 200 })
    expect(await deliver(url, webOrder(3), { secret: 'older' })).toMatchObject({ status: 401 })
    expect(await shop.delivered()).toHaveLength(2)
  })
})

describe('a repetition', () => {
  it('of a delivery makes no second event', async () => {
    const shop = testShop()
    const url = await expressShop(shop)
    const sent = { webhookId: 'b54557e4-bdd9-4b37-8a5f-bf7d70bcd043' }
    const answers = []
    for (let n = 0; n < 3; n++) answers.push((await deliver(url, webOrder(1), sent)).text)
    expect(answers).toEqual(['tracked', 'duplicate', 'duplicate'])
    expect(await shop.delivered()).toHaveLength(1)
  })

  it('while the first is at work waits for it', async () => {
    const shop = testShop()
    const url = await expressShop(shop)
    const sent = { webhookId: 'the-same' }
    const answers = await Promise.all([1, 2, 3].map(() => deliver(url, webOrder(1), sent)))
    expect(answers.map(({ text }) => text).sort()).toEqual(['duplicate', 'duplicate', 'tracked'])
    expect(await shop.delivered()).toHaveLength(1)
  })

  it('under another delivery id is found by the event id', async () => {
    const shop = testShop()
    const url = await expressShop(shop)
    await deliver(url, webOrder(1))
    expect(await deliver(url, webOrder(1))).toEqual({ status: 200, text: 'duplicate' })
    expect(await shop.delivered()).toHaveLength(1)
  })

  it('of an order that only the memory holds is refused until the outbox has the event', async () => {
    let isBroken = true
    const inner = memoryOutbox()
    const outbox: Outbox = {
      ...inner,
      put: (items, nowMs) =>
        isBroken ? Promise.reject(new Error('disk')) : inner.put(items, nowMs),
    }
    const shop = testShop({}, { outbox })
    const url = await expressShop(shop)
    const sent = { webhookId: 'again' }
    const refused = { status: 503, text: 'store_failed' }
    expect(await deliver(url, webOrder(1), sent)).toEqual(refused)
    expect(await deliver(url, webOrder(1), sent)).toEqual(refused)
    isBroken = false
    expect(await shop.delivered()).toHaveLength(1)
    expect(await deliver(url, webOrder(1), sent)).toEqual({ status: 200, text: 'duplicate' })
    expect(await shop.delivered()).toHaveLength(1)
  })
})

describe('a body', () => {
  it('of 10 MB is answered 413, and the server goes on', async () => {
    const shop = testShop()
    const url = await expressShop(shop)
    const order = webOrder(1, { note: 'x'.repeat(10 * MEGA) })
    expect(await deliver(url, order)).toEqual({ status: 413, text: 'too_large' })
    expect(await deliver(url, webOrder(2))).toMatchObject({ status: 200 })
  })

  it('of 4 MB is taken', async () => {
    const url = await expressShop(testShop())
    const order = webOrder(1, { note: 'ü'.repeat(2 * MEGA) })
    expect(await deliver(url, order)).toEqual({ status: 200, text: 'tracked' })
  })

  it('that is no UTF-8 is answered 400 although its signature is right', async () => {
    const url = await expressShop(testShop())
    const bytes = Buffer.concat([
      Buffer.from('{"note":"'),
      Buffer.from([0xc3, 0x28, 0xff]),
      Buffer.from('"}'),
    ])
    expect(await deliver(url, bytes)).toEqual({ status: 400, text: 'invalid_utf8' })
  })

  it('with a byte order mark is validated with it and read without it', async () => {
    const shop = testShop()
    const url = await expressShop(shop)
    expect(await deliver(url, `\uFEFF${JSON.stringify(webOrder(1))}`)).toMatchObject({
      status: 200,
    })
    expect(await shop.delivered()).toHaveLength(1)
  })

  it.each([
    ['', 'missing_body'],
    ['{"id":', 'invalid_json'],
    ['[]', 'invalid_json'],
    ['null', 'invalid_json'],
  ])('%j is answered 400', async (body, reason) => {
    const url = await expressShop(testShop())
    expect(await deliver(url, body)).toEqual({ status: 400, text: reason })
  })

  it('that never ends is answered when the time is up', async () => {
    const url = await expressShop(testShop({ timeoutMs: 100 }))
    const order = JSON.stringify(webOrder(1))
    const status = await new Promise((resolve, reject) => {
      const headers = { ...webhookHeaders(order), 'content-length': Buffer.byteLength(order) }
      const call = request(url, { method: 'POST', headers }, (res) => resolve(res.statusCode))
      call.on('error', reject).write(order.slice(0, 100))
    })
    expect(status).toBe(408)
  })
})

describe('the answer', () => {
  it('is 503 when the outbox is full, so that Shopify tries again', async () => {
    const shop = testShop(
      {},
      { outbox: memoryOutbox({ maxEvents: 1 }), fetch: () => new Promise(() => undefined) },
    )
    const url = await expressShop(shop)
    await deliver(url, webOrder(1))
    expect(await deliver(url, webOrder(2))).toEqual({ status: 503, text: 'queue_full' })
  })

  it('is 503 when the client was closed, so that the next process gets it', async () => {
    const shop = testShop()
    const url = await expressShop(shop)
    await shop.capi.close({ timeoutMs: 0 })
    expect(await deliver(url, webOrder(1))).toEqual({ status: 503, text: 'closed' })
  })

  it('comes in time from an outbox that hangs, and the event is not lost', async () => {
    const inner = memoryOutbox()
    let release: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const outbox: Outbox = {
      ...inner,
      put: async (items, nowMs) => {
        await held
        return inner.put(items, nowMs)
      },
    }
    const shop = testShop({ timeoutMs: 150 }, { outbox })
    const url = await expressShop(shop)
    const startMs = performance.now()
    const sent = { webhookId: 'slow' }
    expect(await deliver(url, webOrder(1), sent)).toEqual({ status: 503, text: 'timeout' })
    expect(performance.now() - startMs).toBeLessThan(10_000)
    release()
    expect(await deliver(url, webOrder(1), sent)).toEqual({ status: 200, text: 'duplicate' })
    expect(await shop.delivered()).toHaveLength(1)
  })

  it('is 200 for an event Meta would refuse: another try would change nothing', async () => {
    const url = await expressShop(testShop())
    const test = await deliver(url, webOrder(1, { test: true }))
    expect(test).toEqual({ status: 200, text: 'test' })
    expect(await deliver(url, { title: 'Mug' }, { topic: 'products/create' })).toEqual({
      status: 200,
      text: 'unsupported_topic',
    })
    expect(await deliver(url, webOrder(1), { topic: 'orders/paid' })).toEqual({
      status: 200,
      text: 'not_pending',
    })
  })

  it('is 200 for the next-generation Events, which are not read yet', async () => {
    const body = JSON.stringify({ product: { id: 1 } })
    const url = await expressShop(testShop())
    const headers = Object.fromEntries(
      Object.entries(webhookHeaders(body)).map(([name, value]) => [
        name.replace('x-shopify', 'shopify'),
        value,
      ]),
    )
    const response = await fetch(url, { method: 'POST', headers, body })
    expect([response.status, await response.text()]).toEqual([200, 'unsupported_events'])
  })
})

it('says at start-up which option cannot work', () => {
  const { capi } = testClient()
  const wrong = { api: realShopify() } as never
  expect(() => shopifyCapi({ shopify: wrong, client: capi })).toThrow('Option shopify')
  expect(() => shopifyCapi({ shopify: realShopify(), client: capi, timeoutMs: 6_000 })).toThrow(
    'Option timeoutMs',
  )
})
