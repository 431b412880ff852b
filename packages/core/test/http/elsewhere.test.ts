import { describe, expect, it } from 'vitest'
import {
  createRequestTracker,
  type RequestLike,
  type RequestTrackerOptions,
  requestContext,
} from '../../src/adapter.ts'
import {
  type ActionSource,
  buildEvent,
  type CapiOptions,
  createCapi,
  sha256,
} from '../../src/index.ts'

/** A payment service's request, with the cookies that a visitor's would have. */
const HEADERS: Readonly<Record<string, string>> = {
  host: 'shop.example',
  'user-agent': 'Stripe/1.0',
  referer: 'https://shop.example/pay',
  cookie: '_fbp=fb.1.1700000000000.111; _fbc=fb.1.1700000000000.IwAR0click',
}
const REQUEST: RequestLike = {
  url: '/stripe?fbclid=IwAR0click',
  header: (name) => HEADERS[name.toLowerCase()],
  remoteAddress: '203.0.113.7',
}
const SALE = { value: 9, currency: 'EUR' } as const
const ANNA = { em: 'anna@example.com' }
const ANNA_HASHED = { em: [sha256('anna@example.com')] }
/** Where an event without a browser can happen. */
const ELSEWHERE = [
  'system_generated',
  'phone_call',
  'email',
  'chat',
  'physical_store',
  'other',
] as const

function world(options: RequestTrackerOptions = {}, more: CapiOptions = {}) {
  const sent: Record<string, unknown>[] = []
  const client = createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    logger: { warn() {}, error() {} },
    async fetch(_url, init) {
      const { data } = JSON.parse(init?.body as string) as { data: Record<string, unknown>[] }
      sent.push(...data)
      return Response.json({ events_received: data.length })
    },
    ...more,
  })
  let reads = 0
  const read = () => {
    reads++
    return requestContext(REQUEST, { nowMs: 1_700_000_000_000 })
  }
  return {
    client,
    tracker: createRequestTracker(client, read, {
      user: () => ({ external_id: 'visitor' }),
      ...options,
    }),
    reads: () => reads,
    sent: async () => {
      await client.flush()
      return sent
    },
  }
}
type Tracker = ReturnType<typeof world>['tracker']

/** The three ways in, each with one event. */
const WAYS: readonly [
  string,
  (tracker: Tracker, action_source: ActionSource) => Promise<unknown>,
][] = [
  [
    'track',
    (tracker, action_source) =>
      tracker.track('Purchase', SALE, { action_source, user_data: ANNA } as never),
  ],
  [
    'enqueue',
    (tracker, action_source) =>
      tracker.enqueue({
        event_name: 'Purchase',
        action_source,
        user_data: ANNA,
        custom_data: SALE,
      } as never),
  ],
  [
    'enqueue of a list',
    (tracker, action_source) =>
      tracker.enqueue([
        { event_name: 'Purchase', action_source, user_data: ANNA, custom_data: SALE },
      ] as never),
  ],
  [
    'send',
    (tracker, action_source) =>
      tracker.send({
        event_name: 'Purchase',
        action_source,
        user_data: ANNA,
        custom_data: SALE,
      } as never),
  ],
  [
    'send of a payload',
    (tracker, action_source) =>
      tracker.send({
        data: [{ event_name: 'Purchase', action_source, user_data: ANNA, custom_data: SALE }],
      } as never),
  ],
  [
    'with an action_source',
    (tracker, action_source) =>
      tracker.with({ action_source }).track('Purchase', SALE, { user_data: ANNA }),
  ],
  [
    'send under with',
    (tracker, action_source) =>
      tracker
        .with({ action_source, user_data: ANNA })
        .send({ event_name: 'Purchase', custom_data: SALE }),
  ],
]

