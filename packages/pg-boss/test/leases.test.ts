import { outboxItem } from '@capi/core/outbox-test'
import { beforeEach, describe, expect, it } from 'vitest'
import { pgBossOutbox } from '../src/pg-boss-outbox.ts'
import { delivered, idsOf, LANE, lease, NOW_MS, problemOf, TIME } from './events.ts'
import { testBoss } from './test-boss.ts'

const world = testBoss()
const openOutbox = (more: { leaseSec?: number; pollMs?: number } = {}) =>
  pgBossOutbox({ boss: world.boss, pollMs: 60_000, ...more })

beforeEach(async () => {
  await world.client.query('DELETE FROM pgboss.job')
})

async function age(seconds: number): Promise<void> {
  await world.client.query(
    "UPDATE pgboss.job SET started_on = started_on - $1 * interval '1 s', heartbeat_on = heartbeat_on - $1 * interval '1 s'",
    [seconds],
  )
}

describe('a lease', () => {
  it('is extended while its process lives, and not after fifteen minutes', async () => {
    // As long as whoever put it said.
    const shop = openOutbox({ leaseSec: 10 })
    await shop.put([outboxItem('a')], NOW_MS)
    await shop.close()
    const outbox = openOutbox({ leaseSec: 300 })
    await lease(outbox)
    await age(9)
    const beat = async () =>
      (
        await world.client.query(
          "SELECT now() - heartbeat_on < interval '5 s' AS fresh FROM pgboss.job",
        )
      ).rows[0].fresh
    expect(await beat()).toBe(false)
    await expect.poll(beat, { timeout: 6_000 }).toBe(true)
    const other = openOutbox()
    expect(await other.recover()).toEqual({ [LANE]: 1 })
    expect(idsOf((await lease(other)).items)).toEqual([])
    await age(901)
    await world.client.query('UPDATE pgboss.job SET heartbeat_on = now()')
    await other.recover()
    expect(idsOf((await lease(other)).items)).toEqual(['a'])
    await other.close()
    await outbox.close()
  })

  it('that ran out is handed to whoever watches, and to one of them only', async () => {
    const dead = openOutbox({ leaseSec: 10 })
    await dead.put([outboxItem('a')], NOW_MS)
    const [old] = (await lease(dead)).items
    await age(11)
    const workers = [openOutbox(), openOutbox()]
    const due = await Promise.all(workers.map((worker) => worker.dueLanes()))
    expect(due).toContainEqual([LANE])
    const leased = await Promise.all(workers.map((worker) => lease(worker)))
    expect(leased.flatMap(({ items }) => idsOf(items))).toEqual(['a'])
    expect(await dead.settle(old === undefined ? [] : [delivered(old)], TIME)).toEqual(['stale'])
    for (const outbox of [dead, ...workers]) await outbox.close()
  })

  it('takes as many bytes as asked, and leaves the others to the next at once', async () => {
    const outbox = openOutbox()
    const body = 'x'.repeat(1_000)
    const put = Array.from({ length: 10 }, (_, n) => outboxItem(`e${n}`, { body }))
    await outbox.put(put, NOW_MS)
    const first = await outbox.lease({ lane: LANE, maxEvents: 100, maxBytes: 3_500, tickMs: 0 })
    expect([idsOf(first.items), first.hasMore]).toEqual([['e0', 'e1', 'e2'], true])
    const rest = (await lease(outbox)).items
    expect(idsOf(rest)).toEqual(['e3', 'e4', 'e5', 'e6', 'e7', 'e8', 'e9'])
    expect(rest.map((item) => item.attempts)).toEqual([0, 0, 0, 0, 0, 0, 0])
    await outbox.close()
  })

  it('is never ended by a number of attempts: the greatest that Postgres keeps goes on', async () => {
    const outbox = openOutbox()
    await outbox.put([outboxItem('a')], NOW_MS)
    await world.client.query('UPDATE pgboss.job SET retry_count = 2147483640, started_on = now()')
    for (let fence = 2_147_483_641; fence <= 2_147_483_647; fence++) {
      const [token] = (await lease(outbox)).items
      expect(token?.fence).toBe(fence)
      if (token === undefined) throw new Error('it is leased')
      await outbox.settle([{ kind: 'retry', token, delayMs: 0, isAttempt: true }], TIME)
    }
    expect(await outbox.stats()).toEqual({ [LANE]: { queued: 1, dead: 0 } })
    await outbox.close()
  })

  it('leaves a job that somebody else put into the queue aside', async () => {
    const outbox = openOutbox()
    await outbox.put([outboxItem('a')], NOW_MS)
    await world.boss.send(`capi.events.${LANE}`, { hello: 'world' })
    expect(idsOf((await lease(outbox)).items)).toEqual(['a'])
    expect(idsOf((await lease(outbox)).items)).toEqual([])
    await outbox.close()
  })
})

