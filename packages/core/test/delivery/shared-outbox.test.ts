import { beforeEach, describe, expect, it } from 'vitest'
import { type Clock, memoryOutbox } from '../../src/index.ts'
import type { Outbox, PutOptions } from '../../src/outbox.ts'
import { lead, PIXEL, page, person, testWorld, type World } from '../test-world.ts'

const POLL_MS = 500
const OTHER_PIXEL = '2222222222'

let world: World
let contents: Outbox
/** What each `put` was given beside its items. */
let transactions: unknown[]
/** The options of the last one. */
let given: PutOptions | undefined

beforeEach(() => {
  world = testWorld()
  contents = memoryOutbox()
  transactions = []
})

/** One process's view of what several share. */
function shared(sharedAs: 'producer' | 'worker'): Outbox {
  return {
    ...contents,
    sharedAs,
    isTransactional: true,
    pollMs: POLL_MS,
    put(items, time, options) {
      given = options
      transactions.push(options?.transaction)
      return contents.put(items, time)
    },
    recover: async () => ({ [PIXEL]: 7 }),
    close: async () => [],
  }
}

const producer = () => world.client({ outbox: shared('producer') })
const worker = () => world.client({ outbox: shared('worker') })

describe('an outbox that processes share', () => {
  it('lets one process put and another deliver, and their counts add up', async () => {
    const [web, delivery] = [producer(), worker()]
    for (const id of ['a', 'b', 'c']) await lead(web, id)
    await world.clock.advance(1_000)
    const [put, sent] = [await web.stats(), await delivery.stats()]
    expect([put.tracked, put.delivered, put.queued]).toEqual([3, 0, 0])
    expect([sent.tracked, sent.delivered, sent.queued]).toEqual([0, 3, 0])
    expect(put.tracked + sent.tracked).toBe(put.delivered + sent.delivered)
    expect(sent.queued).toBe(0)
  })

  it('is never leased from by a process that only puts', async () => {
    const web = producer()
    await lead(web, 'a')
    await world.clock.advance(60_000)
    expect(world.network.requests).toHaveLength(0)
    expect((await web.stats()).queued).toBe(1)
  })

  it('does not keep a process that only puts from ending: it says what waits', async () => {
    const web = producer()
    await lead(web, 'a')
    // No time passes: the fake clock stands still.
    expect(await web.flush()).toEqual({ delivered: 0, dropped: 0, queued: 1 })
    expect(await web.close()).toEqual({ delivered: 0, dropped: 0, queued: 1 })
  })

  it('is closed by a worker without a wait of less than nothing', async () => {
    const delays: number[] = []
    let tickMs = 0
    const clock: Clock = {
      ...world.clock,
      // As real time: some of it goes by between any two looks.
      tick: () => tickMs++,
      after(delayMs, callback) {
        delays.push(delayMs)
        return world.clock.after(delayMs, callback)
      },
    }
    const delivery = world.client({ outbox: shared('worker'), clock })
    await lead(delivery, 'a')
    const closed = delivery.close({ timeoutMs: 0 })
    await world.clock.advance(10_000)
    await closed
    expect(delays.filter((delayMs) => delayMs < 0)).toEqual([])
  })

  it('that cannot count, at once or later, fails no flush and no close', async () => {
    const broken = () => {
      throw new Error('no connection')
    }
    for (const counts of [broken, () => Promise.reject(new Error('no connection'))]) {
      const web = world.client({ outbox: { ...shared('producer'), counts } })
      const unknown = { delivered: 0, dropped: 0, queued: undefined }
      expect(await web.flush()).toEqual(unknown)
      expect(await web.close()).toEqual(unknown)
    }
  })

  it('is polled: a worker gets no message about what others put', async () => {
    worker()
    await world.clock.advance(60_000)
    await lead(producer(), 'late')
    await world.clock.advance(2 * POLL_MS)
    expect(world.network.requests).toHaveLength(1)
  })

  it('wakes the lane of a pixel the worker did not know', async () => {
    world.client({
      outbox: {
        ...shared('worker'),
        dueLanes: async (time) => ['../not-a-pixel', ...(await contents.dueLanes(time))],
      },
    })
    await world.clock.advance(60_000)
    await producer()
      .with({ pixelId: OTHER_PIXEL })
      .track('Lead', {}, { ...page, ...person })
    await world.clock.advance(1_000)
    expect(world.network.requests.map(({ url }) => url)).toEqual([
      expect.stringContaining(`/${OTHER_PIXEL}/events`),
    ])
  })

  it('is not emptied by a worker that closes: what is on its way is settled, the rest stays', async () => {
    const delivery = world.client({
      outbox: shared('worker'),
      batch: { maxEvents: 1, concurrency: 1 },
    })
    world.network.answer('hang')
    for (const id of ['a', 'b', 'c']) await lead(producer(), id)
    await world.clock.advance(POLL_MS)
    expect(world.network.requests).toHaveLength(1)
    const closed = delivery.close({ timeoutMs: 1_000 })
    await world.clock.advance(1_000)
    expect(await closed).toEqual({ delivered: 0, dropped: 0, queued: 3 })
    expect(world.network.requests).toHaveLength(1)
  })
})

describe('a transaction', () => {
  it('is handed to the outbox, and is no part of the event', async () => {
    const transaction = { query: () => {} }
    const web = producer()
    await web.track('Lead', {}, { ...page, ...person, event_id: 'a', transaction })
    await lead(web, 'b')
    expect(transactions).toEqual([transaction, undefined])
    const request = { lane: PIXEL, maxEvents: 9, maxBytes: 1e6, leaseMs: 60_000 }
    const { items } = await contents.lease(request, { tickMs: 0, nowMs: 0 })
    expect(items[0]?.body).not.toContain('transaction')
    expect(items[0]?.body.replace('"a"', '"b"')).toBe(items[1]?.body)
  })

  it('tells the outbox when its caller waits no longer', async () => {
    const hanging: Outbox = {
      ...shared('producer'),
      put(_items, _time, options) {
        given = options
        return new Promise(() => {})
      },
    }
    const web = world.client({ outbox: hanging })
    const tracking = web.track('Lead', {}, { ...page, ...person, event_id: 'a', transaction: {} })
    await world.clock.advance(900)
    expect(given?.isGivenUp?.()).toBe(false)
    await world.clock.advance(200)
    expect((await tracking).outcome).toBe('dropped')
    expect(given?.isGivenUp?.()).toBe(true)
  })

  it('that the outbox cannot join drops the event, and logs once what to do', async () => {
    const capi = world.client()
    const transaction = {}
    for (const event_id of ['a', 'b']) {
      const receipt = await capi.track('Lead', {}, { ...page, ...person, event_id, transaction })
      expect(receipt).toMatchObject({ outcome: 'dropped', reason: 'store_failed' })
    }
    expect(world.drops[0]?.cause).toEqual({ code: 'store_transaction_unsupported' })
    expect(world.logger.error.mock.calls).toEqual([[expect.stringContaining('@capi/postgres')]])
  })
})
