import { createCapi, memoryOutbox } from '@capi/core'
import { type Platform, type PlatformHostOptions, platformHost } from '@capi/core/adapter'
import { createEmulator } from '@capi/emulator'
import { describe, expect, it } from 'vitest'

type Headers = Readonly<Record<string, string>>
interface Visited {
  readonly headers?: Headers
  readonly platform?: Platform
}

const ENVIRONMENT = { META_PIXEL_ID: '1234567890', META_CAPI_ACCESS_TOKEN: 'token' }

function world(
  options: PlatformHostOptions<Headers> = {},
  { isIsolated = false, environment = ENVIRONMENT as object | undefined } = {},
) {
  const emulator = createEmulator()
  const log: string[] = []
  const logger = {
    warn: (line: string) => void log.push(line),
    error: (line: string) => void log.push(line),
  }
  const host = platformHost<Headers>({ fetch: emulator.fetch, logger, ...options } as never, {
    name: 'capiTest',
    prefix: 'test: ',
    environment,
    isIsolated,
  })
  const open = ({ headers = {}, platform }: Visited = {}) => {
    const all: Headers = {
      host: 'shop.example',
      accept: 'text/html',
      'user-agent': 'UA/1',
      ...headers,
    }
    return host.open({ method: 'GET', url: '/p', header: (name) => all[name] }, all, platform)
  }
  return { emulator, log, host, open, sent: () => emulator.events().map(({ payload }) => payload) }
}

const IP = '81.6.1.2'
const FORGED = { 'x-forwarded-for': '6.6.6.6', 'x-forwarded-host': 'evil.example' }

describe('option address', () => {
  it.each([
    ['cloudflare', 'cf-connecting-ip'],
    ['fly', 'fly-client-ip'],
    ['netlify', 'x-nf-client-connection-ip'],
    ['vercel', 'x-vercel-forwarded-for'],
  ] as const)(
    '%s: the header of the platform counts, and no other but its scheme',
    (address, header) => {
      const { open } = world({ address })
      const headers = { ...FORGED, 'x-forwarded-proto': 'https', [header]: IP }
      const { context } = open({ headers, platform: { remoteAddress: '10.0.0.1' } }).tracker
      expect(context).toMatchObject({
        event_source_url: 'https://shop.example/p',
        user_data: { client_ip_address: IP },
      })
    },
  )

  it('trusts nothing of a request that did not pass the platform', () => {
    const { open, log } = world({ address: 'vercel' })
    const headers = { ...FORGED, 'x-forwarded-proto': 'https', 'cf-connecting-ip': '6.6.6.6' }
    const { context } = open({ headers, platform: { remoteAddress: IP } }).tracker
    expect(context).toMatchObject({
      event_source_url: 'http://shop.example/p',
      user_data: { client_ip_address: IP },
    })
    expect(open({ headers }).tracker.context.user_data).not.toHaveProperty('client_ip_address')
    expect(log).toEqual([
      expect.stringMatching(/^test: .*option address: 'cloudflare'.*\(client_ip_unknown\)\.$/),
    ])
  })

  it('counts proxies from the right, and takes a function', () => {
    const headers = { 'x-forwarded-for': `6.6.6.6, ${IP}` }
    expect(world({ address: 1 }).open({ headers }).tracker.context.user_data).toMatchObject({
      client_ip_address: IP,
    })
    const { open } = world({ address: (native) => native['x-own'] })
    expect(open({ headers: { ...headers, 'x-own': IP } }).tracker.context.user_data).toMatchObject({
      client_ip_address: IP,
    })
  })

  it('trusts no header by default, but Cloudflare’s in Cloudflare Workers', () => {
    const headers = { ...FORGED, 'cf-connecting-ip': IP }
    expect(world().open({ headers }).tracker.context.user_data).not.toHaveProperty(
      'client_ip_address',
    )
    const { open } = world({}, { isIsolated: true })
    expect(open({ headers }).tracker.context.user_data).toMatchObject({ client_ip_address: IP })
  })

  it.each(['heroku', -1, 1.5, true, {}])('%j stops the start', (address) => {
    expect(() => world({ address: address as never })).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        message: expect.stringContaining("'cloudflare', 'fly', 'netlify' or 'vercel'"),
      }),
    )
  })
})

