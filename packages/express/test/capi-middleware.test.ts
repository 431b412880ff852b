import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Capi, createCapi } from '@capi/core'
import type { RequestContext } from '@capi/core/adapter'
import { createEmulator } from '@capi/emulator'
import express from 'express'
import express4 from 'express4'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { capiMiddleware, getCapi, type RequestOptions } from '../src/index.ts'

const page = { accept: 'text/html', 'user-agent': 'UA/1' }
const visitor = {
  ...page,
  'x-forwarded-for': '203.0.113.7',
  'x-forwarded-proto': 'https',
  'x-forwarded-host': 'shop.example',
}

let emulator: ReturnType<typeof createEmulator>
let client: Capi
const closing: (() => void)[] = []

beforeEach(() => {
  emulator = createEmulator()
  client = createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    fetch: emulator.fetch,
    logger: { warn() {}, error() {} },
  })
})
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  closing.push(() => server.close().closeAllConnections())
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function shop(options: RequestOptions & { client?: typeof client } = {}) {
  const app = express()
  app.set('trust proxy', 'loopback')
  app.use(capiMiddleware({ client, ...options }))
  app.get('/buy', async (req, res) => {
    const receipt = await req.capi.track(
      'Purchase',
      { value: 12, currency: 'EUR' },
      { event_id: 'order.1', user_data: { em: 'Anna@Example.com' } },
    )
    res.json(receipt)
  })
  app.get('/plain', (_req, res) => void res.send('ok'))
  app.get('/context', (req, res) => void res.json(req.capi.context))
  return app
}

async function contextOf(url: string): Promise<RequestContext['scope']> {
  const response = await fetch(url, { headers: visitor })
  return (await response.json()) as RequestContext['scope']
}

async function sent(): Promise<Record<string, unknown>> {
  await client.flush()
  const [event] = emulator.events()
  return event?.payload ?? {}
}

it('tracks with what the request knows of its visitor', async () => {
  const url = await serve(shop())
  const cookie = '_fbp=fb.1.1596403881668.1116446470'
  await fetch(`${url}/buy?fbclid=AbC_d-E`, {
    headers: { ...visitor, cookie, referer: 'https://search.example/' },
  })
  expect(await sent()).toMatchObject({
    event_name: 'Purchase',
    event_id: 'order.1',
    action_source: 'website',
    event_source_url: 'https://shop.example/buy?fbclid=AbC_d-E',
    referrer_url: 'https://search.example/',
    user_data: {
      em: [expect.stringMatching(/^[0-9a-f]{64}$/)],
      client_ip_address: '203.0.113.7',
      client_user_agent: 'UA/1',
      fbc: expect.stringMatching(/^fb\.1\.\d{13}\.AbC_d-E$/),
      fbp: 'fb.1.1596403881668.1116446470',
    },
  })
})

it('believes no proxy that the application does not trust', async () => {
  const app = shop()
  app.set('trust proxy', false)
  const url = await serve(app)
  const context = await contextOf(`${url}/context`)
  expect(context.user_data?.client_ip_address).toBeUndefined()
  expect(context.event_source_url).toBe(`${url}/context`)
})

describe('cookies', () => {
  const cookiesOf = async (path: string, headers: Record<string, string>, options = {}) =>
    (await fetch((await serve(shop(options))) + path, { headers })).headers.getSetCookie()

  it('go out with a page that was asked for with a click id', async () => {
    const cookies = await cookiesOf('/plain?fbclid=AbC', visitor)
    expect(cookies.map((one) => one.split('=')[0])).toEqual(['_fbc', '_fbp'])
    expect(cookies[0]).toContain('; Secure')
    expect(cookies[0]).not.toContain('HttpOnly')
  })

  it.each([
    ['a request for data', '/plain?fbclid=AbC', { accept: 'application/json' }, {}],
    ['an image', '/plain?fbclid=AbC', { ...page, 'sec-fetch-dest': 'image' }, {}],
    ['an application without consent', '/plain?fbclid=AbC', page, { cookies: false }],
    ['a visitor who has them', '/plain', { ...page, cookie: '_fbp=fb.1.1596403881668.1' }, {}],
  ])('stay away from %s', async (_name, path, headers, options) => {
    expect(await cookiesOf(path, headers, options)).toEqual([])
  })

  it('get the domain the application names', async () => {
    const [cookie] = await cookiesOf('/plain', visitor, { cookieDomain: 'shop.example' })
    expect(cookie).toContain('; Domain=shop.example')
  })
})

it('says of a request without a tracker where the middleware belongs', () => {
  expect(() => getCapi({})).toThrow(
    expect.objectContaining({
      code: 'config_invalid',
      message: expect.stringContaining('Mount the middleware before the routes'),
    }),
  )
})

