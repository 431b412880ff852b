import { refused, taken } from '@capi/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { memoryOutbox } from '../../src/index.ts'
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

describe('a clock that jumps eight days ahead', () => {
  const DAYS_MS = 8 * 24 * HOUR_MS

  it('for a moment deletes nothing', async () => {
    const capi = client()
    network.answer(down)
    for (const id of ['a', 'b']) await buy(capi, id)
    await clock.advance(200)
    clock.jump(DAYS_MS)
    await capi.flush({ timeoutMs: 0 })
    await clock.advance(2 * MINUTE_MS)
    clock.jump(-DAYS_MS)
    await clock.advance(10 * MINUTE_MS)
    expect(drops).toEqual([])
    expect(await sum(capi)).toEqual({ tracked: 2, delivered: 2, queued: 0, lost: 0 })
  })

  it('and stays there gives up what is too old when Meta’s own Date agrees', async () => {
    const capi = client()
    network.answer(down)
    await buy(capi, 'old')
    await clock.advance(200)
    clock.jump(DAYS_MS)
    const date = new Date(clock.now()).toUTCString()
    network.answerAll((request) => {
      const isOld = request.body.data.some(
        ({ event_time }) => Number(event_time) < clock.now() / 1_000 - 7 * 86_400,
      )
      if (!isOld) return taken(request)
      const error = { code: 100, error_subcode: 2804003, fbtrace_id: 'A1' }
      return Response.json({ error }, { status: 400, headers: { date } })
    })
    await buy(capi, 'new')
    await clock.advance(10 * MINUTE_MS)
    expect(drops).toMatchObject([{ reason: 'expired', event_ids: ['old'] }])
    expect(await sum(capi)).toEqual({ tracked: 2, delivered: 1, queued: 0, lost: 1 })
  })

  it('is not believed because a proxy has the same time', async () => {
    const capi = client()
    const date = new Date(clock.now() + DAYS_MS).toUTCString()
    network.answer(new Response('<html>', { status: 502, headers: { date } }))
    await buy(capi, 'a')
    await clock.advance(200)
    clock.jump(DAYS_MS)
    await clock.advance(10 * MINUTE_MS)
    expect(await sum(capi)).toEqual({ tracked: 1, delivered: 1, queued: 0, lost: 0 })
  })
})

describe('an event whose request got no answer', () => {
  const reset = new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } })

  async function outage(hours: number, first = reset) {
    const batches: unknown[] = []
    const capi = client({ onDelivered: (batch) => batches.push(batch) })
    let isDown = true
    let tries = 0
    network.answerAll((request) => (isDown ? (tries++ === 0 ? first : down) : taken(request)))
    await buy(capi, 'order.1')
    await clock.advance(hours * HOUR_MS)
    isDown = false
    await buy(capi, 'order.2')
    await clock.advance(10 * MINUTE_MS)
    return batches
  }
  const told = (batches: readonly unknown[]) =>
    batches.flatMap((batch) => (batch as { mayCountTwice?: string[] }).mayCountTwice ?? [])

  it('is reported with its delivery where Meta may count it twice: after more than 48 hours', async () => {
    expect(told(await outage(49))).toEqual(['order.1'])
  })
  it('is not when it is delivered before', async () => {
    expect(told(await outage(47))).toEqual([])
  })
  it.each(['website', 'physical_store'] as const)(
    'is also where another process sent it before, however long Meta takes those of %s',
    async (action_source) => {
      const outbox = { ...memoryOutbox(), close: async () => [] }
      const batches: unknown[] = []
      const open = () => client({ outbox, onDelivered: (batch) => batches.push(batch) })
      const before = open()
      network.answer(reset)
      await before.track('Lead', {}, { ...page, ...person, action_source, event_id: 'order.1' })
      await clock.advance(200)
      await before.close({ timeoutMs: 0 })
      await clock.advance(49 * HOUR_MS)
      open()
      await clock.advance(10 * MINUTE_MS)
      expect(told(batches)).toEqual(['order.1'])
    },
  )
  it('is not when no request can have reached Meta', async () => {
    expect(told(await outage(49, down))).toEqual([])
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
