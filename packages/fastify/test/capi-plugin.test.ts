import { CapiConfigError, createCapi } from '@capi/core'
import cookie from '@fastify/cookie'
import fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import { capiPlugin, getCapi } from '../src/index.ts'
import { createWorld, PAGE, serve, shop } from './world.ts'

const POLL = { timeout: 15_000 }
const SALE = { value: 12.5, currency: 'EUR' } as const

it('knows the visitor in a route, over real HTTP', async () => {
  const { app, sent } = await shop()
  app.post('/checkout', async (request) => {
    const event_id = request.capi.eventId('order', 1001)
    return await request.capi.track('Purchase', SALE, { event_id })
  })
  const url = await serve(app)
  const response = await fetch(`${url}/checkout`, {
    method: 'POST',
    headers: {
      ...PAGE,
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'shop.example',
      referer: 'https://shop.example/cart',
      cookie: '_fbp=fb.1.1596403881668.1116446470',
    },
  })
  expect(await response.json()).toMatchObject({ outcome: 'accepted', event_id: 'order.1001' })
  expect(await sent()).toMatchObject([
    {
      event_name: 'Purchase',
      event_source_url: 'https://shop.example/checkout',
      user_data: {
        client_ip_address: '203.0.113.7',
        client_user_agent: 'UA/1',
        fbp: 'fb.1.1596403881668.1116446470',
      },
    },
  ])
})

it('works with inject, whose visitor has no connection', async () => {
  const { app, sent } = await shop({ autoPageView: true })
  app.get('/', (_request, reply) => reply.type('text/html').send('<title>Shop</title>'))
  const response = await app.inject({
    url: '/?fbclid=AbC',
    remoteAddress: '203.0.113.7',
    headers: { ...PAGE, host: 'shop.example' },
  })
  expect(response.statusCode).toBe(200)
  expect(response.cookies.map(({ name }) => name).sort()).toEqual(['_fbc', '_fbp'])
  expect(await sent()).toMatchObject([
    {
      event_name: 'PageView',
      event_source_url: 'http://shop.example/?fbclid=AbC',
      user_data: { client_ip_address: '203.0.113.7', fbc: expect.stringMatching(/\.AbC$/) },
    },
  ])
})

describe('encapsulation', () => {
  it('serves routes beside and below, whatever their prefix', async () => {
    const { app, sent } = await shop()
    app.get('/own', async (request) => (await request.capi.track('Lead')).outcome)
    app.register(
      async (below) => {
        below.get('/lead', async (request) => (await request.capi.track('Lead')).outcome)
      },
      { prefix: '/below' },
    )
    const url = await serve(app)
    for (const path of ['/own', '/below/lead'])
      expect(await (await fetch(url + path, { headers: PAGE })).text()).toBe('accepted')
    expect(
      (await sent()).map((event) => new URL(String(event['event_source_url'])).pathname),
    ).toEqual(['/own', '/below/lead'])
  })

  it('keeps to the instance it was registered in: two tenants have two clients', async () => {
    const app = fastify()
    const worlds = { '/blue': createWorld(), '/red': createWorld() }
    for (const [prefix, { client }] of Object.entries(worlds))
      app.register(
        async (tenant) => {
          await tenant.register(capiPlugin, { client })
          tenant.get('/', async (request) => (await request.capi.track('Lead')).outcome)
        },
        { prefix },
      )
    app.get('/outside', (request) => {
      expect((request as { capi?: unknown }).capi).toBeUndefined()
      return getCapi(request)
    })
    const url = await serve(app)
    await fetch(`${url}/blue`, { headers: PAGE })
    expect((await worlds['/blue'].sent()).length).toBe(1)
    expect((await worlds['/red'].sent()).length).toBe(0)
    const outside = await fetch(`${url}/outside`)
    expect(outside.status).toBe(500)
    expect(await outside.text()).toContain('this request has no tracker. Register the plugin')
  })

  it('refuses a second registration, also from an instance below', async () => {
    const { app, client } = await shop()
    app.register(async (below) => {
      await below.register(capiPlugin, { client })
    })
    await expect(app.ready()).rejects.toThrow(CapiConfigError)
    await expect(app.ready()).rejects.toThrow('registered twice')
  })

  it('is null in a hook that runs before it', async () => {
    const app = fastify()
    const seen: unknown[] = []
    app.addHook('onRequest', async (request) => void seen.push(request.capi))
    await app.register(capiPlugin, { client: createWorld().client })
    app.addHook('onRequest', async (request) => void seen.push(typeof request.capi.track))
    app.get('/', () => 'ok')
    await app.inject('/')
    expect(seen).toEqual([null, 'function'])
  })
})

