import type { OutboxItem } from '@capi/core/outbox'
import { outboxItem } from '@capi/core/outbox-test'
import { beforeEach, describe, expect, it } from 'vitest'
import { idsOf, LANE, lease, NOW_MS, problemOf, TIME } from './events.ts'
import { testDatabase } from './test-database.ts'

const world = testDatabase()
beforeEach(world.clear)

const many = (count: number, more: Partial<OutboxItem> = {}) =>
  Array.from({ length: count }, (_, n) => outboxItem(`e${n}`, more))

describe('leases', () => {
  it('of many workers hold each event once, in the order they came', async () => {
    const workers = Array.from({ length: 4 }, () => world.outbox())
    await world.outbox().put(many(400), TIME)
    const leases = await Promise.all(
      workers.flatMap((worker) => Array.from({ length: 10 }, () => lease(worker, 10))),
    )
    for (const { items } of leases) {
      const places = idsOf(items).map((id) => Number(id.slice(1)))
      expect(places).toEqual([...places].sort((a, b) => a - b))
    }
    const rest = await lease(world.outbox(), 400)
    const leased = [...leases.flatMap(({ items }) => idsOf(items)), ...idsOf(rest.items)]
    expect(leased).toHaveLength(400)
    expect(new Set(leased).size).toBe(400)
  })

  it('take as many bytes as asked, and leave the others to the next at once', async () => {
    const outbox = world.outbox()
    await outbox.put(many(10, { body: 'x'.repeat(1_000) }), TIME)
    const request = { lane: LANE, maxEvents: 100, maxBytes: 3_500, leaseMs: 1_000 }
    const first = await outbox.lease(request, TIME)
    expect([idsOf(first.items), first.hasMore]).toEqual([['e0', 'e1', 'e2'], true])
    expect(idsOf((await lease(world.outbox())).items)).toHaveLength(7)
  })

  it('that a closed worker held are due at once', async () => {
    const outbox = world.outbox()
    await outbox.put(many(2), TIME)
    await lease(outbox, 1)
    await outbox.close()
    expect(idsOf((await lease(world.outbox())).items)).toHaveLength(2)
  })

  it('are never ended by a number of attempts: the greatest that Postgres keeps goes on', async () => {
    const outbox = world.outbox()
    await outbox.put([outboxItem('a')], TIME)
    await world.client.query('UPDATE capi.event SET attempts = 2147483646')
    for (let n = 0; n < 3; n++) {
      const [token] = (await lease(outbox)).items
      if (token === undefined) throw new Error('it is leased')
      const again = { kind: 'retry', token, delayMs: 0, isAttempt: true } as const
      expect(await outbox.settle([again], TIME)).toEqual(['settled'])
    }
    expect(await outbox.counts()).toEqual({ [LANE]: { queued: 1, dead: 0 } })
  })

  it('keep an event of an earlier life from being settled by its old lease', async () => {
    const outbox = world.outbox()
    await outbox.put([outboxItem('a')], TIME)
    const [old] = (await lease(outbox)).items
    if (old === undefined) throw new Error('it is leased')
    await outbox.settle([{ kind: 'delivered', token: old }], TIME)
    await outbox.put([outboxItem('a')], TIME)
    await lease(outbox)
    expect(await outbox.settle([{ kind: 'delivered', token: old }], TIME)).toEqual(['stale'])
  })
})

