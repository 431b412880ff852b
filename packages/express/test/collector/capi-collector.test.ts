import express, { type RequestHandler } from 'express'
import express4 from 'express4'
import { describe, expect, it } from 'vitest'
import { type CollectorOptions, capiCollector, signEvent } from '../../src/index.ts'
import { serve } from '../serve.ts'
import { mount, ORIGIN, SECRET, sending, VIEW } from './mount-collector.ts'

describe.each([
  ['Express 5', express],
  ['Express 4', express4],
] as const)('on %s takes', (_name, factory) => {
  it.each([
    ['JSON', 'application/json', []],
    ['sendBeacon text', 'text/plain;charset=UTF-8', []],
    ['JSON that a parser read', 'application/json', [express.json()]],
    ['text that a parser read', 'text/plain', [express.text()]],
    ['bytes that a parser read', 'application/json', [express.raw({ type: '*/*' })]],
    ['text that a JSON parser left', 'text/plain', [express.json()]],
  ] as [string, string, RequestHandler[]][])('%s', async (_kind, type, before) => {
    const { post, sent } = await mount({}, { factory, before })
    expect((await post({ type })).status).toBe(204)
    expect(await sent()).toMatchObject([VIEW])
  })
})

it('sets address, user agent and time itself, and believes nothing but what a page may say', async () => {
  const { post, sent } = await mount()
  await post({
    headers: { referer: `${ORIGIN}/p?fbclid=AbC`, cookie: '_fbp=fb.1.1596403881668.5' },
    body: sending({
      event_time: 1,
      action_source: 'physical_store',
      opt_out: true,
      client_ip_address: '6.6.6.6',
      test_event_code: 'X',
      data_processing_options: [],
      event_source_url: 'https://evil.example/',
      referrer_url: 'https://search.example/',
      user_data: {
        em: 'anna@example.com',
        client_ip_address: '6.6.6.6',
        client_user_agent: 'evil',
      },
    }),
  })
  const [event] = await sent()
  expect(event).toMatchObject({
    ...VIEW,
    action_source: 'website',
    event_source_url: `${ORIGIN}/p?fbclid=AbC`,
    referrer_url: 'https://search.example/',
    user_data: {
      client_ip_address: '203.0.113.7',
      client_user_agent: 'UA/1',
      fbp: 'fb.1.1596403881668.5',
      fbc: expect.stringMatching(/\.AbC$/),
    },
  })
  expect(Math.abs(Number(event?.['event_time']) - Date.now() / 1000)).toBeLessThan(60)
  expect(Object.keys(event?.['user_data'] as object).sort()).toEqual([
    'client_ip_address',
    'client_user_agent',
    'fbc',
    'fbp',
  ])
  // A wish to be limited a page may have, for none it may not.
  expect(event).toMatchObject({ opt_out: true })
  expect(event).not.toHaveProperty('data_processing_options')
})

it('takes the page and the ids that a page of an allowed origin names', async () => {
  const fbc = `fb.1.${Date.now() - 3_600_000}.AbC`
  const { post, sent } = await mount({ allowedOrigins: [ORIGIN, 'null'] })
  await post({
    origin: 'null',
    body: sending({
      event_source_url: `${ORIGIN}/checkout`,
      user_data: { fbc, fbp: 'fb.1.1596403881668.7' },
    }),
  })
  expect(await sent()).toMatchObject([
    {
      event_source_url: `${ORIGIN}/checkout`,
      user_data: { fbc, fbp: 'fb.1.1596403881668.7' },
    },
  ])
})

describe('signed purchases', () => {
  const bought = {
    secret: SECRET,
    event_id: 'order.7',
    custom_data: { value: 24, currency: 'EUR' },
  } as const
  const purchase = (signed: string) => ({
    body: JSON.stringify({
      event_name: 'Purchase',
      event_id: 'mine',
      custom_data: { value: 9_999, currency: 'USD' },
      signed,
    }),
  })

  it('let a page report a purchase, with the id and the value of the server', async () => {
    const { post, sent } = await mount()
    const signed = signEvent(bought)
    await post(purchase(signed))
    await post(purchase(signed))
    const events = await sent()
    expect(events).toHaveLength(1)
    expect(events).toMatchObject([
      { event_id: 'order.7', custom_data: { value: 24, currency: 'EUR' } },
    ])
  })

  it.each([
    ['expired', signEvent({ ...bought, nowMs: Date.now() - 31 * 60_000 })],
    ['signed with another secret', signEvent({ ...bought, secret: 'another-secret-of-tests' })],
    ['changed', signEvent(bought).replace('.e', '.A')],
    ['of a version that is not known', signEvent(bought).replace(/^1/, '2')],
    ['of no version', signEvent(bought).replace(/^1\./, '')],
    ['longer than they were signed', `${signEvent(bought)}.AAAA`],
    ['cut', signEvent(bought).slice(0, -4)],
    ['without a dot', signEvent(bought).replace('.', '')],
    ['empty', ''],
  ])('are not believed when they are %s', async (_name, signed) => {
    const { post, sent, refusals } = await mount()
    await post(purchase(signed))
    expect(refusals).toEqual(['signature_invalid'])
    expect(await sent()).toEqual([])
  })
})

