import { createServer } from 'node:http'
import { CapiError, createCapi } from '@capi/core'
import { createEmulator } from '@capi/emulator'
import express from 'express'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import {
  type CapiMiddlewareOptions,
  capiCollector,
  capiMiddleware,
  closeOnShutdown,
  signEvent,
} from '../src/index.ts'
import { createWorld, serve } from './serve.ts'

const VARIABLES = [
  'META_PIXEL_ID',
  'META_DATASET_ID',
  'META_CAPI_ACCESS_TOKEN',
  'META_TEST_EVENT_CODE',
  'META_GRAPH_API_VERSION',
  'CAPI_BASE_URL',
]
beforeEach(() => {
  for (const name of VARIABLES) vi.stubEnv(name, undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
})

function logged() {
  const lines: string[] = []
  const logger = { warn: (line: string) => void lines.push(line), error() {} }
  return { lines, logger }
}

const CREDENTIALS = { pixelId: '1234567890', accessToken: 'token' }

it('sends to the server that createCapi sends to, from the same options object', async () => {
  const emulator = createEmulator()
  const { url } = await emulator.listen({ port: 0 })
  vi.stubEnv('CAPI_BASE_URL', 'http://127.0.0.1:9')
  const options = {
    ...CREDENTIALS,
    baseUrl: ` ${url}/ `,
    siteUrl: 'https://shop.example',
    logger: logged().logger,
  }
  const client = createCapi(options)
  await client.send({
    event_name: 'Lead',
    event_id: 'from createCapi',
    action_source: 'phone_call',
    user_data: { em: 'anna@example.com' },
  })
  const capi = capiMiddleware(options)
  const app = express().use(capi)
  app.get('/p', async (req, res) => {
    await req.capi.track(
      'Lead',
      {},
      { event_id: 'from capiMiddleware', user_data: { em: 'anna@example.com' } },
    )
    res.end()
  })
  await fetch(`${await serve(app as never)}/p`)
  await capi.client.close()
  const events = emulator.events()
  expect(events.map(({ event_id }) => event_id)).toEqual(['from createCapi', 'from capiMiddleware'])
  expect(events[1]?.payload['event_source_url']).toBe('https://shop.example/p')
  await emulator.close()
})

it.each([
  'https://shop.example',
  'https://www.shop.example/de',
  'http://shop.example',
  'shop.example',
])('refuses baseUrl where the site’s address is meant, and says what to write: %s', (baseUrl) => {
  const { client } = createWorld()
  for (const options of [{ ...CREDENTIALS, baseUrl }, { client, baseUrl } as object])
    expect(() => capiMiddleware(options)).toThrow(
      /baseUrl is the address of Meta's API.*write siteUrl: 'https?:\/\//,
    )
})

it('says of app.use(capiMiddleware) that parentheses are missing', async () => {
  const app = express().use(capiMiddleware as never)
  app.use('/events', capiCollector as never)
  const errors: unknown[] = []
  app.use((error: unknown, _req: unknown, res: express.Response, _next: unknown) => {
    errors.push(error)
    res.sendStatus(500)
  })
  const url = await serve(app as never)
  expect((await fetch(url)).status).toBe(500)
  expect(String(errors[0])).toContain(
    'call it when you mount it, capiMiddleware(), with parentheses',
  )
  expect(CapiError.is(errors[0])).toBe(true)
})

it('says of a mounted capiCollector the same', async () => {
  const url = await serve(
    createServer((req, res) => {
      try {
        capiCollector(req as never)
      } catch (error) {
        res.end(String(error))
      }
    }),
  )
  expect(await (await fetch(url)).text()).toContain('capiCollector(), with parentheses')
})

describe('an unknown option', () => {
  it.each([
    ['pixelid', 'pixelId'],
    ['token', 'accessToken'],
    ['onDelivery', 'onDelivered'],
    ['trustProxies', 'trustedProxies'],
    ['autoPageview', 'autoPageView'],
  ])('is logged once at the start: %s', (name, meant) => {
    const { lines, logger } = logged()
    capiMiddleware({ ...CREDENTIALS, logger, [name]: 1 })
    expect(lines).toEqual([
      `@capi/express: capiMiddleware ignores an option it does not know: "${name}", meant "${meant}"? (option_unknown)`,
    ])
  })

  it('is logged by the collector and by closeOnShutdown too', () => {
    const { lines, logger } = logged()
    capiCollector({ allowedOrigins: [], events: [], logger, rateLimit: { perMinutes: 1 } } as never)
    expect(lines.join()).toContain('"rateLimit.perMinutes", meant "rateLimit.perMinute"?')
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const server = createServer()
    void closeOnShutdown(server, createWorld().client, { timeout: 1, signals: [] } as object)
    expect(warn.mock.calls.join()).toContain(
      'closeOnShutdown ignores an option it does not know: "timeout"',
    )
    warn.mockRestore()
  })

  it.each(['concent', 'Consent', 'consents'])(
    'that is like consent stops the start: %s',
    (name) => {
      const { client } = createWorld()
      expect(() => capiMiddleware({ client, [name]: () => 'denied' })).toThrow('write "consent"')
    },
  )
})

describe('blanks', () => {
  it('are trimmed from options and from what functions answer', async () => {
    const { client, sent, logger } = createWorld()
    const options: CapiMiddlewareOptions = {
      client,
      logger,
      siteUrl: ' https://shop.example\n',
      cookieDomain: () => ' shop.example ',
      clientIp: () => '\t203.0.113.9 ',
      consent: () => ' granted ' as never,
    }
    const app = express().use(capiMiddleware(options))
    app.get('/p', async (req, res) => {
      await req.capi.track('Lead', {}, { user_data: { em: 'anna@example.com' } })
      res.end()
    })
    const response = await fetch(`${await serve(app as never)}/p`, {
      headers: { accept: 'text/html' },
    })
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringContaining('Domain=shop.example'),
    ])
    expect(await sent()).toMatchObject([
      {
        event_source_url: 'https://shop.example/p',
        user_data: { client_ip_address: '203.0.113.9' },
      },
    ])
  })

  it('alone are unset: the environment and the defaults count', () => {
    vi.stubEnv('META_PIXEL_ID', '1234567890')
    vi.stubEnv('META_CAPI_ACCESS_TOKEN', 'token')
    const { lines, logger } = logged()
    capiMiddleware({ pixelId: '', accessToken: ' \n', siteUrl: '', cookieDomain: ' ', logger })
    expect(lines).toEqual([])
  })

  it('alone are no consent', () => {
    const { client } = createWorld()
    expect(() => capiMiddleware({ client, consent: ' ' as never })).toThrow(
      'Option consent must be',
    )
  })

  it('around a secret are ignored when an event is signed and when it is collected', async () => {
    const { client, sent } = createWorld()
    const secret = 'a-secret-of-the-shop'
    const signed = signEvent({
      secret: `${secret}\n`,
      event_id: 'order.1',
      custom_data: { value: 1, currency: 'EUR' },
    })
    const app = express().use(capiMiddleware({ client }))
    app.use(
      '/events',
      capiCollector({
        allowedOrigins: [' https://shop.example '],
        events: ['Purchase'],
        signingSecret: ` ${secret}`,
      }),
    )
    await fetch(`${await serve(app as never)}/events`, {
      method: 'POST',
      headers: {
        origin: 'https://shop.example',
        'content-type': 'text/plain',
        'user-agent': 'UA/1',
      },
      body: JSON.stringify({ event_name: 'Purchase', signed }),
    })
    expect(await sent()).toMatchObject([{ event_name: 'Purchase', event_id: 'order.1' }])
  })
})

