import { describe, expect, it } from 'vitest'
import { buildEvent, sha256 } from '../../src/index.ts'
import { ANNA, ANNA_HASHED, ELSEWHERE, SALE, WAYS, world } from './elsewhere.ts'

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

it('is distinguished from its neighbours in one list', async () => {
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
