import cors from '@fastify/cors'
import fastify, { type FastifyServerOptions } from 'fastify'
import { describe, expect, it, vi } from 'vitest'
import { type CapiPluginOptions, capiCollector, capiPlugin, signEvent } from '../src/index.ts'
import { createWorld, PAGE, serve } from './world.ts'

const CREDENTIALS = { pixelId: '1234567890', accessToken: 'token' }
const ORIGIN = 'https://shop.example'

function logged() {
  const lines: string[] = []
  return { lines, logger: { warn: (line: string) => void lines.push(line), error() {} } }
}

describe('options', () => {
  it.each([
    [{ concent: 'granted' }, 'write "consent"'],
    [{ siteUrl: 'shop.example' }, 'siteUrl'],
    [{ trustedProxies: 'loopback' }, 'trustedProxies'],
    [{ consent: undefined }, 'consent'],
  ])('that cannot work stop the start: %o', async (options, message) => {
    const app = fastify()
    app.register(capiPlugin, options as CapiPluginOptions)
    await expect(app.ready()).rejects.toThrow(message)
  })

  it('that are unknown are logged with the name that was meant', async () => {
    const { lines, logger } = logged()
    await fastify().register(capiPlugin, { ...CREDENTIALS, logger, autoPageview: true } as object)
    expect(lines).toEqual([
      '@capi/fastify: capiPlugin ignores an option it does not know: "autoPageview", meant "autoPageView"? (option_unknown)',
    ])
  })

  it('that throw or are async never fail a request', async () => {
    for (const broken of [
      () => {
        throw new Error('boom')
      },
      async () => {
        throw new Error('boom')
      },
    ]) {
      const { client, logger } = createWorld()
      const app = fastify()
      const names = [
        'consent',
        'user',
        'clientIp',
        'skip',
        'pageUrl',
        'autoPageView',
        'cookieDomain',
      ]
      const functions = Object.fromEntries(names.map((name) => [name, broken]))
      await app.register(capiPlugin, { client, logger, ...functions } as object)
      app.get('/', async (request) => (await request.capi.track('Lead')).outcome)
      const url = await serve(app)
      const response = await fetch(url, { headers: PAGE })
      expect([response.status, await response.text()]).toEqual([200, 'dropped'])
    }
  })
})

describe('lines of the log', () => {
  it('go to Fastify’s logger', async () => {
    const lines: string[] = []
    const stream = { write: (line: string) => void lines.push(line) }
    const app = fastify({ logger: { level: 'warn', stream } })
    await app.register(capiPlugin, { ...CREDENTIALS, unknown: 1 } as object)
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 40, msg: expect.stringContaining('"unknown"') },
    ])
    await app.close()
  })

  it('go to the console where Fastify logs nothing', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const app = fastify()
    await app.register(capiPlugin, { ...CREDENTIALS, unknown: 1 } as object)
    await app.register(capiCollector, { allowedOrigins: [], events: [], unknown: 2 } as never)
    expect(warn.mock.calls.flat()).toEqual([
      expect.stringContaining('capiPlugin ignores'),
      expect.stringContaining('capiCollector ignores'),
    ])
    warn.mockRestore()
  })
})

describe('trustProxy', () => {
  async function address(
    trustProxy: FastifyServerOptions['trustProxy'] | number,
    options: Pick<CapiPluginOptions, 'trustedProxies'> = {},
  ) {
    const { lines, logger } = logged()
    const { client } = createWorld()
    const app = fastify({ trustProxy } as FastifyServerOptions)
    await app.register(capiPlugin, { client, logger, ...options })
    app.get('/', (request) => request.capi.context.user_data?.client_ip_address ?? 'none')
    const headers = { ...PAGE, 'x-forwarded-for': '198.51.100.66, 203.0.113.7' }
    const url = await serve(app)
    await fetch(url, { headers })
    return { ip: await (await fetch(url, { headers })).text(), lines }
  }

  it.each([
    ['loopback', {}],
    [['127.0.0.1'], {}],
    [(_address: string, hop: number) => hop < 1, {}],
    [false, { trustedProxies: 1 }],
    [true, { trustedProxies: 1 }],
  ] as const)(
    '%o with %o takes the address that the nearest proxy wrote',
    async (trust, options) => {
      const { ip, lines } = await address(trust as never, options)
      expect([ip, lines]).toEqual(['203.0.113.7', []])
    },
  )

  it.each([false, 1])('%o trusts none, and what to do is logged once', async (trust) => {
    const { ip, lines } = await address(trust)
    expect(ip).toBe('none')
    expect(lines).toEqual([
      expect.stringMatching(/trustedProxies to their number.*\(trust_proxy_unset\)/s),
    ])
  })

  it('true takes what any client writes, and is logged once', async () => {
    const { ip, lines } = await address(true)
    expect(ip).toBe('198.51.100.66')
    expect(lines).toEqual([
      expect.stringMatching(/which any client can write.*trustProxy.*\(trust_proxy_all\)/s),
    ])
  })
})