describe('clients of requests', () => {
  const isIsolated = true

  function platform(more: Platform = {}) {
    const works: Promise<unknown>[] = []
    return {
      works,
      platform: {
        env: ENVIRONMENT,
        waitUntil: (work: Promise<unknown>) => void works.push(work),
        ...more,
      },
    }
  }

  it('are made for events alone, and closed in waitUntil', async () => {
    const { open, sent } = world({}, { isIsolated })
    const idle = platform()
    open(idle).end()
    expect(idle.works).toEqual([])
    const { works, ...given } = platform()
    const visit = open({ ...given, headers: { 'cf-connecting-ip': IP } })
    await visit.tracker.track('Lead', {}, { event_id: 'lead.1' })
    visit.end()
    visit.end()
    expect(works).toHaveLength(1)
    await works[0]
    expect(sent()).toMatchObject([{ event_id: 'lead.1' }])
  })

  it('deliver what is tracked after the response', async () => {
    const { open, sent } = world({}, { isIsolated })
    const { works, ...given } = platform()
    const visit = open({ ...given, headers: { 'cf-connecting-ip': IP } })
    visit.end()
    await Promise.all(
      [1, 2].map((id) => visit.tracker.track('Lead', {}, { event_id: `lead.${id}` })),
    )
    expect(works.length).toBeGreaterThan(0)
    await Promise.all(works)
    expect(sent()).toHaveLength(2)
  })

  it('drop what waits for a consent when the response is made', async () => {
    const { open, sent } = world({ consent: () => undefined }, { isIsolated })
    const { works, ...given } = platform()
    const visit = open({ ...given, headers: { 'cf-connecting-ip': IP } })
    await visit.tracker.track('Lead')
    visit.end()
    await Promise.all(works)
    expect(sent()).toEqual([])
  })

  it('are warned of without waitUntil, once, and deliver as far as the runtime lets them', async () => {
    const { open, log, sent } = world({}, { isIsolated })
    for (const id of [1, 2]) {
      const visit = open({ platform: { env: ENVIRONMENT }, headers: { 'cf-connecting-ip': IP } })
      await visit.tracker.track('Lead', {}, { event_id: `lead.${id}` })
      visit.end()
    }
    expect(log).toEqual([expect.stringMatching(/^test: .*\(wait_until_missing\)\.$/)])
    await expect.poll(() => sent().length, { timeout: 15_000 }).toBe(2)
  })

  it('use the waitUntil of the options where the request has none', async () => {
    const works: Promise<unknown>[] = []
    const { open, log } = world({ waitUntil: (work) => void works.push(work) }, { isIsolated })
    const visit = open({ platform: { env: ENVIRONMENT }, headers: { 'cf-connecting-ip': IP } })
    await visit.tracker.track('Lead')
    visit.end()
    await Promise.all(works)
    expect([works.length, log]).toEqual([1, []])
  })

  it('have an outbox each, made of the bindings', async () => {
    const envs: object[] = []
    const outbox = (env: object) => {
      envs.push(env)
      return memoryOutbox()
    }
    const { open, sent } = world({ outbox }, { isIsolated })
    for (const id of [1, 2]) {
      const { works, ...given } = platform()
      const visit = open({ ...given, headers: { 'cf-connecting-ip': IP } })
      await visit.tracker.track('Lead', {}, { event_id: `lead.${id}` })
      visit.end()
      await Promise.all(works)
    }
    expect(envs).toEqual([ENVIRONMENT, ENVIRONMENT])
    expect(sent()).toHaveLength(2)
  })

  it('cost their events, not the request, where none can be made', async () => {
    const outbox = () => {
      throw new Error('no binding')
    }
    const { open, log } = world({ outbox }, { isIsolated })
    const visit = open({ ...platform(), headers: { 'cf-connecting-ip': IP } })
    expect(await visit.tracker.track('Lead')).toMatchObject({
      outcome: 'dropped',
      reason: 'disabled',
    })
    expect(log).toEqual([expect.stringMatching(/^test: Option outbox .*\(config_invalid\)\.$/)])
  })

  it('stop the start where an option is malformed, or a client is given', () => {
    expect(() => world({ pixelId: 'my pixel' }, { isIsolated })).toThrow(/pixelId/)
    expect(() =>
      world({ client: createCapi({ enabled: false }) } as never, { isIsolated }),
    ).toThrow(/Option client cannot be used/)
    expect(() => world({}, { isIsolated }).host.client).toThrow(/each request has its own/)
  })
})

describe('the client of a server', () => {
  it('is made at the start, and lives on', async () => {
    const { host, open, sent } = world()
    const visit = open({ platform: { remoteAddress: IP } })
    await visit.tracker.track('Lead')
    visit.end()
    await visit.tracker.track('Lead')
    await host.client.flush()
    expect(sent()).toHaveLength(2)
  })

  it('is made of the first request’s env where the runtime has no environment', async () => {
    const { open, host, sent } = world({}, { environment: undefined })
    await open({ platform: { env: ENVIRONMENT, remoteAddress: IP } }).tracker.track('Lead')
    await host.client.flush()
    expect(sent()).toHaveLength(1)
    expect(() => world({ pixelId: 'my pixel' }, { environment: undefined })).toThrow(/pixelId/)
  })

  it('is flushed in waitUntil, once there are events', async () => {
    const { open, sent } = world()
    const works: Promise<unknown>[] = []
    const waitUntil = (work: Promise<unknown>) => void works.push(work)
    open({ platform: { waitUntil } }).end()
    expect(works).toEqual([])
    const visit = open({ platform: { waitUntil, remoteAddress: IP } })
    await visit.tracker.track('Lead')
    visit.end()
    await Promise.all(works)
    expect(sent()).toHaveLength(1)
  })

  it('is not closed by requests that say they are isolated, where it was given', async () => {
    const emulator = createEmulator()
    const client = createCapi({
      pixelId: '1234567890',
      accessToken: 'token',
      fetch: emulator.fetch,
    })
    const { open } = world({ client, fetch: undefined } as never)
    const works: Promise<unknown>[] = []
    const visit = open({
      platform: { isolated: true, remoteAddress: IP, waitUntil: (work) => void works.push(work) },
    })
    await visit.tracker.track('Lead')
    visit.end()
    await Promise.all(works)
    expect(
      await client.track(
        'Lead',
        {},
        { action_source: 'chat', user_data: { em: 'anna@example.com' } },
      ),
    ).toMatchObject({ outcome: 'accepted' })
  })
})

it.each(['cloudflare', 7, null])(
  '%j for a platform is reported once, and the request goes on',
  async (platform) => {
    const { open, log, host, sent } = world({ address: 1 })
    for (let time = 0; time < 2; time++) {
      const visit = open({ platform: platform as never, headers: { 'x-forwarded-for': IP } })
      await visit.tracker.track('Lead')
      visit.end()
    }
    await host.client.flush()
    expect(sent()).toHaveLength(2)
    expect(log).toEqual([expect.stringMatching(/^test: The platform .*\(platform_unknown\)\.$/)])
  },
)