describe('consent', () => {
  it('holds events until the visitor answers, and drops them when the response ends', async () => {
    const { app, sent, client } = await shop({ consent: () => undefined })
    app.get('/late', async (request) => {
      const held = request.capi.track('ViewContent')
      request.capi.setConsent('granted')
      return (await held).outcome // at once
    })
    app.get('/never', (request) => {
      void request.capi.track('ViewContent')
      return 'ok'
    })
    const url = await serve(app)
    expect(await (await fetch(`${url}/late`, { headers: PAGE })).text()).toBe('held')
    await (await fetch(`${url}/never`, { headers: PAGE })).text()
    await expect.poll(async () => (await client.stats()).dropped.consent, POLL).toBe(1)
    expect(await sent()).toHaveLength(1)
  })

  it('reads what an earlier hook put on the request', async () => {
    const { client } = createWorld()
    const app = fastify()
    await app.register(cookie)
    await app.register(capiPlugin, {
      client,
      consent: (request) => (request.cookies['consent'] === 'yes' ? 'granted' : 'denied'),
    })
    app.get('/', async (request) => (await request.capi.track('Lead')).outcome)
    const url = await serve(app)
    const visit = async (value: string) =>
      (await fetch(url, { headers: { ...PAGE, cookie: `consent=${value}` } })).text()
    expect([await visit('yes'), await visit('no')]).toEqual(['accepted', 'dropped'])
  })
})

describe('closing', () => {
  it('delivers what waits when the application closes, and closes the client it made', async () => {
    const { emulator, logger } = createWorld()
    const app = fastify()
    await app.register(capiPlugin, {
      pixelId: '1234567890',
      accessToken: 'token',
      fetch: emulator.fetch,
      batch: { maxWaitMs: 60_000 },
      logger,
    })
    app.get('/', async (request) => (await request.capi.track('Lead')).outcome)
    await app.inject({ url: '/', headers: PAGE, remoteAddress: '203.0.113.7' })
    const { capi } = app
    await capi.track('Lead', {}, { action_source: 'chat', user_data: { em: 'anna@example.com' } })
    expect(emulator.events()).toHaveLength(0)
    await app.close()
    expect(emulator.events()).toHaveLength(2)
    expect(
      await capi.track(
        'Lead',
        {},
        { action_source: 'chat', user_data: { em: 'anna@example.com' } },
      ),
    ).toMatchObject({
      reason: 'closed',
    })
  })

  it('flushes a client that it was given, and leaves it open', async () => {
    const { emulator } = createWorld()
    const client = createCapi({
      pixelId: '1234567890',
      accessToken: 'token',
      fetch: emulator.fetch,
      batch: { maxWaitMs: 60_000 },
    })
    const app = fastify()
    await app.register(capiPlugin, { client })
    app.get('/', async (request) => (await request.capi.track('Lead')).outcome)
    await app.inject({ url: '/', headers: PAGE, remoteAddress: '203.0.113.7' })
    await app.close()
    expect(emulator.events()).toHaveLength(1)
    const chat = { action_source: 'chat', user_data: { em: 'anna@example.com' } } as const
    expect(await client.track('Lead', {}, chat)).toMatchObject({ outcome: 'accepted' })
    await client.close()
  })

  it('waits for Meta no longer than shutdownTimeoutMs', async () => {
    const app = fastify()
    await app.register(capiPlugin, {
      pixelId: '1234567890',
      accessToken: 'token',
      fetch: () => new Promise(() => {}),
      logger: createWorld().logger,
      shutdownTimeoutMs: 50,
    })
    app.get('/', async (request) => (await request.capi.track('Lead')).outcome)
    await app.inject({ url: '/', headers: PAGE, remoteAddress: '203.0.113.7' })
    await app.close()
    expect((await app.capi.stats()).dropped.closed).toBe(1)
  })
})

it('goes on without a tracker where the request cannot be read', async () => {
  const app = fastify()
  app.addHook('onRequest', async ({ raw }) => {
    Object.defineProperty(raw, 'socket', {
      configurable: true,
      get() {
        throw new Error('gone')
      },
    })
  })
  await app.register(capiPlugin, { client: createWorld().client })
  app.addHook('onRequest', async ({ raw }) => void Reflect.deleteProperty(raw, 'socket'))
  app.get('/', (request) => String(request.capi === null))
  expect(await (await fetch(await serve(app))).text()).toBe('true')
})