describe('puts', () => {
  it('tell which of many are duplicates, also of each other', async () => {
    const outbox = world.outbox()
    await outbox.put([outboxItem('b')], TIME)
    const names = ['a', 'b', 'a', 'c', 'b', 'c']
    const items = names.map((name) => outboxItem(name))
    const [taken, known] = ['accepted', 'duplicate']
    expect(await outbox.put(items, TIME)).toEqual([taken, known, known, taken, known, known])
    expect(await outbox.put([], TIME)).toEqual([])
  })

  it('of the same events by many at once take each once', async () => {
    const outboxes = Array.from({ length: 5 }, () => world.outbox())
    const results = await Promise.all(outboxes.map((outbox) => outbox.put(many(200), TIME)))
    expect(results.flat().filter((result) => result === 'accepted')).toHaveLength(200)
    expect(results.flat().filter((result) => result === 'duplicate')).toHaveLength(800)
  })

  it('say what a duplicate is also where the outbox is full, and count what others put', async () => {
    const outbox = world.outbox({ maxEvents: 3 })
    await outbox.put([outboxItem('a')], TIME)
    await world.outbox().put([outboxItem('b'), outboxItem('c')], TIME)
    const put = (id: string, tickMs: number) =>
      outbox.put([outboxItem(id)], { tickMs, nowMs: NOW_MS })
    expect(await put('d', 20_000)).toEqual(['full'])
    expect(await put('b', 20_000)).toEqual(['duplicate'])
    const other = world.outbox()
    for (const token of (await lease(other, 1)).items)
      await other.settle([{ kind: 'delivered', token }], TIME)
    expect(await put('d', 20_001)).toEqual(['accepted'])
    expect(await put('e', 20_001)).toEqual(['full'])
  })

  it('of something that Postgres does not take are refused whole', async () => {
    const outbox = world.outbox()
    const error = await outbox
      .put([outboxItem('a'), outboxItem('\0')], TIME)
      .catch((reason: unknown) => reason)
    expect(problemOf(error)).toBe('unknown')
    expect(String(error)).toContain('22P05')
    expect(await outbox.counts()).toEqual({})
  })
})

describe('looking', () => {
  it('finds the pixels that have something due among many, and none that only wait for later', async () => {
    const outbox = world.outbox()
    const lanes = Array.from({ length: 60 }, (_, n) => String(1_000_000_000 + n))
    await outbox.put(
      lanes.map((lane) => outboxItem('a', { lane })),
      TIME,
    )
    for (const lane of lanes.slice(0, 30)) {
      const request = { lane, maxEvents: 1, maxBytes: 1e6, leaseMs: 60_000 }
      const [token] = (await outbox.lease(request, TIME)).items
      if (token === undefined) throw new Error('it is leased')
      const later = { kind: 'retry', token, delayMs: 60_000, isAttempt: true } as const
      await outbox.settle([later], TIME)
    }
    expect([...(await outbox.dueLanes(TIME))].sort()).toEqual(lanes.slice(30))
    const [lane = ''] = lanes
    const none = await outbox.lease({ lane, maxEvents: 1, maxBytes: 1e6, leaseMs: 1_000 }, TIME)
    expect(none.items).toEqual([])
    expect(none.nextDueInMs).toBeGreaterThan(50_000)
  })

  it('gives up what expired once, by many at once', async () => {
    const outboxes = [world.outbox(), world.outbox(), world.outbox()]
    await outboxes[0]?.put(many(2_500, { expiresAtMs: NOW_MS + 1 }), TIME)
    const time = { tickMs: 0, nowMs: NOW_MS + 1 }
    const takeAll = async (outbox: (typeof outboxes)[number]) => {
      const found: unknown[] = []
      for (let hasMore: boolean | undefined = true; hasMore; ) {
        const expired = await outbox.takeExpired(400, time)
        found.push(...expired.losses.map(({ event_id }) => event_id))
        hasMore = expired.hasMore
      }
      return found
    }
    const lost = (await Promise.all(outboxes.map(takeAll))).flat()
    expect(lost).toHaveLength(2_500)
    expect(new Set(lost).size).toBe(2_500)
  })
})

it('keeps of a delivered event nothing but its key', async () => {
  const outbox = world.outbox()
  await outbox.put([outboxItem('a', { rememberUntilMs: NOW_MS + 1_000 })], TIME)
  for (const token of (await lease(outbox)).items)
    await outbox.settle([{ kind: 'delivered', token }], TIME)
  const { rows } = await world.client.query(
    'SELECT lane, event_id, event_name, body, trace FROM capi.event',
  )
  expect(rows).toEqual([{ lane: null, event_id: null, event_name: null, body: null, trace: null }])
})
