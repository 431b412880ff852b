import { refused } from '@capi/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { memoryOutbox } from '../src/index.ts'
import { PIXEL, page, person, purchase, sum, TOKEN, testWorld, type World } from './test-world.ts'

let clock: World['clock']
let network: World['network']
let drops: World['drops']
let logger: World['logger']
let client: World['client']

beforeEach(() => {
  ;({ clock, network, drops, logger, client } = testWorld())
})

describe('track', () => {
  it('posts a hashed event with the token in the header alone', async () => {
    const capi = client()
    const receipt = await capi.track('Purchase', purchase, {
      ...page,
      ...person,
      event_id: 'order.1',
    })
    expect(receipt).toEqual({ event_id: 'order.1', outcome: 'accepted', issues: [] })
    await clock.advance(200)
    expect(network.requests).toHaveLength(1)
    const [request] = network.requests
    expect(request?.url).toBe(`https://graph.facebook.com/v27.0/${PIXEL}/events`)
    expect(request?.headers.get('authorization')).toBe(`Bearer ${TOKEN}`)
    const sent = JSON.stringify(request?.body)
    expect(sent).not.toContain(TOKEN)
    expect(sent.toLowerCase()).not.toContain('muster')
    expect(request?.body.data[0]).toMatchObject({
      event_name: 'Purchase',
      event_id: 'order.1',
      custom_data: purchase,
    })
    expect(await sum(capi)).toEqual({ tracked: 1, delivered: 1, queued: 0, lost: 0 })
  })

  it('gathers events for 200 ms and sends them together', async () => {
    const capi = client()
    for (let i = 0; i < 5; i++)
      await capi.track('Lead', {}, { ...page, ...person, event_id: `lead.${i}` })
    await clock.advance(199)
    expect(network.requests).toHaveLength(0)
    expect((await capi.stats()).pixels).toEqual({
      [PIXEL]: { state: 'open', queued: 5, dead: 0 },
    })
    await clock.advance(1)
    expect(network.requests[0]?.body.data).toHaveLength(5)
  })

  it('sends at once when a batch is full, and never more events than a batch holds', async () => {
    const capi = client({ batch: { maxEvents: 3 } })
    for (let i = 0; i < 7; i++)
      await capi.track('Lead', {}, { ...page, ...person, event_id: `lead.${i}` })
    await clock.advance(0)
    expect(network.requests[0]?.body.data).toHaveLength(3)
    await clock.advance(200)
    const sizes = network.requests.map((request) => request.body.data.length)
    expect(Math.max(...sizes)).toBe(3)
    expect(await sum(capi)).toMatchObject({ delivered: 7, queued: 0 })
  })

  it('keeps a batch under its bytes, and sends one large event alone', async () => {
    const capi = client({ batch: { maxBytes: 1_000 } })
    const note = 'x'.repeat(2_000)
    await capi.track('Lead', { note }, { ...page, ...person, event_id: 'large' })
    await capi.track('Lead', {}, { ...page, ...person, event_id: 'small' })
    await clock.advance(200)
    expect(network.requests.map((request) => request.body.data.length)).toEqual([1, 1])
  })

  it('sends an event that arrives while a request is under way', async () => {
    let second: Promise<unknown> | undefined
    const capi = client()
    network.answer((request) => {
      second = capi.track('Lead', {}, { ...page, ...person, event_id: 'late' })
      return Response.json({ events_received: request.body.data.length })
    })
    await capi.track('Lead', {}, { ...page, ...person, event_id: 'early' })
    await clock.advance(200)
    await second
    await clock.advance(200)
    expect(await sum(capi)).toMatchObject({ tracked: 2, delivered: 2 })
  })

  it('answers a copy of a waiting event with duplicate', async () => {
    const capi = client()
    const same = { ...page, ...person, event_id: 'order.1' }
    await capi.track('Purchase', purchase, same)
    expect((await capi.track('Purchase', purchase, same)).outcome).toBe('duplicate')
    expect((await sum(capi)).tracked).toBe(1)
  })

  it.each([
    ['nine days', {}, 9 * 86_400_000],
    ['as long as it is told to', { dedupeWindowMs: 60_000 }, 60_000],
  ])('knows a delivered event again for %s', async (_name, options, dedupeWindowMs) => {
    const capi = client(options)
    const same = { ...page, ...person, event_id: 'order.1' }
    const again = async () => {
      const { outcome } = await capi.track('Lead', {}, { ...same, event_time: clock.now() / 1_000 })
      await clock.advance(1_000)
      return outcome
    }
    expect([await again(), await again()]).toEqual(['accepted', 'duplicate'])
    await clock.advance(dedupeWindowMs)
    expect(await again()).toBe('accepted')
    expect(network.requests).toHaveLength(2)
  })

  it('drops an event that Meta would refuse, with the reason, before it can fail a batch', async () => {
    const capi = client()
    const receipt = await capi.track('Purchase', { value: 1 } as never, { ...page, ...person })
    expect(receipt).toMatchObject({ outcome: 'dropped', reason: 'invalid' })
    expect(receipt.issues[0]).toMatchObject({
      path: 'custom_data.currency',
      code: 'currency_missing',
    })
    await clock.advance(200)
    expect(network.requests).toHaveLength(0)
    expect(await sum(capi)).toEqual({ tracked: 1, delivered: 0, queued: 0, lost: 1 })
  })

  it.each<[string, unknown, unknown]>([
    [
      'a getter that throws',
      {},
      Object.defineProperty({}, 'user_data', {
        enumerable: true,
        get: () => {
          throw new Error('anna@example.com')
        },
      }),
    ],
    ['no object at all', null, 7],
  ])('never rejects: %s', async (_name, data, fields) => {
    const capi = client()
    const receipt = await capi.track('Lead', data as never, fields as never)
    expect(receipt.outcome).toBe('dropped')
    expect(JSON.stringify([receipt, drops, logger.warn.mock.calls])).not.toContain('anna@')
  })

  it('loses a property that cannot be written, not the event', async () => {
    const cycle: Record<string, unknown> = {}
    cycle['cycle'] = cycle
    const receipt = await client().track(
      'Lead',
      { cycle, points: 10n, run: () => 1 },
      { ...page, ...person },
    )
    expect(receipt.outcome).toBe('accepted')
    expect(receipt.issues.map((one) => one.path)).toEqual(['custom_data.cycle', 'custom_data.run'])
    await clock.advance(200)
    expect(network.requests[0]?.body.data[0]).toMatchObject({ custom_data: { points: '10' } })
  })

  it('keeps a copy for each pixel, and one failing does not touch the other', async () => {
    const capi = client({ pixelId: [PIXEL, '9876543210'] })
    network.answer(refused(401, { code: 190 }))
    await capi.track('Purchase', purchase, { ...page, ...person })
    await clock.advance(200)
    expect(await sum(capi)).toEqual({ tracked: 2, delivered: 1, queued: 1, lost: 0 })
  })

  it('says once that it is disabled, counts the events and lets the application run', async () => {
    const capi = client({ accessToken: undefined })
    for (let i = 0; i < 3; i++)
      expect((await capi.track('Purchase', purchase, { ...page, ...person })).reason).toBe(
        'disabled',
      )
    expect(
      logger.warn.mock.calls.filter(([text]) => text.includes('META_CAPI_ACCESS_TOKEN')),
    ).toHaveLength(1)
    expect(await sum(capi)).toMatchObject({ tracked: 3, lost: 3 })
  })

  it('drops an event that is larger than maxEventBytes, with an issue', async () => {
    const search_string = 'ü'.repeat(140 * 1024)
    const capi = client()
    const large = await capi.track('Search', { search_string }, { ...page, ...person })
    expect(large).toMatchObject({
      outcome: 'dropped',
      reason: 'invalid',
      issues: [{ code: 'event_too_large', severity: 'error' }],
    })
    const fits = { search_string: 'x'.repeat(200 * 1024) }
    expect(await capi.track('Search', fits, { ...page, ...person })).toMatchObject({
      outcome: 'accepted',
    })
    const small = client({ maxEventBytes: 300 })
    expect(
      await small.track('Search', { search_string: 'x'.repeat(300) }, { ...page, ...person }),
    ).toMatchObject({
      reason: 'invalid',
    })
    await expect(
      capi.send({ event_name: 'Search', ...page, ...person, custom_data: { search_string } }),
    ).rejects.toMatchObject({ code: 'validation_failed' })
    expect(() => client({ maxEventBytes: 0 })).toThrow('maxEventBytes')
  })

  it('drops with queue_full when the outbox is full', async () => {
    const capi = client({ outbox: memoryOutbox({ maxEvents: 2 }) })
    for (let i = 0; i < 3; i++)
      await capi.track('Lead', {}, { ...page, ...person, event_id: `lead.${i}` })
    expect((await capi.stats()).dropped.queue_full).toBe(1)
    await clock.advance(200)
    expect(await sum(capi)).toEqual({ tracked: 3, delivered: 2, queued: 0, lost: 1 })
  })

  it('counts what a broken outbox never takes, and reports it in the end', async () => {
    const broken = { ...memoryOutbox(), put: () => Promise.reject(new Error('disk')) }
    const capi = client({ outbox: broken })
    expect(await capi.track('Lead', {}, { ...page, ...person })).toMatchObject({
      outcome: 'accepted',
      durable: false,
    })
    expect(await sum(capi)).toMatchObject({ tracked: 1, lost: 0 })
    await capi.close()
    expect(drops).toMatchObject([{ reason: 'store_failed', count: 1 }])
    expect((await sum(capi)).lost).toBe(1)
  })
})

describe('with', () => {
  it('puts fields under every event; the event wins, user_data is merged', async () => {
    const capi = client()
    const scoped = capi.with({
      ...page,
      user_data: { fbp: 'fb.1.1596403881668.1116446470', em: 'a@b.co' },
    })
    await scoped.track(
      'Lead',
      {},
      {
        event_source_url: 'https://shop.example/other',
        user_data: { em: undefined, external_id: 7 },
      },
    )
    await clock.advance(200)
    expect(network.requests[0]?.body.data[0]).toMatchObject({
      event_source_url: 'https://shop.example/other',
      action_source: 'website',
      user_data: {
        fbp: 'fb.1.1596403881668.1116446470',
        em: [expect.any(String)],
        external_id: [expect.any(String)],
      },
    })
  })

  it('sends to another pixel', async () => {
    const capi = client()
    await capi.with({ pixelId: '5555555555', ...page }).track('Lead', {}, person)
    await clock.advance(200)
    expect(network.requests[0]?.url).toContain('/5555555555/events')
  })
})
