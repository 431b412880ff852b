import { readdirSync, readFileSync } from 'node:fs'
import { outboxItem } from '@capi/testing'
import { PgBoss } from 'pg-boss'
import { beforeEach, describe, expect, it } from 'vitest'
import { jobId, momentKey } from '../src/event-job.ts'
import { pgBossStore } from '../src/index.ts'
import { idsOf, LANE, lease, NOW_MS, problemOf } from './events.ts'
import { testBoss } from './test-boss.ts'

const world = testBoss()
const openStore = (more: { leaseSec?: number; pollMs?: number; prefix?: string } = {}) =>
  pgBossStore({ boss: world.boss, pollMs: 60_000, ...more })

beforeEach(async () => {
  await world.client.query('DELETE FROM pgboss.job')
})

const delivered = (token: { key: string; fence: number }) => ({ kind: 'delivered', token }) as const
const TIME = { tickMs: 0, nowMs: NOW_MS }

async function age(seconds: number): Promise<void> {
  await world.client.query(
    "UPDATE pgboss.job SET started_on = started_on - $1 * interval '1 s', heartbeat_on = heartbeat_on - $1 * interval '1 s'",
    [seconds],
  )
}

describe('what the statements of the store are written for', () => {
  it('is the schema of the installed pg-boss: when this fails, read plans.js again, then raise it', async () => {
    expect(await world.boss.schemaVersion()).toBe(46)
  })

  it('is found by the indexes of pg-boss, also where a million wait', async () => {
    const store = openStore()
    await store.put([outboxItem('a')], NOW_MS)
    await world.client.query(
      `INSERT INTO pgboss.job (id, name, data, singleton_key, keep_until, heartbeat_seconds)
       SELECT gen_random_uuid(), 'capi.events.${LANE}', '{}', '${momentKey(NOW_MS)}', now() + interval '9 d', 60
       FROM generate_series(1, 20000)`,
    )
    await world.client.query('ANALYZE pgboss.job_common')
    const { statements } = await import('../src/statements.ts')
    const sql = statements('pgboss')
    const queue = `capi.events.${LANE}`
    const input = JSON.stringify([{ id: jobId(outboxItem('a')), fence: 0 }])
    const plans: Readonly<Record<string, readonly unknown[]>> = {
      deliver: [queue, input, NOW_MS],
      expire: [queue, input],
      bury: [queue, input, 'capi.dead'],
      sweep: ['capi.events.', momentKey(0), 'capi.dead'],
      arrivals: ['capi.events.'],
      nextDue: [queue],
      release: [queue],
      known: [queue, [jobId(outboxItem('a'))]],
      forget: [queue, [jobId(outboxItem('a'))], momentKey(0)],
      counts: ['capi.events.', 10_000],
      deadCounts: ['capi.dead', 10_000],
      total: ['capi.events.', 10_000],
      letters: ['capi.dead', queue, null, 100],
    }
    for (const [name, values] of Object.entries(plans)) {
      const text = Object.entries(sql).find(([key]) => key === name)?.[1] ?? ''
      const { rows } = await world.client.query(`EXPLAIN ${text}`, [...values])
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      expect(plan, `${name}\n${plan}`).not.toMatch(/Seq Scan on job/)
    }
    await store.close()
  })

  it('fails at the start where pg-boss was made with another schema, or was not started', async () => {
    const elsewhere = pgBossStore({ boss: world.boss, schema: 'other' })
    expect(problemOf(await elsewhere.recover().catch((error: unknown) => error))).toBe(
      'misconfigured',
    )
    expect(
      problemOf(await elsewhere.put([outboxItem('a')], NOW_MS).catch((error: unknown) => error)),
    ).toBe('misconfigured')
    const idle = pgBossStore({ boss: new PgBoss(world.url) })
    const error = await idle.recover().catch((reason: unknown) => reason)
    expect(problemOf(error)).toBe('misconfigured')
    expect(String(error)).toContain('boss.start()')
  })

  it('refuses a queue whose policy would let events replace each other', async () => {
    await world.boss.createQueue('own.events.1234567890', { policy: 'short' })
    const store = openStore({ prefix: 'own' })
    const error = await store.put([outboxItem('a')], NOW_MS).catch((reason: unknown) => reason)
    expect(problemOf(error)).toBe('misconfigured')
    expect(String(error)).toContain('short')
  })

  it('works as well in a queue that the application gave a table of its own', async () => {
    await world.boss.createQueue('big.events.1234567890', { partition: true })
    const store = openStore({ prefix: 'big' })
    await store.put([outboxItem('a', { rememberUntilMs: NOW_MS + 9e8 }), outboxItem('b')], NOW_MS)
    const [a, b] = (await lease(store)).items
    if (a === undefined || b === undefined) throw new Error('two were put')
    expect(await store.settle([delivered(a)], TIME)).toEqual(['settled'])
    const dead = { kind: 'dead', token: b, cause: { code: 'meta_100' } } as const
    expect(await store.settle([dead], TIME)).toEqual(['settled'])
    expect(await store.stats()).toEqual({ [LANE]: { queued: 0, dead: 1 } })
    await store.close()
  })
})

