import { refused, taken } from '@capi/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  buy,
  down,
  PIXEL,
  page,
  person,
  purchase,
  sum,
  testWorld,
  type World,
} from '../test-world.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

let clock: World['clock']
let network: World['network']
let drops: World['drops']
let client: World['client']

beforeEach(() => {
  ;({ clock, network, drops, client } = testWorld())
})

const sizes = () => network.requests.map((request) => request.body.data.length)

describe('age', () => {
  it('loses in a long outage only what grew too old, and sends none of it', async () => {
    let isDown = true
    let sent = 0
    network.answerAll((request) => {
      if (isDown) return down
      for (const { event_time } of request.body.data)
        expect(event_time).toBeGreaterThan(clock.now() / 1_000 - 7 * 86_400)
      sent += request.body.data.length
      return taken(request)
    })
    const capi = client()
    // Orders imported late: they have between 1 hour and 6 days 23 hours to live, and a day passes.
    for (let order = 0; order < 168; order++) {
      const event_time = new Date(clock.now() - order * HOUR_MS)
      await capi.track('Purchase', purchase, { ...page, ...person, event_time })
    }
    await clock.advance(24 * HOUR_MS)
    isDown = false
    await clock.advance(10 * MINUTE_MS)
    const { lost } = await sum(capi)
    expect(lost).toBeGreaterThan(20)
    expect(drops.every((drop) => drop.reason === 'expired')).toBe(true)
    expect(await sum(capi)).toEqual({ tracked: 168, delivered: 168 - lost, queued: 0, lost })
    expect(sent).toBe(168 - lost)
  })

  it('drops what expired before it reaches a batch', async () => {
    const capi = client({ batch: { maxWaitMs: 30_000 } })
    const event_time = new Date(clock.now() - 7 * 86_400_000 + 610_000)
    await capi.track('Lead', {}, { ...page, ...person, event_time })
    await buy(capi, 'order.1')
    await clock.advance(30_000)
    expect(sizes()).toEqual([1])
    expect(drops).toMatchObject([{ reason: 'expired', count: 1 }])
    expect(await sum(capi)).toMatchObject({ delivered: 1, lost: 1, queued: 0 })
  })

  it.each([-5, 5])('is not misled by a clock that is set %i hours', async (hours) => {
    const capi = client()
    network.answer(down)
    await buy(capi, 'order.1')
    await clock.advance(200)
    clock.jump(hours * HOUR_MS)
    await buy(capi, 'order.2')
    await clock.advance(2_000)
    expect(await sum(capi)).toEqual({ tracked: 2, delivered: 2, queued: 0, lost: 0 })
    expect(network.requests.length).toBeLessThan(5)
  })
})

describe('an event sent once', () => {
  it('is a duplicate while it waits and after it was delivered, also much later', async () => {
    const capi = client()
    await buy(capi, 'order.1')
    expect(await buy(capi, 'order.1')).toMatchObject({ outcome: 'duplicate' })
    await clock.advance(200)
    await clock.advance(8 * 24 * HOUR_MS)
    expect(await buy(capi, 'order.1')).toMatchObject({ outcome: 'duplicate' })
    await clock.advance(2 * 24 * HOUR_MS)
    expect(await buy(capi, 'order.1')).toMatchObject({ outcome: 'accepted' })
    expect(await sum(capi)).toMatchObject({ tracked: 2 })
  })
})

describe('dead letters', () => {
  it('are sent again when their cause is fixed, with the same id and bytes', async () => {
    const capi = client()
    network.answer(refused(400, { code: 100, error_subcode: 2804050 }), taken)
    await buy(capi, 'order.1')
    await clock.advance(200)
    expect(await capi.deadLetters.replay('all')).toMatchObject({ replayed: { [PIXEL]: 1 } })
    expect(await sum(capi)).toEqual({ tracked: 2, delivered: 0, queued: 1, lost: 1 })
    await clock.advance(200)
    expect(network.requests[1]?.body).toEqual(network.requests[0]?.body)
    expect(await sum(capi)).toEqual({ tracked: 2, delivered: 1, queued: 0, lost: 1 })
    expect(await capi.deadLetters.list()).toEqual([])
  })
})
