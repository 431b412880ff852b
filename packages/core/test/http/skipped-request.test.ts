import { describe, expect, it } from 'vitest'
import { requestContext } from '../../src/adapter.ts'
import { ANNA, ANNA_HASHED, REQUEST, SALE, world } from './elsewhere.ts'

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