describe.each(WAYS)('an event of %s that happened elsewhere', (_way, go) => {
  it.each(ELSEWHERE)('takes nothing of the request: %s', async (action_source) => {
    const { tracker, sent, reads } = world()
    tracker.setUser({ ph: '+41791234567' })
    await go(tracker, action_source)
    const [event] = await sent()
    expect(Object.keys(event ?? {}).toSorted()).toEqual([
      'action_source',
      'custom_data',
      'event_id',
      'event_name',
      'event_time',
      'user_data',
    ])
    expect(event).toMatchObject({ action_source, user_data: ANNA_HASHED })
    expect(event?.['user_data']).toEqual(ANNA_HASHED)
    expect(reads()).toBe(0)
  })

  it.each(['denied', 'pending'] as const)('is not bound by a visitor’s %s', async (consent) => {
    for (const option of [consent, () => consent]) {
      const { tracker, sent } = world({ consent: option })
      tracker.setConsent(consent)
      await go(tracker, 'system_generated')
      tracker.end()
      const [event] = await sent()
      expect(event?.['user_data']).toEqual(ANNA_HASHED)
    }
  })

  it('is tracked in a request that is skipped', async () => {
    const { tracker, sent } = world({ isSkipped: () => true })
    await go(tracker, 'system_generated')
    expect(await sent()).toMatchObject([{ user_data: ANNA_HASHED }])
  })

  it('takes everything where it is the website’s', async () => {
    const { tracker, sent } = world()
    await go(tracker, 'website')
    expect(await sent()).toMatchObject([
      {
        event_source_url: expect.stringContaining('://shop.example/'),
        user_data: {
          client_user_agent: 'Stripe/1.0',
          fbp: 'fb.1.1700000000000.111',
          external_id: [sha256('visitor')],
          ...ANNA_HASHED,
        },
      },
    ])
  })
})

it('keeps what with put under it, its pixel and its own consent', async () => {
  const { tracker, client, sent } = world({ consent: 'denied' })
  const other = tracker.with({ pixelId: '9999999999', custom_data: { order_id: 'a' } })
  await other.track('Purchase', SALE, { action_source: 'phone_call', user_data: ANNA })
  expect(await sent()).toMatchObject([{ custom_data: { ...SALE, order_id: 'a' } }])
  expect(Object.keys((await client.stats()).pixels)).toEqual(['9999999999'])
  for (const consent of ['denied', 'pending'] as const) {
    const said = { action_source: 'phone_call', user_data: ANNA, consent } as const
    expect(await tracker.track('Lead', {}, said)).toMatchObject({ reason: 'consent' })
    expect(await tracker.enqueue({ event_name: 'Lead', ...said })).toMatchObject({
      reason: 'consent',
    })
    const { receipts } = await tracker.send({ event_name: 'Lead', ...said })
    expect(receipts).toMatchObject([{ outcome: 'dropped', reason: 'consent' }])
  }
  await tracker.track('Lead', {}, { action_source: 'chat', user_data: ANNA, consent: 'ldu' })
  expect((await sent()).at(-1)).toMatchObject({ data_processing_options: ['LDU'] })
})

it('is told apart from its neighbours in one list', async () => {
  const { tracker, client, sent } = world({ consent: 'denied' })
  const list = [
    { event_name: 'Lead', event_id: 'visit' },
    { event_name: 'Lead', event_id: 'phone', action_source: 'phone_call', user_data: ANNA },
  ] as const
  const { receipts, events_received } = await tracker.send(list)
  expect(events_received).toBe(1)
  expect(receipts).toMatchObject([
    { event_id: 'visit', outcome: 'dropped', reason: 'consent' },
    { event_id: 'phone', outcome: 'delivered' },
  ])
  const queued = await tracker.enqueue(list)
  expect(queued).toMatchObject([
    { event_id: 'visit', outcome: 'dropped', reason: 'consent' },
    { event_id: 'phone', outcome: 'accepted' },
  ])
  expect((await sent()).map(({ user_data }) => user_data)).toEqual([ANNA_HASHED, ANNA_HASHED])
  const { tracked, delivered, dropped } = await client.stats()
  expect({ tracked, delivered, consent: dropped.consent }).toEqual({
    tracked: 4,
    delivered: 2,
    consent: 2,
  })
})

it('holds the visit’s events of a list, and tracks the others at once', async () => {
  const { tracker, sent } = world({ consent: 'pending' })
  const cart = ['mug']
  const receipts = await tracker.enqueue([
    { event_name: 'Lead', event_id: 'visit', custom_data: { content_ids: cart } },
    { event_name: 'Lead', event_id: 'phone', action_source: 'phone_call', user_data: ANNA },
    { event_name: 'Lead', event_id: 'asked', consent: 'denied' },
  ])
  expect(receipts).toMatchObject([
    { event_id: 'visit', outcome: 'held' },
    { event_id: 'phone', outcome: 'accepted' },
    { event_id: 'asked', outcome: 'dropped', reason: 'consent' },
  ])
  cart.pop()
  expect((await sent()).map(({ event_id }) => event_id)).toEqual(['phone'])
  tracker.setConsent('granted')
  const [, visit] = await sent()
  expect(visit).toMatchObject({
    event_id: 'visit',
    custom_data: { content_ids: ['mug'] },
    user_data: { client_user_agent: 'Stripe/1.0' },
  })
})