describe('arrivals', () => {
  it('tell of pixels that other processes put for, and not of those that wait for later', async () => {
    const worker = openOutbox()
    const shop = openOutbox()
    await shop.put([outboxItem('a', { lane: '7777777777' }), outboxItem('b')], NOW_MS)
    const [token] = (await lease(worker)).items
    if (token === undefined) throw new Error('it is leased')
    await worker.settle([{ kind: 'retry', token, delayMs: 60_000, isAttempt: true }], TIME)
    expect(await worker.dueLanes()).toEqual(['7777777777'])
    const { items, nextDueInMs } = await lease(worker)
    expect(items).toEqual([])
    expect(nextDueInMs).toBeGreaterThan(50_000)
    await worker.close()
    await shop.close()
  })
})

describe('many at once', () => {
  it('share statements, and leave in the order they came', async () => {
    const outbox = openOutbox()
    const names = Array.from({ length: 50 }, (_, n) => `e${n}`)
    await Promise.all(names.map((name) => outbox.put([outboxItem(name)], NOW_MS)))
    const { rows } = await world.client.query(
      'SELECT count(DISTINCT created_on)::int AS statements, count(*)::int AS events FROM pgboss.job',
    )
    expect(rows[0].events).toBe(50)
    expect(rows[0].statements).toBeLessThan(10)
    const [first, then] = [await lease(outbox, 20), await lease(outbox, 30)]
    // The first four went alone, each in a statement of its own; the others share one.
    const together = [first, then].flatMap(({ items }) => idsOf(items))
    expect(together.filter((name) => names.indexOf(name) > 3)).toEqual(names.slice(4))
    await outbox.close()
  })

  it('lose none to one that Postgres does not take', async () => {
    const outbox = openOutbox()
    const puts = Array.from({ length: 20 }, (_, n) =>
      outbox.put([outboxItem(`e${n}`, n === 13 ? { body: '\0' } : {})], NOW_MS).catch(problemOf),
    )
    const results = await Promise.all(puts)
    expect(results[13]).toBe('unknown')
    expect(results.flat().filter((result) => result === 'accepted')).toHaveLength(19)
    await outbox.close()
  })

  it('workers lease each event once', async () => {
    const workers = [openOutbox(), openOutbox(), openOutbox()]
    await workers[0]?.put(
      Array.from({ length: 300 }, (_, n) => outboxItem(`e${n}`)),
      NOW_MS,
    )
    const leases = await Promise.all(
      workers.flatMap((worker) => Array.from({ length: 10 }, () => lease(worker, 10))),
    )
    const leased = leases.flatMap(({ items }) => idsOf(items))
    expect(leased).toHaveLength(300)
    expect(new Set(leased).size).toBe(300)
    for (const outbox of workers) await outbox.close()
    expect(idsOf((await lease(openOutbox(), 300)).items)).toHaveLength(300)
  })
})

describe('sweeping', () => {
  it('by many at once tells each loss once', async () => {
    const outboxes = [openOutbox(), openOutbox(), openOutbox()]
    const put = Array.from({ length: 2_500 }, (_, n) =>
      outboxItem(`e${n}`, { expiresAtMs: NOW_MS + 1 }),
    )
    await outboxes[0]?.put(put, NOW_MS)
    const losses = (await Promise.all(outboxes.map((outbox) => outbox.sweep(NOW_MS + 1)))).flat()
    const told = losses.flatMap((loss) => loss.event_ids)
    expect(told).toHaveLength(2_500)
    expect(new Set(told).size).toBe(2_500)
    for (const outbox of outboxes) await outbox.close()
  })
})
