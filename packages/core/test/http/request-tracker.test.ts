import { describe, expect, it } from 'vitest'
import type { RequestContext } from '../../src/adapter.ts'
import { createRequestTracker, type RequestTrackerOptions } from '../../src/adapter.ts'
import { type CapiOptions, type Consent, createCapi, sha256 } from '../../src/index.ts'

const CONTEXT: RequestContext = {
  scope: {
    action_source: 'website',
    event_source_url: 'https://shop.example/',
    user_data: { client_ip_address: '203.0.113.7', client_user_agent: 'UA/1' },
  },
  setCookies: [],
  warnings: [],
}
const PURCHASE = { value: 12, currency: 'EUR' } as const

function world(options: RequestTrackerOptions = {}, more: CapiOptions = {}) {
  const sent: Record<string, unknown>[] = []
  const drops: string[] = []
  let reads = 0
  const client = createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    logger: { warn() {}, error() {} },
    onDropped: ({ reason, event_ids }) => void drops.push(`${reason} ${event_ids.join()}`),
    async fetch(_url, init) {
      const { data } = JSON.parse(init?.body as string) as { data: Record<string, unknown>[] }
      sent.push(...data)
      return Response.json({ events_received: data.length })
    },
    ...more,
  })
  const read = () => {
    reads++
    return CONTEXT
  }
  const tracker = createRequestTracker(client, read, options)
  return {
    client,
    tracker,
    drops,
    reads: () => reads,
    sent: async () => {
      await client.flush()
      return sent
    },
    counts: async () => {
      const { tracked, delivered, queued, dropped } = await client.stats()
      return { tracked, delivered, queued, consent: dropped.consent }
    },
  }
}

it('reads nothing before it is used, and then once', async () => {
  const { tracker, reads } = world()
  expect(reads()).toBe(0)
  await tracker.track('PageView')
  await tracker.track('Purchase', PURCHASE)
  expect(tracker.context).toEqual({ v: 1, ...CONTEXT.scope })
  expect(reads()).toBe(1)
})

describe('persons', () => {
  it('come from the user option, then identify, then the event', async () => {
    const { tracker, sent } = world({ user: () => ({ external_id: 'session', ct: 'Basel' }) })
    tracker.setUser({ external_id: 'login' })
    await tracker.track('Lead', {}, { user_data: { ct: 'Bern' } })
    expect(await sent()).toMatchObject([
      {
        user_data: {
          client_ip_address: '203.0.113.7',
          external_id: [sha256('login')],
          ct: [sha256('bern')],
        },
      },
    ])
  })

  it('are asked for when an event is tracked: a login counts for what follows', async () => {
    const { tracker, sent } = world()
    await tracker.track('PageView')
    tracker.setUser({ em: 'anna@example.com' })
    await tracker.track('CompleteRegistration')
    const [before, after] = await sent()
    expect(before?.['user_data']).not.toHaveProperty('em')
    expect(after?.['user_data']).toHaveProperty('em', [sha256('anna@example.com')])
  })

  it('stand hashed in the context, so that no raw value waits on a queue', async () => {
    const { client, tracker, sent } = world()
    tracker.setUser({ em: 'Anna@Example.com' })
    const context = structuredClone(tracker.context)
    expect(JSON.stringify(context)).not.toMatch(/anna/i)
    await client.with(context).track('Purchase', PURCHASE)
    expect(await sent()).toMatchObject([{ user_data: { em: [sha256('anna@example.com')] } }])
  })
})

describe('consent', () => {
  it.each<[Consent, RequestTrackerOptions['consent']]>([
    ['denied', 'denied'],
    ['denied', () => 'denied'],
    ['denied', () => 'maybe' as 'denied'],
    [
      'denied',
      () => {
        throw new Error('boom')
      },
    ],
    ['denied', (() => Promise.reject(new Error('boom'))) as never],
    ['pending', () => undefined],
    ['granted', undefined],
    ['ldu', () => 'ldu'],
  ])('is %s', (expected, consent) => {
    expect(world({ consent }).tracker.consent).toBe(expected)
  })

  it('that is denied lets no event out, and counts each', async () => {
    const { tracker, sent, counts, drops, reads } = world({ consent: 'denied' })
    const receipt = await tracker.track('Purchase', PURCHASE, { event_id: 'order.1' })
    expect(receipt).toEqual({
      event_id: 'order.1',
      outcome: 'dropped',
      reason: 'consent',
      issues: [],
    })
    const { receipts, events_received } = await tracker.send({
      event_name: 'Lead',
      event_id: 'lead.1',
      action_source: 'website',
    })
    expect(events_received).toBe(0)
    expect(receipts).toMatchObject([{ event_id: 'lead.1', outcome: 'dropped', reason: 'consent' }])
    expect(drops).toEqual(['consent order.1', 'consent lead.1'])
    expect(await sent()).toEqual([])
    expect(await counts()).toEqual({ tracked: 2, delivered: 0, queued: 0, consent: 2 })
    expect(tracker.context).toEqual({ v: 1, action_source: 'website', consent: 'denied' })
    expect(reads()).toBe(0)
  })

  it('that is limited says so of every event, also of a job’s', async () => {
    const { client, tracker, sent } = world({ consent: 'ldu' })
    await tracker.track('Purchase', PURCHASE)
    await client.with(tracker.context).track('Purchase', PURCHASE)
    const ldu = {
      data_processing_options: ['LDU'],
      data_processing_options_country: 0,
      data_processing_options_state: 0,
    }
    expect(await sent()).toMatchObject([ldu, ldu])
  })

  it('travels with the context: a job tracks nothing of a visitor who denied it', async () => {
    const { client, tracker, sent, counts } = world()
    tracker.setConsent('denied')
    await client.with(tracker.context).track('Purchase', PURCHASE)
    expect(await sent()).toEqual([])
    expect(await counts()).toMatchObject({ tracked: 1, consent: 1 })
  })

  it('holds for a tracker made of the request’s', async () => {
    const { tracker, sent } = world({ consent: 'denied' })
    await tracker.with({ pixelId: '2222222222' }).track('Lead')
    expect(await sent()).toEqual([])
    expect(() => tracker.with({ pixelId: 'x' })).toThrow('pixelId')
  })
})

