import { setTimeout as sleep } from 'node:timers/promises'
import type { LeasedItem, OutboxItem } from '@capi/core/outbox'
import { outboxItem } from '@capi/core/outbox-test'
import { Queue } from 'bullmq'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { bullmqOutbox } from '../src/bullmq-outbox.ts'
import type { BullmqOutboxOptions } from '../src/index.ts'
import type { OldOutbox } from '../src/old-port.ts'
import { isRedisHere, redisForTests, testPrefix } from './redis.ts'

const [LANE, PAUSED] = ['1234567890', '2222222222']
const LEASE_MS = 1_200
const redis = await redisForTests()
const prefixes = testPrefix()
let prefix = prefixes.next()
afterEach(async () => {
  if (isRedisHere) await prefixes.clear(redis)
  prefix = prefixes.next()
})

function open(more: Partial<BullmqOutboxOptions> = {}): OldOutbox {
  const queue = { name: 'capi', opts: { prefix, connection: redis } }
  const outbox = bullmqOutbox({
    queue,
    leaseMs: LEASE_MS,
    timeoutMs: 5_000,
    onWarning() {},
    ...more,
  })
  onTestFinished(async () => void (await outbox.close()))
  return outbox
}
/** The queue as the application has it. */
function openQueue(): Queue {
  const queue = new Queue('capi', { prefix, connection: redis })
  onTestFinished(() => queue.close())
  return queue
}
const many = (count: number, more: Partial<OutboxItem> = {}) =>
  Array.from({ length: count }, (_, n) =>
    outboxItem(`e${n}`, { expiresAtMs: Date.now() + 86_400_000, ...more }),
  )
const put = (outbox: OldOutbox, items: OutboxItem[]) => outbox.put(items, Date.now())
const lease = async (outbox: OldOutbox, lane = LANE, maxEvents = 100) =>
  (await outbox.lease({ lane, maxEvents, maxBytes: 1e6, tickMs: 0 })).items
const settle = (outbox: OldOutbox, items: readonly LeasedItem[]) =>
  outbox.settle(
    items.map((token) => ({ kind: 'delivered', token })),
    { tickMs: 0, nowMs: Date.now() },
  )
const idsOf = (items: readonly { event_id: string }[]) => items.map((one) => one.event_id)

describe.skipIf(!isRedisHere)('workers of one queue', { timeout: 20_000 }, () => {
  it('share the events: each has one worker, and is settled once', async () => {
    const [one, other] = [open(), open()]
    await put(one, many(1_000))
    const seen: string[] = []
    async function work(outbox: OldOutbox): Promise<void> {
      for (let items = await lease(outbox); items.length > 0; items = await lease(outbox)) {
        seen.push(...idsOf(items))
        expect(new Set(await settle(outbox, items))).toEqual(new Set(['settled']))
      }
    }
    await Promise.all([one, one, other, other].map(work))
    expect(seen).toHaveLength(1_000)
    expect(new Set(seen).size).toBe(1_000)
    expect(await one.stats()).toEqual({})
  })

  it('answer the same event put by many at once with one yes', async () => {
    const outboxes = Array.from({ length: 8 }, () => open({ role: 'producer' }))
    const rounds = Array.from({ length: 50 }, (_, n) => many(1, { event_id: `r${n}` }))
    for (const items of rounds) {
      const answers = await Promise.all(outboxes.map((outbox) => put(outbox, items)))
      expect(answers.flat().filter((answer) => answer === 'accepted')).toHaveLength(1)
    }
  })

  it('keep what they lease for as long as they live', async () => {
    const [one, other] = [open(), open()]
    await other.recover()
    await put(one, many(3))
    const items = await lease(one)
    await sleep(2.5 * LEASE_MS)
    expect(await lease(other)).toEqual([])
    expect(await settle(one, items)).toEqual(['settled', 'settled', 'settled'])
  })

  it('give back in order what they hold when they close', async () => {
    const one = open()
    await put(one, many(10))
    await lease(one, LANE, 4)
    await one.close()
    expect(idsOf(await lease(open()))).toEqual(idsOf(many(10)))
  })

  it('are told of events that others put, also of a pixel they do not know', async () => {
    const worker = open()
    await worker.recover()
    expect(await worker.dueLanes()).toEqual([])
    await put(open({ role: 'producer' }), many(1))
    expect(await worker.dueLanes()).toEqual([LANE])
  })

  it('reach the events of one pixel behind those of a paused one, which come back without an attempt', async () => {
    const [one, other] = [open(), open()]
    await put(one, many(3_000, { lane: PAUSED }))
    await put(one, many(5))
    await expect.poll(() => lease(one), { timeout: 20_000, interval: 100 }).toHaveLength(5)
    const back: LeasedItem[] = []
    await expect
      .poll(async () => back.push(...(await lease(other, PAUSED, 1_000))), {
        timeout: 30_000,
        interval: 100,
      })
      .toBe(3_000)
    expect(new Set(idsOf(back)).size).toBe(3_000)
    expect(back.filter(({ attempts }) => attempts > 0)).toEqual([])
  }, 60_000)

  it('deliver nothing while the queue is paused, and everything after', async () => {
    const [outbox, queue] = [open(), openQueue()]
    await queue.pause()
    await put(outbox, many(2))
    expect(await lease(outbox)).toEqual([])
    await queue.resume()
    expect(await lease(outbox)).toHaveLength(2)
  })

  it('put jobs of somebody else aside as failed', async () => {
    const [outbox, queue] = [open(), openQueue()]
    await queue.add('newsletter', { to: 'nobody' })
    await put(outbox, many(1))
    await expect.poll(() => lease(outbox), { timeout: 5_000 }).toHaveLength(1)
    expect(await queue.getFailedCount()).toBe(1)
  })

  it('count right again after a crash between two of their steps', async () => {
    const outbox = open()
    await put(outbox, many(3))
    const queue = openQueue()
    // The events are gone, and nobody took note.
    await queue.drain()
    expect((await outbox.stats())[LANE]).toEqual({ queued: 3, dead: 0 })
    expect(await outbox.sweep(Date.now())).toEqual([])
    expect(await outbox.stats()).toEqual({})
  })
})