describe('from other origins', () => {
  it.each([
    [ORIGIN, ORIGIN, 'true'],
    ['null', 'null', null],
    ['https://evil.example', null, null],
  ])('%s is told it may: %s, with cookies: %s', async (origin, allowed, credentials) => {
    const { post } = await mount({ allowedOrigins: [ORIGIN, 'null'] })
    for (const method of ['OPTIONS', 'POST']) {
      const { status, headers } = await post({ origin, method })
      expect(status).toBe(204)
      expect(headers.get('access-control-allow-origin')).toBe(allowed)
      expect(headers.get('access-control-allow-credentials')).toBe(credentials)
      expect(headers.get('vary')).toBe('Origin')
    }
  })
})

it('counts an address once, whatever its cookies say it is', async () => {
  const { post, refusals } = await mount({ rateLimit: { burst: 1, perMinute: 1 }, now: () => 0 })
  for (const last of ['1', '2', '3'])
    await post({ headers: { cookie: `_fbi=2606:4700:4700::${last}.BA` } })
  expect(refusals).toEqual(['rate_limited', 'rate_limited'])
})

it('takes a wish of the page to limit the use of data', async () => {
  const { post, sent } = await mount()
  const body = sending({
    opt_out: '1',
    data_processing_options: ['LDU'],
    data_processing_options_country: '1',
    data_processing_options_state: '1000',
  })
  await post({ body })
  expect(await sent()).toMatchObject([
    {
      opt_out: true,
      data_processing_options: ['LDU'],
      data_processing_options_country: 1,
      data_processing_options_state: 1000,
    },
  ])
})

it('lets an address send so many and no more, and answers as ever', async () => {
  let nowMs = 0
  const { post, sent, refusals } = await mount({
    rateLimit: { burst: 3, perMinute: 60 },
    now: () => nowMs,
  })
  const send = (index: number) => post({ body: sending({ event_id: String(index) }) })
  for (let index = 0; index < 5; index++) expect((await send(index)).status).toBe(204)
  expect(refusals).toEqual(['rate_limited', 'rate_limited'])
  nowMs += 1_000
  await send(5)
  await post({
    body: sending({ event_id: 'other' }),
    headers: { 'x-forwarded-for': '198.51.100.1' },
  })
  expect((await sent()).map((event) => event['event_id'])).toEqual(['0', '1', '2', '5', 'other'])
})

it('follows the visitor’s consent', async () => {
  const { post, sent, client } = await mount({}, { consent: 'denied' })
  expect((await post()).status).toBe(204)
  expect(await sent()).toEqual([])
  expect((await client.stats()).dropped.consent).toBe(1)
})

it('says once when something in front ate the body', async () => {
  const eater: RequestHandler = (req, _res, next) => void req.on('end', next).resume()
  const { post, log, refusals } = await mount({}, { before: [eater] })
  await post()
  await post()
  expect(refusals).toEqual(['body_already_read', 'body_already_read'])
  expect(log).toEqual([expect.stringContaining('body_already_read. ')])
})

it('leaves other methods to the application', async () => {
  const { post } = await mount()
  expect((await post({ method: 'GET' })).status).toBe(404)
})

it('explains itself without the middleware', async () => {
  const app = express()
  app.use('/collect', capiCollector({ allowedOrigins: [ORIGIN], events: [] }))
  app.use(
    ((error, _req, res, _next) =>
      void res.status(500).send(error.message)) as express.ErrorRequestHandler,
  )
  const response = await fetch(`${await serve(app as never)}/collect`, { method: 'POST' })
  expect(await response.text()).toContain('app.use(capiMiddleware())')
})

it.each<[string, Partial<Record<keyof CollectorOptions, unknown>>]>([
  ['allowedOrigins', { allowedOrigins: ['*'] }],
  ['allowedOrigins', { allowedOrigins: ['https://shop.example/'] }],
  ['allowedOrigins', { allowedOrigins: ['shop.example'] }],
  ['allowedOrigins', { allowedOrigins: undefined }],
  ['events', { events: 'ViewContent' }],
  ['signingSecret', { signingSecret: undefined }],
  ['signingSecret', { signingSecret: 'short' }],
])('refuses at start-up what would stand open: %s', (option, wrong) => {
  const options = {
    allowedOrigins: [ORIGIN],
    events: ['Purchase'],
    signingSecret: SECRET,
    ...wrong,
  }
  expect(() => capiCollector(options as never)).toThrow(option)
})