describe('what stays in Postgres', () => {
  it('is the id of a delivered event and nothing of the event itself, or nothing at all', async () => {
    const store = openStore()
    const remembered = outboxItem('known', { rememberUntilMs: NOW_MS + 9 * 86_400_000 })
    await store.put([remembered, outboxItem('random')], NOW_MS)
    const { items } = await lease(store)
    await store.settle(items.map(delivered), TIME)
    const { rows } = await world.client.query(
      'SELECT id, state, data, output, deletion_seconds AS "deletionSec" FROM pgboss.job',
    )
    expect(rows).toEqual([
      { id: jobId(remembered), state: 'completed', data: null, output: null, deletionSec: 777_600 },
    ])
    await store.close()
  })

  it('is deleted by pg-boss when its time is over', async () => {
    const store = openStore()
    const until = outboxItem('known', { rememberUntilMs: NOW_MS + 5_000 })
    await store.put([until], NOW_MS)
    await store.settle((await lease(store)).items.map(delivered), TIME)
    await world.client.query("UPDATE pgboss.job SET completed_on = completed_on - interval '10 s'")
    await world.boss.supervise(`capi.events.${LANE}`)
    expect((await world.client.query('SELECT FROM pgboss.job')).rows).toEqual([])
    await store.close()
  })
})

describe('a lease', () => {
  it('is extended while its process lives, and not after fifteen minutes', async () => {
    // As long as whoever put it said.
    const shop = openStore({ leaseSec: 10 })
    await shop.put([outboxItem('a')], NOW_MS)
    await shop.close()
    const store = openStore({ leaseSec: 300 })
    await lease(store)
    await age(9)
    const beat = async () =>
      (
        await world.client.query(
          "SELECT now() - heartbeat_on < interval '5 s' AS fresh FROM pgboss.job",
        )
      ).rows[0].fresh
    expect(await beat()).toBe(false)
    await expect.poll(beat, { timeout: 6_000 }).toBe(true)
    const other = openStore()
    expect(await other.recover()).toEqual({ [LANE]: 1 })
    expect(idsOf((await lease(other)).items)).toEqual([])
    await age(901)
    await world.client.query('UPDATE pgboss.job SET heartbeat_on = now()')
    await other.recover()
    expect(idsOf((await lease(other)).items)).toEqual(['a'])
    await other.close()
    await store.close()
  })

  it('that ran out is handed to whoever watches, and to one of them only', async () => {
    const dead = openStore({ leaseSec: 10 })
    await dead.put([outboxItem('a')], NOW_MS)
    const [old] = (await lease(dead)).items
    await age(11)
    const workers = [openStore({ pollMs: 10 }), openStore({ pollMs: 10 })]
    const woken = workers.map(
      (worker) => new Promise<string>((resolve) => worker.onArrival?.(resolve)),
    )
    expect(await Promise.all(woken)).toEqual([LANE, LANE])
    const leased = await Promise.all(workers.map((worker) => lease(worker)))
    expect(leased.flatMap(({ items }) => idsOf(items))).toEqual(['a'])
    expect(await dead.settle(old === undefined ? [] : [delivered(old)], TIME)).toEqual(['stale'])
    for (const store of [dead, ...workers]) await store.close()
  })

  it('takes as many bytes as asked, and leaves the others to the next at once', async () => {
    const store = openStore()
    const body = 'x'.repeat(1_000)
    const put = Array.from({ length: 10 }, (_, n) => outboxItem(`e${n}`, { body }))
    await store.put(put, NOW_MS)
    const first = await store.lease({ lane: LANE, maxEvents: 100, maxBytes: 3_500, tickMs: 0 })
    expect([idsOf(first.items), first.hasMore]).toEqual([['e0', 'e1', 'e2'], true])
    const rest = (await lease(store)).items
    expect(idsOf(rest)).toEqual(['e3', 'e4', 'e5', 'e6', 'e7', 'e8', 'e9'])
    expect(rest.map((item) => item.attempts)).toEqual([0, 0, 0, 0, 0, 0, 0])
    await store.close()
  })

  it('is never ended by a number of attempts: the greatest that Postgres keeps goes on', async () => {
    const store = openStore()
    await store.put([outboxItem('a')], NOW_MS)
    await world.client.query('UPDATE pgboss.job SET retry_count = 2147483640, started_on = now()')
    for (let fence = 2_147_483_641; fence <= 2_147_483_647; fence++) {
      const [token] = (await lease(store)).items
      expect(token?.fence).toBe(fence)
      if (token === undefined) throw new Error('it is leased')
      await store.settle([{ kind: 'retry', token, delayMs: 0, isAttempt: true }], TIME)
    }
    expect(await store.stats()).toEqual({ [LANE]: { queued: 1, dead: 0 } })
    await store.close()
  })

  it('leaves a job that somebody else put into the queue aside', async () => {
    const store = openStore()
    await store.put([outboxItem('a')], NOW_MS)
    await world.boss.send(`capi.events.${LANE}`, { hello: 'world' })
    expect(idsOf((await lease(store)).items)).toEqual(['a'])
    expect(idsOf((await lease(store)).items)).toEqual([])
    await store.close()
  })
})