it('says once that a connection has no address, as on a Unix socket, and counts proxies there', async () => {
  const { client, logger, log } = createWorld()
  const visits = async (trust: number) => {
    const app = express().set('trust proxy', trust)
    app.use((req, _res, next) => {
      Object.defineProperty(req.socket, 'remoteAddress', { value: undefined })
      next()
    })
    app.use(capiMiddleware({ client, logger }))
    app.get('/', (req, res) => void res.json(req.capi.context.user_data?.client_ip_address ?? null))
    const url = await serve(app as never)
    const headers = { 'x-forwarded-for': '6.6.6.6, 203.0.113.9' }
    return [
      await (await fetch(url, { headers })).json(),
      await (await fetch(url, { headers })).json(),
    ]
  }
  expect(await visits(0)).toEqual([null, null])
  expect(log).toEqual([
    expect.stringMatching(/^@capi\/express: .*behind a Unix socket .*\(client_ip_unknown\)/),
  ])
  expect(await visits(1)).toEqual(['203.0.113.9', '203.0.113.9'])
  expect(log).toHaveLength(1)
})

describe('a client together with options of one', () => {
  it('does not compile, and is said in JavaScript', () => {
    const { client } = createWorld()
    const warn = vi.fn()
    const logger = { warn, error: vi.fn() }
    // @ts-expect-error the client has its own
    capiMiddleware({ client, logger, testEventCode: 'TEST1', phoneCountry: 'DE' })
    expect(warn.mock.calls).toEqual([
      [
        '@capi/express: capiMiddleware ignores the options testEventCode, phoneCountry: the client it was given has options of its own. Pass them to the createCapi that made it (option_ignored)',
      ],
    ])
  })

  it('is no fault where they are undefined, or for requests', () => {
    const { client } = createWorld()
    const warn = vi.fn()
    const logger = { warn, error: vi.fn() }
    capiMiddleware({ client, logger, consent: 'granted', testEventCode: undefined })
    capiMiddleware({ client: undefined, logger, pixelId: '1234567890', accessToken: 'token' })
    expect(warn).not.toHaveBeenCalled()
  })
})
