import { describe, expect, it } from 'vitest'
import { type Consent, createCapi, sha256 } from '../../src/index.ts'
import { NO_YES } from '../consents.ts'
import { ANNA, ANNA_HASHED, type Tracker, world } from './elsewhere.ts'

const ELSEWHERE = { event_name: 'Lead', action_source: 'phone_call', user_data: ANNA } as const
const VISIT = { event_name: 'Lead', user_data: ANNA } as const

/** What a tracker does with one whole event, by each way that takes one. */
async function outcomes(
  tracker: Pick<Tracker, 'enqueue' | 'send'>,
  event: object,
): Promise<unknown> {
  const receipts: unknown[] = [
    await tracker.enqueue(event as never),
    ...[await tracker.enqueue([event] as never)].flat(),
  ]
  for (const given of [event, { data: [event] }]) {
    const result = await tracker
      .send(given as never)
      .catch(
        (error: { readonly partial: { readonly receipts: readonly object[] } }) => error.partial,
      )
    receipts.push(...result.receipts)
  }
  return receipts
}
const four = (one: object) => [one, one, one, one]

describe.each([
  ['elsewhere', ELSEWHERE],
  ['in the visit', VISIT],
])('a whole event that happened %s', (_where, event) => {
  it.each(NO_YES)('is no yes where its consent is %o', async (consent) => {
    const { tracker, sent } = world()
    const isPending = event === VISIT && (consent === undefined || consent === null)
    const [one, list, ...alone] = (await outcomes(tracker, { ...event, consent })) as object[]
    expect([one, list]).toMatchObject(Array(2).fill({ outcome: isPending ? 'held' : 'dropped' }))
    expect(alone).toMatchObject(Array(2).fill({ outcome: 'dropped', reason: 'consent' }))
    tracker.end()
    expect(await sent()).toEqual([])
  })

  it.each(['denied', 'pending'] as const)(
    'does not allow more than a scope that says %s',
    async (consent) => {
      const { tracker, sent } = world()
      await outcomes(tracker.with({ consent }), { ...event, consent: 'granted' })
      tracker.end()
      expect(await sent()).toEqual([])
    },
  )

  it.each([undefined, null, '', []])('goes nowhere where its pixelId is %o', async (pixelId) => {
    const { tracker, sent } = world()
    const reason = Array.isArray(pixelId) ? 'disabled' : 'invalid'
    for (const scoped of [tracker, tracker.with({ pixelId: '7777777777' })])
      expect(await outcomes(scoped, { ...event, pixelId })).toMatchObject(four({ reason }))
    expect(await sent()).toEqual([])
  })

  it('does not leave a scope that sends nowhere', async () => {
    const { tracker, sent } = world()
    const nowhere = tracker.with({ pixelId: [] })
    const named = { ...event, pixelId: '7777777777' }
    expect(await outcomes(nowhere, named)).toMatchObject(four({ reason: 'disabled' }))
    expect(await sent()).toEqual([])
  })
})

describe('a saved context under a request', () => {
  const bert = {
    v: 1,
    action_source: 'website',
    event_source_url: 'https://shop.example/bert',
    user_data: { client_user_agent: 'Bert/1', em: [sha256('bert@example.com')] },
  } as const

  it('stands for itself: nothing of the request is mixed in, nor its consent', async () => {
    const { tracker, client, sent } = world({ consent: 'denied' })
    const job = tracker.with({ ...bert })
    await job.track('Lead')
    await job.enqueue({ event_name: 'Lead' })
    await job.send({ event_name: 'Lead' })
    const events = await sent()
    expect(events).toHaveLength(3)
    for (const event of events)
      expect(event).toMatchObject({
        event_source_url: bert.event_source_url,
        user_data: { client_user_agent: 'Bert/1', em: bert.user_data.em },
      })
    expect(events.map((event) => Object.keys(event['user_data'] as object).length)).toEqual([
      2, 2, 2,
    ])
    expect(events.some((event) => 'v' in event)).toBe(false)
    await client.close()
  })

  it('of an unknown version is no yes by any way', async () => {
    const { tracker, sent } = world()
    const unknown = tracker.with({ ...bert, v: 2, consent: 'granted' } as never)
    expect(await unknown.track('Lead')).toMatchObject({ reason: 'consent' })
    expect(await outcomes(unknown, VISIT)).toMatchObject(four({ reason: 'consent' }))
    expect(await outcomes(unknown, ELSEWHERE)).toMatchObject(four({ reason: 'consent' }))
    expect(await sent()).toEqual([])
  })
})

it.each([
  undefined,
  null,
  '',
  JSON.stringify({ v: 1, action_source: 'website', consent: 'denied' }),
  7,
  [{ consent: 'denied' }],
  Promise.resolve({ consent: 'denied' }),
  () => ({ consent: 'denied' }),
])('refuses %o in the place of a scope: it may have held a refusal', (scope) => {
  const { tracker, client } = world()
  for (const one of [client, tracker, client.with({}), tracker.with({})])
    expect(() => one.with(scope as never)).toThrow(
      expect.objectContaining({ code: 'config_invalid' }),
    )
})

it('hears the consent that a scope inherits', async () => {
  class Visitor {
    get consent(): Consent {
      return 'denied'
    }
  }
  const { tracker, client } = world()
  for (const one of [client, tracker])
    expect(await one.with(new Visitor()).track('Lead', {}, ELSEWHERE)).toMatchObject({
      reason: 'consent',
    })
})

it('a field that is null hides none that the scope knows', async () => {
  const { tracker, sent } = world()
  const none = { user_data: null, event_source_url: null, action_source: null, event_time: null }
  await tracker.track('Lead', null as never, none as never)
  await tracker.enqueue({ event_name: 'Lead', custom_data: null, ...none } as never)
  const [one, other] = await sent()
  for (const event of [one, other])
    expect(event).toMatchObject({
      action_source: 'website',
      event_source_url: expect.stringContaining('://shop.example/'),
      user_data: { external_id: [sha256('visitor')], client_user_agent: 'Stripe/1.0' },
    })
  expect(one?.['user_data']).not.toMatchObject(ANNA_HASHED)
})

it('enqueue never rejects, whatever it is given', async () => {
  const revoked = <T extends object>(target: T) => {
    const { proxy, revoke } = Proxy.revocable(target, {})
    revoke()
    return proxy
  }
  const client = createCapi({ enabled: false })
  for (const tracker of [client, world().client, world().tracker] as readonly Tracker[])
    for (const given of [revoked({}), revoked([]), [revoked({})]])
      await expect(tracker.enqueue(given as never)).resolves.toBeDefined()
})