it('drops what it holds of a list when the visitor refuses', async () => {
  const { tracker, client, sent } = world({ consent: 'pending' })
  expect(await tracker.enqueue({ event_name: 'Lead' })).toMatchObject({ outcome: 'held' })
  tracker.setConsent('denied')
  expect(await sent()).toEqual([])
  expect((await client.stats()).dropped.consent).toBe(1)
})

it('takes what buildEvent made of a call', async () => {
  const { tracker, sent } = world({ consent: 'denied' })
  const { event } = buildEvent({ event_name: 'Lead', action_source: 'chat', user_data: ANNA })
  if (event === undefined) throw new Error('not built')
  expect(await tracker.enqueue(event)).toMatchObject({
    outcome: 'accepted',
    event_id: event.event_id,
  })
  expect(await tracker.send(event)).toMatchObject({ events_received: 1 })
  expect(await sent()).toEqual([event, event])
})

describe('a skipped request', () => {
  it('is not read, drops its events as disabled, sets no cookie and gives jobs nothing', async () => {
    const { tracker, client, reads, sent } = world({ isSkipped: () => true })
    expect(await tracker.track('Lead')).toMatchObject({ outcome: 'dropped', reason: 'disabled' })
    const named = { pixelId: '9999999999' }
    expect(await tracker.track('Lead', {}, named)).toMatchObject({ reason: 'disabled' })
    expect(await tracker.with(named).track('Lead')).toMatchObject({ reason: 'disabled' })
    expect(await tracker.enqueue({ event_name: 'Lead', ...named })).toMatchObject({
      reason: 'disabled',
    })
    await expect(tracker.send({ event_name: 'Lead', ...named })).rejects.toMatchObject({
      code: 'disabled',
      partial: { receipts: [{ outcome: 'dropped', reason: 'disabled' }] },
    })
    expect(tracker.setCookies).toEqual([])
    await client.with(tracker.context).track('Lead')
    expect(await sent()).toEqual([])
    expect(reads()).toBe(0)
    const { tracked, dropped } = await client.stats()
    expect({ tracked, disabled: dropped.disabled, consent: dropped.consent }).toEqual({
      tracked: 6,
      disabled: 5,
      consent: 1,
    })
  })

  it('is one again when a guard says so', async () => {
    let isSkipped = true
    const { tracker, sent } = world({ isSkipped: () => isSkipped })
    await tracker.track('Lead')
    isSkipped = false
    await tracker.track('ViewContent')
    expect(await sent()).toMatchObject([{ event_name: 'ViewContent' }])
  })
})

it('lets no event of a refusing visitor out that reads otherwise the second time', async () => {
  const { tracker, sent } = world({ consent: 'denied' })
  let reads = 0
  const flaky = () =>
    new Proxy({ event_name: 'Lead', action_source: 'website', user_data: ANNA } as const, {
      ownKeys(target) {
        if (reads++ % 2 === 0) throw new Error('boom')
        return Reflect.ownKeys(target)
      },
    })
  await tracker.track('Lead', {}, flaky())
  await tracker.enqueue([flaky(), flaky()])
  await tracker.send([flaky(), flaky()]).catch(() => {})
  expect(await sent()).toEqual([])
})

describe('the bare scope of requestContext', () => {
  it('is of its request alone: an event of a call takes nothing of it', async () => {
    const { client, sent } = world()
    const { scope } = requestContext(REQUEST)
    const web = client
      .with({ ...scope, consent: 'denied' })
      .with({ custom_data: { order_id: 'a' } })
    const call = { action_source: 'phone_call', user_data: ANNA } as const
    await web.track('Purchase', SALE, call)
    await web.send({ event_name: 'Purchase', ...call, custom_data: SALE })
    await web.with(call).enqueue({ event_name: 'Purchase', custom_data: SALE })
    expect(await web.track('Lead')).toMatchObject({ reason: 'consent' })
    const events = await sent()
    expect(events).toHaveLength(3)
    for (const event of events) {
      expect(event['user_data']).toEqual(ANNA_HASHED)
      expect(event['custom_data']).toEqual({ ...SALE, order_id: 'a' })
      expect(event).not.toHaveProperty('event_source_url')
    }
  })

  it('keeps the pixel that is named beside it', async () => {
    const { client, sent } = world()
    const web = client.with({ ...requestContext(REQUEST).scope, pixelId: '9999999999' })
    await web.track('Lead', {}, { action_source: 'phone_call', user_data: ANNA })
    await sent()
    expect(Object.keys((await client.stats()).pixels)).toEqual(['9999999999'])
  })
})