describe('consent that is pending', () => {
  it('holds the events at once, and tracks them as they were when it is granted', async () => {
    const { tracker, sent, counts } = world({ consent: 'pending' })
    const data = { ...PURCHASE, content_ids: ['mug'] }
    tracker.setUser({ external_id: 1 })
    const held = await tracker.track('Purchase', data)
    expect(held).toMatchObject({ outcome: 'held', event_id: expect.any(String) })
    await tracker.with({ custom_data: { order_id: '7' } }).track('Lead')
    data.content_ids.pop()
    tracker.setUser({ external_id: 2 })
    expect(await sent()).toEqual([])
    tracker.setConsent('granted')
    const [purchase, lead] = await sent()
    expect(purchase).toMatchObject({
      event_id: held.event_id,
      custom_data: { content_ids: ['mug'] },
      user_data: { external_id: [sha256('1')] },
    })
    expect(lead).toMatchObject({ event_name: 'Lead', custom_data: { order_id: '7' } })
    tracker.end()
    expect(await counts()).toEqual({ tracked: 2, delivered: 2, queued: 0, consent: 0 })
  })

  it('tracks with limits when it becomes limited', async () => {
    const { tracker, sent } = world({ consent: 'pending' })
    await tracker.track('Lead')
    tracker.setConsent('ldu')
    expect(await sent()).toMatchObject([{ data_processing_options: ['LDU'] }])
  })

  it.each<[string, (tracker: ReturnType<typeof world>['tracker']) => void]>([
    ['is denied', (tracker) => tracker.setConsent('denied')],
    ['is answered with nothing', (tracker) => tracker.setConsent(undefined as never)],
    ['is answered with null', (tracker) => tracker.setConsent(null as never)],
    ['stays open to the end of the request', (tracker) => tracker.end()],
  ])('drops and counts what it held when it %s', async (_name, decide) => {
    const { tracker, sent, counts } = world({ consent: 'pending' })
    await tracker.track('Lead')
    decide(tracker)
    await tracker.track('Lead')
    expect(await sent()).toEqual([])
    expect(await counts()).toEqual({ tracked: 2, delivered: 0, queued: 0, consent: 2 })
  })

  it('tracks what it held when the option says granted by the end', async () => {
    let consent: Consent = 'pending'
    const { tracker, sent } = world({ consent: () => consent })
    await tracker.track('Lead')
    consent = 'granted'
    tracker.end()
    expect(await sent()).toHaveLength(1)
  })

  it('holds fifty and no more', async () => {
    const { tracker, sent, counts } = world({ consent: 'pending' })
    const receipts = await Promise.all(Array.from({ length: 60 }, () => tracker.track('Lead')))
    expect(receipts.filter(({ outcome }) => outcome === 'held')).toHaveLength(50)
    expect(receipts.filter(({ reason }) => reason === 'consent')).toHaveLength(10)
    tracker.setConsent('granted')
    expect(await sent()).toHaveLength(50)
    expect(await counts()).toEqual({ tracked: 60, delivered: 50, queued: 0, consent: 10 })
  })

  it('does not hold a send, which waits for an answer', async () => {
    const { tracker, sent } = world({ consent: 'pending' })
    const result = await tracker.send({ event_name: 'Lead', action_source: 'website' })
    expect(result.receipts).toMatchObject([{ outcome: 'dropped', reason: 'consent' }])
    expect(await sent()).toEqual([])
  })
})

it('survives whatever its functions do', async () => {
  const boom = () => {
    throw new Error('boom')
  }
  const { client, sent } = world({}, { onDropped: boom, onIssue: boom, onDelivered: boom })
  const tracker = createRequestTracker(client, boom, { user: boom })
  const rejecting = createRequestTracker(client, () => CONTEXT, {
    user: (() => Promise.reject(new Error('boom'))) as never,
  })
  tracker.setUser(
    new Proxy(
      {},
      {
        ownKeys: boom,
      },
    ),
  )
  expect(tracker.context).toEqual({ v: 1, action_source: 'website', user_data: {} })
  const user_data = { em: 'anna@example.com', client_user_agent: 'UA/1' }
  for (const one of [tracker, rejecting])
    expect(await one.track('Lead', {}, { user_data })).toMatchObject({ outcome: 'accepted' })
  const hostile = {
    get event_id(): string {
      return boom()
    },
  }
  for (const consent of ['granted', 'pending', 'denied'] as const) {
    const receipt = await createRequestTracker(client, () => CONTEXT, { consent }).track(
      'Lead',
      {},
      hostile,
    )
    expect(receipt.event_id).toMatch(/^[0-9a-f-]{36}$/)
  }
  expect(await sent()).toHaveLength(2)
})

it('makes event ids that a page can repeat', () => {
  const { tracker } = world()
  expect(tracker.eventId('order', 1001)).toBe('order.1001')
  expect(tracker.eventId()).toMatch(/^[0-9a-f-]{36}$/)
})