it('works on a bare Node server', async () => {
  const middleware = capiMiddleware({ client, clientIp: () => '203.0.113.9' })
  const url = await serve((req, res) =>
    middleware(req, res, () => {
      void getCapi(req)
        .track('Lead', {}, { user_data: { external_id: 7 } })
        .then(() => res.end())
    }),
  )
  await fetch(`${url}/lead`, { headers: page })
  expect(await sent()).toMatchObject({
    event_source_url: `${url}/lead`,
    user_data: { client_ip_address: '203.0.113.9' },
  })
})

it('reads its configuration from the environment', async () => {
  vi.stubEnv('META_PIXEL_ID', '1234567890')
  vi.stubEnv('META_CAPI_ACCESS_TOKEN', 'token')
  vi.stubEnv('META_TEST_EVENT_CODE', 'TEST7')
  const app = express()
  const middleware = capiMiddleware({ fetch: emulator.fetch })
  app.use(middleware)
  app.get('/', async (req, res) => void res.json(await req.capi.track('PageView')))
  await fetch(await serve(app), { headers: page })
  await middleware.client.flush()
  expect(emulator.events()).toMatchObject([
    { event_name: 'PageView', pixel_id: '1234567890', test_event_code: 'TEST7' },
  ])
  vi.unstubAllEnvs()
})

it('runs without a token: the route answers, the event is counted as disabled', async () => {
  const silent = createCapi({ logger: { warn() {}, error() {} } })
  const url = await serve(shop({ client: silent }))
  const response = await fetch(`${url}/buy`, { headers: page })
  expect(await response.json()).toMatchObject({ outcome: 'dropped', reason: 'disabled' })
  expect((await silent.stats()).dropped.disabled).toBe(1)
})

it('survives a clientIp that throws', async () => {
  const url = await serve(
    shop({
      clientIp: () => {
        throw new Error('boom')
      },
    }),
  )
  const response = await fetch(`${url}/context`, { headers: visitor })
  expect(await response.json()).toMatchObject({ user_data: { client_ip_address: '203.0.113.7' } })
})

it('is harmless when mounted twice', async () => {
  const app = shop()
  const outer = express().use(capiMiddleware({ client }), app)
  outer.set('trust proxy', 'loopback')
  const response = await fetch(`${await serve(outer)}/plain?fbclid=AbC`, { headers: visitor })
  expect(response.headers.getSetCookie()).toHaveLength(2)
})

it.each([
  ['5', express],
  ['4', express4],
])(
  'gives each request of Express %s its own tracker, in mounted applications too, and no other application one',
  async (_version, make) => {
    const inner = make()
    inner.get('/id', (req, res) => void res.json({ id: req.capi.pageViewId }))
    const app = make().use(capiMiddleware({ client })).use('/inner', inner)
    app.get('/id', (req, res) => void res.json({ id: req.capi.pageViewId }))
    const other = make().get('/id', (req, res) => void res.json({ has: req.capi !== undefined }))
    const url = await serve(app)
    const bodies = await Promise.all(
      ['/id', '/id', '/inner/id', '/inner/id'].map(async (path) =>
        (await fetch(url + path)).json(),
      ),
    )
    expect(new Set(bodies.map((body) => (body as { id: string }).id)).size).toBe(4)
    expect(await (await fetch(`${await serve(other)}/id`)).json()).toEqual({ has: false })
  },
)

it('gives data that a job can track with later', async () => {
  const url = await serve(shop())
  const context = await contextOf(`${url}/context`)
  await client.with(context).track('Purchase', { value: 1, currency: 'EUR' })
  expect(await sent()).toMatchObject({
    user_data: { client_ip_address: '203.0.113.7', client_user_agent: 'UA/1' },
  })
})

it('explains itself when the middleware is missing', () => {
  expect(() => getCapi({})).toThrow('app.use(capiMiddleware())')
})

describe('below a router of the application', () => {
  it.each([
    ['Express 5', express],
    ['Express 4', express4],
  ])('knows the whole address of a page (%s)', async (_name, factory) => {
    const app = factory()
    app.set('trust proxy', 'loopback')
    const router = factory.Router()
    router.use(capiMiddleware({ client }))
    router.get('/mugs', (req, res) => void res.json(getCapi(req).context))
    app.use('/shop', router)
    const url = await serve(app)
    const answer = await fetch(`${url}/shop/mugs?size=2`, { headers: visitor })
    expect(await answer.json()).toMatchObject({
      event_source_url: 'https://shop.example/shop/mugs?size=2',
    })
  })
})

it('adds nothing to what loops over a request see', async () => {
  const app = express()
  app.use(capiMiddleware({ client }))
  app.get('/names', (req, res) => {
    const names: string[] = []
    for (const name in req) names.push(name)
    res.json({ has: 'capi' in req, isSeen: names.includes('capi') })
  })
  const answer = await fetch(`${await serve(app)}/names`)
  expect(await answer.json()).toEqual({ has: true, isSeen: false })
})
