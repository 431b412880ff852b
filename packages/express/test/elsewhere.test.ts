import { createServer } from 'node:http'
import { type RequestTracker, sha256 } from '@capi/core'
import express from 'express'
import { describe, expect, it } from 'vitest'
import { capiMiddleware, getCapi } from '../src/index.ts'
import { createWorld, serve } from './serve.ts'

const hashed = (em: string) => ({ em: [sha256(em)] })
const SALE = { value: 9, currency: 'EUR' } as const
/** What a payment service's request, or a visitor's, has in its headers. */
const HEADERS = {
  'user-agent': 'Stripe/1.0 (+docs)',
  cookie: '_fbp=fb.1.1700000000000.111',
  referer: 'https://shop.example/',
}
/** Events that a webhook, a back office and a worker have. */
const SALE_OF_ANNA = {
  action_source: 'system_generated',
  user_data: { em: 'anna@example.com' },
} as const

describe('on Express', () => {
  it('a payment webhook’s events take nothing of its request', async () => {
    const { client, sent } = createWorld()
    const app = express()
    app.use(capiMiddleware({ client, user: () => ({ external_id: 'stripe' }) }))
    app.post('/stripe', async (req, res) => {
      await req.capi.track('Purchase', SALE, { ...SALE_OF_ANNA, event_id: 'tracked' })
      await req.capi.enqueue({
        event_name: 'Purchase',
        ...SALE_OF_ANNA,
        custom_data: SALE,
        event_id: 'queued',
      })
      const { receipts } = await req.capi.send([
        { event_name: 'Purchase', ...SALE_OF_ANNA, custom_data: SALE, event_id: 'sent' },
        { event_name: 'Lead', event_id: 'website' },
      ])
      res.json(receipts.map(({ outcome }) => outcome))
    })
    const url = await serve(app)
    const response = await fetch(`${url}/stripe`, { method: 'POST', headers: HEADERS })
    expect(await response.json()).toEqual(['delivered', 'delivered'])
    const events = new Map((await sent()).map((event) => [event['event_id'], event]))
    for (const id of ['tracked', 'queued', 'sent']) {
      expect(events.get(id)?.['user_data']).toEqual(hashed('anna@example.com'))
      expect(events.get(id)).not.toHaveProperty('event_source_url')
      expect(events.get(id)).not.toHaveProperty('referrer_url')
    }
    // Without an action_source it is the visitor's, as before.
    expect(events.get('website')).toMatchObject({
      action_source: 'website',
      event_source_url: expect.stringContaining('/stripe'),
      user_data: { client_user_agent: HEADERS['user-agent'], fbp: 'fb.1.1700000000000.111' },
    })
  })

  it('a back office’s call is of its customer, not of its clerk', async () => {
    const { client, sent } = createWorld()
    const app = express()
    app.use(
      capiMiddleware({
        client,
        user: () => ({ em: 'clerk@shop.example' }),
        consent: () => 'denied',
      }),
    )
    app.post('/calls', async (req, res) => {
      const sale = { action_source: 'phone_call', user_data: { ph: '+41791234567' } } as const
      await req.capi.with({ custom_data: { order_id: '7' } }).track('Purchase', SALE, sale)
      await req.capi.track('Lead')
      res.end()
    })
    await fetch(`${await serve(app)}/calls`, { method: 'POST', headers: HEADERS })
    expect(await sent()).toMatchObject([
      { custom_data: { order_id: '7' }, user_data: { ph: [sha256('41791234567')] } },
    ])
    expect(JSON.stringify(await sent())).not.toContain(sha256('clerk@shop.example'))
    expect((await client.stats()).dropped.consent).toBe(1)
  })

  it('a worker that a visitor’s request has started takes nothing of that visitor', async () => {
    const { client, sent } = createWorld()
    const app = express()
    app.use(capiMiddleware({ client, consent: () => 'denied' }))
    let finish = () => {}
    const done = new Promise<void>((resolve) => {
      finish = resolve
    })
    app.get('/', (req, res) => {
      const { capi } = req
      setTimeout(() => {
        const renewal = {
          action_source: 'system_generated',
          user_data: { em: 'bert@example.com' },
        } as const
        void capi.track('Subscribe', { value: 1, currency: 'EUR' }, renewal).then(() => finish())
      }, 20)
      res.end()
    })
    await fetch(await serve(app), { headers: HEADERS })
    await done
    expect((await sent()).map((event) => event['user_data'])).toEqual([hashed('bert@example.com')])
  })

  it('a skipped request’s events are dropped, but for those that happened elsewhere', async () => {
    const { client, sent } = createWorld()
    const app = express()
    app.use(capiMiddleware({ client, skip: (req) => req.url === '/stripe' }))
    app.post('/stripe', async (req, res) => {
      await req.capi.track('Lead')
      await req.capi.with({ pixelId: '9876543210' }).track('Lead')
      await req.capi.track('Purchase', SALE, SALE_OF_ANNA)
      res.json(req.capi.context)
    })
    const response = await fetch(`${await serve(app)}/stripe`, { method: 'POST', headers: HEADERS })
    const context = (await response.json()) as RequestTracker['context']
    expect((await sent()).map((event) => event['event_name'])).toEqual(['Purchase'])
    expect((await client.stats()).dropped.disabled).toBe(2)
    expect(await client.with(context).track('Lead')).toMatchObject({ outcome: 'dropped' })
  })
})

it('on a bare server, an event of a call takes nothing of the request', async () => {
  const { client, sent } = createWorld()
  const middleware = capiMiddleware({ client })
  const server = createServer((req, res) => {
    middleware(req, res, () => {
      void getCapi(req)
        .send({
          event_name: 'Lead',
          action_source: 'phone_call',
          user_data: { em: 'anna@example.com' },
        })
        .then(() => res.end())
    })
  })
  await fetch(`${await serve(server)}/`, { headers: HEADERS })
  expect((await sent()).map((event) => event['user_data'])).toEqual([hashed('anna@example.com')])
})

describe('enabled: false', () => {
  it('logs nothing, sets no cookie, sends nothing, and the shop goes on', async () => {
    const { emulator, logger, log } = createWorld()
    const app = express()
    const middleware = capiMiddleware({ enabled: false, logger, fetch: emulator.fetch })
    app.use(middleware)
    app.get('/', async (req, res) => {
      const { outcome, reason } = await req.capi.track('ViewContent')
      res.json([outcome, reason])
    })
    const headers = { ...HEADERS, accept: 'text/html', 'x-forwarded-for': '203.0.113.7' }
    const response = await fetch(await serve(app), { headers })
    expect(await response.json()).toEqual(['dropped', 'disabled'])
    expect(response.headers.getSetCookie()).toEqual([])
    await middleware.client.close()
    expect(log).toEqual([])
    expect(emulator.events()).toEqual([])
  })
})