describe('the collector', () => {
  const EVENT = JSON.stringify({ event_name: 'Lead', event_id: 'lead.1' })
  const OPTIONS = { allowedOrigins: [ORIGIN], events: ['Lead'] }
  const post = (url: string, type = 'text/plain') =>
    fetch(url, {
      method: 'POST',
      headers: { ...PAGE, origin: ORIGIN, 'content-type': type },
      body: EVENT,
    })

  it('stands under its prefix alone, with and without a slash', async () => {
    const { client, sent } = createWorld()
    const app = fastify()
    await app.register(capiPlugin, { client })
    await app.register(capiCollector, { prefix: '/api/events', logLevel: 'silent', ...OPTIONS })
    const url = await serve(app)
    expect((await post(`${url}/api/events`)).status).toBe(204)
    expect((await post(`${url}/api/events/`)).status).toBe(204)
    expect((await post(`${url}/events`)).status).not.toBe(204)
    expect((await fetch(`${url}/api/events`)).status).toBe(404)
    expect(await sent()).toHaveLength(1)
  })

  it('leaves the parsers, limits and hooks of the application to the application', async () => {
    const { client, sent } = createWorld()
    const app = fastify({ bodyLimit: 4 })
    app.addContentTypeParser('text/plain', () => {
      throw new Error('not for the collector')
    })
    await app.register(cors, { origin: 'https://other.example' })
    await app.register(capiPlugin, { client })
    await app.register(capiCollector, { prefix: '/events', ...OPTIONS })
    app.post('/own', (request) => request.body)
    const url = await serve(app)
    const answer = await post(`${url}/events`, 'text/plain;charset=UTF-8')
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([
      204,
      ORIGIN,
    ])
    expect((await post(`${url}/own`, 'application/json')).status).toBe(413)
    expect(await sent()).toHaveLength(1)
  })

  it('takes a signed purchase, and pairs it with the server’s own', async () => {
    const { client, emulator, sent } = createWorld()
    const secret = 'a secret of sixteen'
    const app = fastify()
    await app.register(capiPlugin, { client })
    await app.register(capiCollector, {
      prefix: '/events',
      allowedOrigins: [ORIGIN],
      events: ['Purchase'],
      signingSecret: secret,
    })
    const url = await serve(app)
    const sale = { event_id: 'order.1', custom_data: { value: 1, currency: 'EUR' } } as const
    await fetch(`${url}/events`, {
      method: 'POST',
      headers: { ...PAGE, origin: ORIGIN, 'content-type': 'text/plain' },
      body: JSON.stringify({ event_name: 'Purchase', signed: signEvent({ secret, ...sale }) }),
    })
    expect(await sent()).toMatchObject([{ event_name: 'Purchase', ...sale }])
    expect(emulator.events()).toHaveLength(1)
  })

  it('passes the request to onRefused', async () => {
    const refused: unknown[] = []
    const app = fastify()
    await app.register(capiPlugin, { client: createWorld().client })
    await app.register(capiCollector, {
      prefix: '/events',
      ...OPTIONS,
      allowedOrigins: [],
      logger: logged().logger,
      onRefused: (reason, request) => void refused.push([reason, request.url]),
    })
    await post(`${await serve(app)}/events`)
    expect(refused).toEqual([['origin_not_allowed', '/events']])
  })

  it('says that the plugin is missing', async () => {
    const app = fastify()
    app.register(capiCollector, { prefix: '/events', ...OPTIONS })
    await expect(app.ready()).rejects.toThrow('await app.register(capiPlugin)')
  })

  it('refuses to start open', async () => {
    const app = fastify()
    await app.register(capiPlugin, { client: createWorld().client })
    app.register(capiCollector, { prefix: '/events', allowedOrigins: ['*'], events: ['Lead'] })
    await expect(app.ready()).rejects.toThrow('allowedOrigins')
  })
})
