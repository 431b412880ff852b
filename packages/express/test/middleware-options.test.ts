import type { RequestContext } from '@capi/core/adapter'
import express, { type Express } from 'express'
import express4 from 'express4'
import { describe, expect, it } from 'vitest'
import { capiMiddleware, type RequestOptions } from '../src/index.ts'
import { createWorld, PAGE, serve, type World } from './serve.ts'

type Mounted = World & {
  readonly app: Express
  readonly get: (path: string, headers?: object) => Promise<Response>
}

function mount(options: RequestOptions = {}, factory = express): Mounted {
  const world = createWorld()
  const app = factory()
  app.use(capiMiddleware({ client: world.client, logger: world.logger, ...options }))
  let url: Promise<string> | undefined
  return {
    ...world,
    app,
    get: async (path, headers = PAGE) => {
      url ??= serve(app as never)
      return await fetch((await url) + path, { headers: { ...headers }, redirect: 'manual' })
    },
  }
}

const names = (response: Response) =>
  response.headers.getSetCookie().map((line) => line.split('=')[0])

describe.each([
  ['Express 5', express],
  ['Express 4', express4],
] as const)('cookies on %s survive', (_name, factory) => {
  it.each<[how: string, set: (res: express.Response) => unknown, expected: string[]]>([
    ['res.cookie', (res) => res.cookie('a', '1').send('ok'), ['a', '_fbp']],
    ['res.set', (res) => res.set('Set-Cookie', 'a=1').send('ok'), ['a', '_fbp']],
    ['res.append', (res) => res.append('Set-Cookie', 'a=1').send('ok'), ['a', '_fbp']],
    ['res.clearCookie', (res) => res.clearCookie('a').send('ok'), ['a', '_fbp']],
    ['res.redirect', (res) => res.cookie('a', '1').redirect('/b'), ['a', '_fbp']],
    ['res.json', (res) => res.json({}), ['_fbp']],
    ['res.writeHead', (res) => res.writeHead(200, { 'Set-Cookie': 'a=1' }).end(), ['a', '_fbp']],
    [
      'a head that was sent already',
      (res) => {
        res.flushHeaders()
        res.end()
      },
      ['_fbp'],
    ],
    ['their own clearing', (res) => res.clearCookie('_fbp').send('ok'), ['_fbp']],
  ])('%s', async (_how, set, expected) => {
    const { app, get } = mount({}, factory)
    app.get('/', (_req, res) => void set(res))
    expect(names(await get('/'))).toEqual(expected)
  })

  it('an error page', async () => {
    const { app, get } = mount({}, factory)
    app.get('/', () => {
      throw new Error('boom')
    })
    app.use(
      ((_error, _req, res, _next) =>
        void res.status(500).send('sorry')) as express.ErrorRequestHandler,
    )
    expect(names(await get('/'))).toEqual(['_fbp'])
  })

  it('consent that is given while the page is made', async () => {
    const { app, get } = mount({ consent: 'pending' }, factory)
    app.get('/yes', (req, res) => {
      req.capi.setConsent('granted')
      res.send('ok')
    })
    app.get('/no', (_req, res) => void res.send('ok'))
    expect(names(await get('/yes'))).toEqual(['_fbp'])
    expect(names(await get('/no'))).toEqual([])
  })
})

describe('consent', () => {
  it('that is pending does not hold up a route that awaits its event', async () => {
    const { app, get, sent, client } = mount({ consent: () => undefined })
    app.get('/', async (req, res) => {
      const receipt = await req.capi.track('Lead')
      res.json(receipt)
    })
    expect(await (await get('/')).json()).toMatchObject({ outcome: 'held' })
    expect(await sent()).toEqual([])
    expect((await client.stats()).dropped.consent).toBe(1)
  })

  it('that comes with the request tracks what was held', async () => {
    const { app, get, sent } = mount({ consent: 'pending' })
    app.get('/', async (req, res) => {
      await req.capi.track('Lead')
      req.capi.setConsent('granted')
      res.send('ok')
    })
    await get('/')
    expect(await sent()).toMatchObject([{ event_name: 'Lead' }])
  })

  it('that is given after the first page drops its PageView, and tracks the next', async () => {
    const { app, get, sent, client } = mount({
      autoPageView: true,
      consent: (req) => (/consent=yes/.test(req.headers.cookie ?? '') ? 'granted' : undefined),
    })
    app.get('/', (_req, res) => void res.send('ok'))
    await get('/?first')
    await get('/?second', { ...PAGE, cookie: 'consent=yes' })
    expect(await sent()).toMatchObject([
      { event_name: 'PageView', event_source_url: expect.stringMatching(/second$/) },
    ])
    expect((await client.stats()).dropped.consent).toBe(1)
  })

  it('that was pending when a job was saved counts there, until the job says otherwise', async () => {
    const { app, get, sent, client } = mount({
      consent: 'pending',
      user: () => ({ em: 'anna@example.com' }),
    })
    app.get('/', (req, res) => void res.json(req.capi.context))
    const context: RequestContext['scope'] = JSON.parse(await (await get('/')).text())
    expect(context.user_data?.em).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)])
    expect(await client.with(context).track('Lead')).toMatchObject({ reason: 'consent' })
    await client.with({ ...context, consent: 'granted' }).track('Lead')
    expect(await sent()).toMatchObject([{ user_data: { em: context.user_data?.em } }])
  })

  it('is read from the request', async () => {
    const { app, get, client } = mount({
      consent: (req) => (req.headers['x-consent'] === 'yes' ? 'granted' : 'denied'),
    })
    app.get('/', async (req, res) => void res.json(await req.capi.track('Lead')))
    expect(await (await get('/', { ...PAGE, 'x-consent': 'yes' })).json()).toMatchObject({
      outcome: 'accepted',
    })
    expect(await (await get('/')).json()).toMatchObject({ outcome: 'dropped', reason: 'consent' })
    expect(await client.stats()).toMatchObject({ tracked: 2, dropped: { consent: 1 } })
  })
})

