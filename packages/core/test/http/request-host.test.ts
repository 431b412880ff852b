import { describe, expect, it } from 'vitest'
import { type HostOptions, type HostSetup, requestHost } from '../../src/adapter.ts'
import { type CapiOptions, createCapi } from '../../src/index.ts'

type Options = HostOptions<Request> & {
  readonly autoPageView?: boolean | ((request: Request) => boolean)
}

/** An adapter for fetch handlers, as short as one is: what it reads, and what it writes. */
function world(given: object = {}, setup: Partial<HostSetup<Request, Options>> = {}) {
  const sent: Record<string, unknown>[] = []
  const log: string[] = []
  const client: CapiOptions = {
    pixelId: '1234567890',
    accessToken: 'token',
    async fetch(_url, init) {
      const { data } = JSON.parse(init?.body as string) as { data: Record<string, unknown>[] }
      sent.push(...data)
      return Response.json({ events_received: data.length })
    },
  }
  const logger = { warn: (line: string) => void log.push(line), error() {} }
  const host = requestHost<Request, Options>({ ...client, logger, ...given } as Options, {
    name: 'capiWeb',
    prefix: '@capi/web: ',
    table: { autoPageView: 'any' } as never,
    environment: {},
    trustAdvice: 'Set the option address.',
    ...setup,
  })
  const open = (request: Request, beside?: ReturnType<typeof host.open>) => {
    const { method, url, headers } = request
    const header = (name: string) => headers.get(name)
    return host.open({ method, url, header, clientIp: '203.0.113.7' }, request, () => {}, beside)
  }
  const visit = (request: Request, response = new Response('ok')) => {
    const visited = open(request)
    const head = {
      cacheControl: response.headers.get('cache-control') ?? '',
      setCookie: response.headers.getSetCookie(),
    }
    const cookies = visited.cookies(head).map((one) => one.split('=')[0])
    visited.answered(response.status)
    return { visited, cookies }
  }
  const events = async () => {
    await host.client.flush()
    return sent
  }
  return { host, open, visit, events, log, logger }
}

const page = (path = '/', headers: Record<string, string> = {}) =>
  new Request(`https://shop.example${path}`, {
    headers: { accept: 'text/html', 'user-agent': 'UA/1', ...headers },
  })

describe('an adapter on the host', () => {
  it('sets cookies on pages and tracks their PageView, and leaves the rest alone', async () => {
    const { visit, events } = world({ autoPageView: true })
    const { visited, cookies } = visit(page('/?fbclid=AbC'))
    expect(cookies).toEqual(['_fbc', '_fbp'])
    expect(visit(page('/api', { accept: 'application/json' })).cookies).toEqual([])
    expect(visit(page('/', { 'user-agent': 'Googlebot' })).cookies).toEqual([])
    visit(page('/gone'), new Response('', { status: 404 }))
    expect(await events()).toMatchObject([
      { event_name: 'PageView', event_id: visited.tracker.pageViewId },
    ])
  })

  it('sets no cookie that the application sets, and none that a shared cache would keep', () => {
    const { visit, log } = world()
    const own = new Response('', { headers: { 'set-cookie': '_fbp=x' } })
    expect(visit(page('/?fbclid=AbC'), own).cookies).toEqual(['_fbc'])
    const cached = new Response('', { headers: { 'cache-control': 'public, max-age=60' } })
    const { cookies, visited } = visit(page(), cached)
    expect(cookies).toEqual([])
    expect(log).toEqual([])
    expect(visited.tracker.pageViewId).toMatch(/^[0-9a-f-]{36}$/)
    visited.answered(200)
    visited.answered(200)
    expect(log).toEqual([expect.stringMatching(/^@capi\/web: .*private.*\(page_id_cached\)\.$/)])
  })

  it('asks skip once, as the request comes in, or late, at each event', async () => {
    for (const [skip, expected] of [
      [undefined, 1],
      ['late', 3],
    ] as const) {
      let asked = 0
      const options = {
        skip: () => {
          asked++
          return false
        },
      }
      const { open } = world(options, { skip })
      const { tracker } = open(page())
      for (const name of ['Lead', 'Search', 'Contact'] as const) await tracker.track(name)
      expect([skip, asked]).toEqual([skip, expected])
    }
  })

  it('gives a visitor one _fbp from two hosts, and skip() counts for both', async () => {
    const [one, other] = [world(), world()]
    const first = one.open(page())
    const second = other.open(page(), first)
    expect(first.tracker.context.user_data?.fbp).toBe(second.tracker.context.user_data?.fbp)
    first.skip()
    expect(await second.tracker.track('Lead')).toMatchObject({ reason: 'disabled' })
  })

  it('tracks nothing that was held, once the request is skipped', async () => {
    const { open, events } = world({ consent: () => undefined })
    const visit = open(page())
    expect(await visit.tracker.track('Lead')).toMatchObject({ outcome: 'held' })
    visit.skip()
    visit.tracker.setConsent('granted')
    expect(await events()).toEqual([])
  })

  it('works when its methods are taken out of it', async () => {
    const { open, events } = world()
    // oxlint-disable-next-line typescript/unbound-method -- that is the test
    const { track, setUser, setConsent, eventId } = open(page()).tracker
    setUser({ external_id: 1 })
    setConsent('ldu')
    await track('Lead', {}, { event_id: eventId('lead', 1) })
    expect(await events()).toMatchObject([
      {
        event_id: 'lead.1',
        data_processing_options: ['LDU'],
        user_data: { external_id: [expect.any(String)] },
      },
    ])
  })
})

