import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryOutbox } from '../../src/index.ts'
import { outboxItem } from '../../src/outbox-test.ts'
import { memoryIds } from '../../src/store/memory-ids.ts'

const NOW_MS = Date.UTC(2026, 10, 28)
const DAY_MS = 86_400_000
const hex = (n: number) => n.toString(16).padStart(32, '0')

describe('remembered ids', () => {
  it('are as many as was asked for, and the oldest are forgotten beyond that', () => {
    const ids = memoryIds(40_000)
    for (let n = 0; n < 100_000; n++) ids.add(hex(n), NOW_MS + 9 * DAY_MS)
    const known = (from: number, to: number) => {
      let count = 0
      for (let n = from; n < to; n++) if (ids.has(hex(n), NOW_MS)) count++
      return count
    }
    expect(known(60_000, 100_000)).toBe(40_000)
    expect(known(0, 40_000)).toBe(0)
  })

  it.each([1, 7, 100])('of a bound of %i, the last ones are known', (most) => {
    const ids = memoryIds(most)
    for (let n = 0; n < 1_000; n++) ids.add(hex(n), NOW_MS + 1)
    for (let n = 1_000 - most; n < 1_000; n++) expect(ids.has(hex(n), NOW_MS)).toBe(true)
    expect(ids.has(hex(0), NOW_MS)).toBe(false)
  })

  it('of a bound of 0, none is known', () => {
    const ids = memoryIds(0)
    ids.add(hex(1), NOW_MS + 1)
    expect(ids.has(hex(1), NOW_MS)).toBe(false)
  })

  it('are known until the millisecond they were asked to be, whatever their form and order', () => {
    const key = fc.oneof(
      fc.integer({ min: 0, max: 50 }).map(hex),
      fc.string({ maxLength: 3 }),
      fc.stringMatching(/^[0-9a-f]{31,33}$/),
    )
    const step = fc.tuple(key, fc.integer({ min: 1, max: 1_000 }), fc.integer({ max: 50, min: 0 }))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const ids = memoryIds(1_000)
        const until = new Map<string, number>()
        let nowMs = NOW_MS
        for (const [one, forMs, passedMs] of steps) {
          nowMs += passedMs
          ids.dropExpired(nowMs)
          // A known one is a duplicate: it is not delivered again.
          if (!ids.has(one, nowMs)) {
            ids.add(one, nowMs + forMs)
            until.set(one, nowMs + forMs)
          }
          for (const [known, untilMs] of until) expect(ids.has(known, nowMs)).toBe(untilMs > nowMs)
        }
      }),
    )
  })
})

describe('memoryOutbox', () => {
  async function deliver(outbox: ReturnType<typeof memoryOutbox>, ids: readonly string[]) {
    const time = { tickMs: 0, nowMs: NOW_MS }
    const items = ids.map((id) => outboxItem(id, { rememberUntilMs: NOW_MS + DAY_MS }))
    const results = await outbox.put(items, time)
    const request = { lane: items[0]?.lane ?? '', maxEvents: 99, maxBytes: 1e9, leaseMs: 60_000 }
    const leased = (await outbox.lease(request, time)).items
    await outbox.settle(
      leased.map((token) => ({ kind: 'delivered', token })),
      time,
    )
    return results
  }

  it('remembers the ids of more events than it holds', async () => {
    const outbox = memoryOutbox({ maxEvents: 10 })
    for (let n = 0; n < 50; n++) await deliver(outbox, [`${n}.a`, `${n}.b`])
    expect(await deliver(outbox, ['0.a', '49.b'])).toEqual(['duplicate', 'duplicate'])
  })

  it('forgets beyond maxRemembered', async () => {
    const outbox = memoryOutbox({ maxRemembered: 3 })
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await deliver(outbox, [id])
    expect(await deliver(outbox, ['a', 'g'])).toEqual(['accepted', 'duplicate'])
  })
})