describe('arrivals', () => {
  it('tell of pixels that other processes put for, and not of those that wait for later', async () => {
    const worker = openStore({ pollMs: 10 })
    const shop = openStore()
    const woken: string[] = []
    await shop.put([outboxItem('a', { lane: '7777777777' }), outboxItem('b')], NOW_MS)
    const [token] = (await lease(worker)).items
    if (token === undefined) throw new Error('it is leased')
    await worker.settle([{ kind: 'retry', token, delayMs: 60_000, isAttempt: true }], TIME)
    await new Promise<void>((resolve) => {
      worker.onArrival?.((lane) => {
        woken.push(lane)
        if (woken.length === 3) resolve()
      })
    })
    expect(woken).toEqual(['7777777777', '7777777777', '7777777777'])
    const { items, nextDueInMs } = await lease(worker)
    expect(items).toEqual([])
    expect(nextDueInMs).toBeGreaterThan(50_000)
    await worker.close()
    await shop.close()
  })
})

describe('many at once', () => {
  it('share statements, and leave in the order they came', async () => {
    const store = openStore()
    const names = Array.from({ length: 50 }, (_, n) => `e${n}`)
    await Promise.all(names.map((name) => store.put([outboxItem(name)], NOW_MS)))
    const { rows } = await world.client.query(
      'SELECT count(DISTINCT created_on)::int AS statements, count(*)::int AS events FROM pgboss.job',
    )
    expect(rows[0].events).toBe(50)
    expect(rows[0].statements).toBeLessThan(10)
    const [first, then] = [await lease(store, 20), await lease(store, 30)]
    // The first four went alone, each in a statement of its own; the others share one.
    const together = [first, then].flatMap(({ items }) => idsOf(items))
    expect(together.filter((name) => names.indexOf(name) > 3)).toEqual(names.slice(4))
    await store.close()
  })

  it('lose none to one that Postgres does not take', async () => {
    const store = openStore()
    const puts = Array.from({ length: 20 }, (_, n) =>
      store.put([outboxItem(`e${n}`, n === 13 ? { body: '\0' } : {})], NOW_MS).catch(problemOf),
    )
    const outcomes = await Promise.all(puts)
    expect(outcomes[13]).toBe('unknown')
    expect(outcomes.flat().filter((outcome) => outcome === 'accepted')).toHaveLength(19)
    await store.close()
  })

  it('workers lease each event once', async () => {
    const workers = [openStore(), openStore(), openStore()]
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
    for (const store of workers) await store.close()
    expect(idsOf((await lease(openStore(), 300)).items)).toHaveLength(300)
  })
})

describe('sweeping', () => {
  it('by many at once tells each loss once', async () => {
    const stores = [openStore(), openStore(), openStore()]
    const put = Array.from({ length: 2_500 }, (_, n) =>
      outboxItem(`e${n}`, { expiresAtMs: NOW_MS + 1 }),
    )
    await stores[0]?.put(put, NOW_MS)
    const losses = (await Promise.all(stores.map((store) => store.sweep(NOW_MS + 1)))).flat()
    const told = losses.flatMap((loss) => loss.event_ids)
    expect(told).toHaveLength(2_500)
    expect(new Set(told).size).toBe(2_500)
    for (const store of stores) await store.close()
  })
})

describe('an error', () => {
  it('names no value of an event', async () => {
    const store = openStore()
    await store.put([outboxItem('a')], NOW_MS)
    const canary = 'canary-of-a-person'
    const broken = outboxItem('b', { body: `"${canary}\0"` })
    const error = await store.put([broken], NOW_MS).catch((reason: unknown) => reason)
    expect(problemOf(error)).toBe('unknown')
    const { inspect } = await import('node:util')
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(canary)
    await store.close()
  })

  it('holds every statement above a comment that says why it is needed', () => {
    const folder = new URL('../src/', import.meta.url)
    const others = readdirSync(folder).filter((name) => name !== 'statements.ts')
    for (const name of others) {
      const text = readFileSync(new URL(name, folder), 'utf8')
      expect(text, name).not.toMatch(/\b(UPDATE|DELETE FROM|INSERT INTO) /)
    }
  })
})