it('asks the user option for who it is', async () => {
  const { app, get, sent } = mount({
    user: (req) => ({ external_id: String(req.headers['x-user']) }),
  })
  app.get('/', async (req, res) => void res.json(await req.capi.track('Lead')))
  await get('/', { ...PAGE, 'x-user': '7' })
  expect(await sent()).toMatchObject([
    { user_data: { external_id: [expect.stringMatching(/^[0-9a-f]{64}$/)] } },
  ])
})

describe('skip', () => {
  it('leaves a bot without cookies and events, and its route alone', async () => {
    const { app, get, sent, client } = mount({
      skip: (req) => /bot/.test(req.headers['user-agent'] ?? ''),
      autoPageView: true,
    })
    app.get('/', async (req, res) => void res.json(await req.capi.track('Lead')))
    const response = await get('/', { ...PAGE, 'user-agent': 'bot' })
    expect(names(response)).toEqual([])
    expect(await response.json()).toMatchObject({ outcome: 'dropped', reason: 'disabled' })
    expect(await sent()).toEqual([])
    expect(await client.stats()).toMatchObject({ tracked: 1, dropped: { disabled: 1 } })
  })
})

it('gives a visitor without _fbp a new one, which only a page keeps', async () => {
  const { app, get } = mount()
  app.get('/', (req, res) => void res.json(req.capi.context.user_data?.fbp))
  const data = { accept: 'application/json' }
  const [first, second] = [await get('/', data), await get('/', data)]
  expect([...names(first), ...names(second)]).toEqual([])
  expect(await first.json()).not.toBe(await second.json())
  const page = await get('/')
  expect(page.headers.getSetCookie()[0]).toContain(`_fbp=${JSON.parse(await page.text())}`)
})

describe('autoPageView', () => {
  it('tracks pages that were answered, under the id the page knows', async () => {
    const { app, get, sent } = mount({ autoPageView: true })
    app.get('/', (req, res) => void res.send(req.capi.pageViewId))
    app.get('/moved', (_req, res) => res.redirect('/'))
    const id = await (await get('/')).text()
    await get('/moved')
    await get('/missing')
    await get('/', { accept: 'application/json' })
    expect(await sent()).toMatchObject([{ event_name: 'PageView', event_id: id }])
  })

  it('may be a function', async () => {
    const { app, get, sent } = mount({ autoPageView: (req) => req.url === '/a' })
    app.get('/{*path}', (_req, res) => void res.send('ok'))
    await get('/a')
    await get('/b')
    expect(await sent()).toHaveLength(1)
  })
})

describe('warnings', () => {
  const about = (log: readonly string[]) => log.filter((line) => line.includes('@capi/express'))

  it('say once that a proxy is not trusted', async () => {
    const { app, get, log } = mount()
    app.get('/', (req, res) => void res.json(req.capi.context))
    await get('/', { ...PAGE, 'x-forwarded-for': '203.0.113.7' })
    await get('/', { ...PAGE, 'cf-connecting-ip': '203.0.113.7' })
    expect(about(log)).toEqual([
      expect.stringMatching(/a proxy stands in front .*'trust proxy'.*\(trust_proxy_unset\)/),
    ])
  })

  it.each<[why: string, options: RequestOptions, trust: boolean, headers: object]>([
    ['it is trusted', {}, true, { 'x-forwarded-for': '10.0.0.1' }],
    ['there is none', {}, false, {}],
    [
      'the address is known otherwise',
      { clientIp: () => '203.0.113.7' },
      false,
      { 'x-forwarded-for': '6.6.6.6' },
    ],
  ])('stay away when %s', async (_why, options, trust, headers) => {
    const { app, get, log } = mount(options)
    if (trust) app.set('trust proxy', 'loopback')
    app.get('/', (req, res) => void res.json(req.capi.context))
    await get('/', { ...PAGE, ...headers })
    expect(about(log)).toEqual([])
  })

  it('say once that there is no token', () => {
    const log: string[] = []
    const logger = { warn: (line: string) => void log.push(line), error() {} }
    capiMiddleware({ logger, pixelId: '1234567890' })
    expect(log).toEqual([expect.stringContaining('access_token_missing')])
  })
})

it.each([null, {}, 'capi', Promise.resolve()])(
  'a client that is none stops the start: %o',
  (client) => {
    expect(() => capiMiddleware({ client: client as never })).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        message: expect.stringContaining('Option client must be a client'),
      }),
    )
  },
)

it('costs an untracked request that is no page nothing but the property', async () => {
  let reads = 0
  const { app, get } = mount({
    clientIp: () => {
      reads++
      return undefined
    },
    user: () => {
      reads++
      return undefined
    },
  })
  app.get('/', (_req, res) => void res.send('ok'))
  await get('/', { accept: 'application/json' })
  expect(reads).toBe(0)
})