it.each([
  ['user', { em: 'anna@example.com' }],
  ['clientIp', '203.0.113.7'],
  ['pageUrl', '/cart'],
  ['skip', true],
  ['cookies', 'no'],
  ['autoPageView', 'yes'],
  ['trustedProxies', 'loopback'],
  ['trustedProxies', -1],
  ['trustedProxies', 1.5],
  ['client', {}],
])('stops the start for an option %s that could never work: %j', (option, value) => {
  const table = { autoPageView: 'any', trustedProxies: 'any' } as never
  expect(() => world({ [option]: value }, { table })).toThrow(
    expect.objectContaining({
      code: 'config_invalid',
      message: expect.stringMatching(`^Option ${option} must be a `),
    }),
  )
})

it('takes a trust function that throws for no trust, and logs it once', () => {
  const trustedProxies = () => {
    throw new TypeError('203.0.113.9')
  }
  const table = { trustedProxies: 'any' } as never
  const { host, log } = world({ trustedProxies }, { table })
  const header = (name: string) => ({ 'x-forwarded-for': '81.6.1.2' })[name]
  for (let i = 0; i < 2; i++) {
    const request = { url: 'https://shop.example/', remoteAddress: '10.0.0.1', header }
    const { tracker } = host.open(request, page(), () => {})
    expect(tracker.context.user_data?.client_ip_address).toBeUndefined()
  }
  expect(log.filter((line) => line.includes('option_threw'))).toEqual([
    '@capi/web: Option trustedProxies threw TypeError: that counts as no answer. Logged once (option_threw).',
  ])
  expect(log.join()).not.toContain('203.0.113.9')
})

describe('a client whose options hold the consent of an adapter, as one object for both may', () => {
  it('tracks, queues and sends what the visitor allows, by each way', async () => {
    const sent: unknown[] = []
    const shared = { consent: () => 'granted' as const, logger: { warn() {}, error() {} } }
    const client = createCapi({
      ...shared,
      pixelId: '1234567890',
      accessToken: 'token',
      async fetch(_url, init) {
        const { data } = JSON.parse(init?.body as string) as { data: unknown[] }
        sent.push(...data)
        return Response.json({ events_received: data.length })
      },
    } as CapiOptions)
    const none = { pixelId: undefined, accessToken: undefined, fetch: undefined }
    const { tracker } = world({ ...shared, ...none, client }).open(page())
    expect(await tracker.track('Lead')).toMatchObject({ outcome: 'accepted' })
    expect(await tracker.enqueue({ event_name: 'Contact' })).toMatchObject({ outcome: 'accepted' })
    const { receipts } = await tracker.send({ event_name: 'Search' })
    expect(receipts).toMatchObject([{ outcome: 'delivered' }])
    await client.flush()
    expect(sent).toHaveLength(3)
  })
})

it('no scope leads out of one that sends nowhere', async () => {
  const { open, events } = world()
  const nowhere = open(page()).tracker.with({ pixelId: [] })
  const named = nowhere.with({ pixelId: '7777777777' })
  expect(await named.track('Lead')).toMatchObject({ reason: 'disabled' })
  expect(await events()).toEqual([])
})
