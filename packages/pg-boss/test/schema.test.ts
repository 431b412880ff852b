import { readdirSync, readFileSync } from 'node:fs'
import { outboxItem } from '@capi/core/outbox-test'
import { PgBoss } from 'pg-boss'
import { beforeEach, describe, expect, it } from 'vitest'
import { jobId, momentKey } from '../src/event-job.ts'
import { pgBossOutbox } from '../src/pg-boss-outbox.ts'
import { delivered, LANE, lease, NOW_MS, problemOf, TIME } from './events.ts'
import { testBoss } from './test-boss.ts'

const world = testBoss()
const openOutbox = (more: { prefix?: string } = {}) =>
  pgBossOutbox({ boss: world.boss, pollMs: 60_000, ...more })

beforeEach(async () => {
  await world.client.query('DELETE FROM pgboss.job')
})

describe('what the statements of the outbox are written for', () => {
  it('is the schema of the installed pg-boss: when this fails, read plans.js again, then raise it', async () => {
    expect(await world.boss.schemaVersion()).toBe(46)
  })

  it('is found by the indexes of pg-boss, also where a million wait', async () => {
    const outbox = openOutbox()
    await outbox.put([outboxItem('a')], NOW_MS)
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
      letters: ['capi.dead', queue, null, 100, null, null],
    }
    for (const [name, values] of Object.entries(plans)) {
      const text = Object.entries(sql).find(([key]) => key === name)?.[1] ?? ''
      const { rows } = await world.client.query(`EXPLAIN ${text}`, [...values])
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      expect(plan, `${name}\n${plan}`).not.toMatch(/Seq Scan on job/)
    }
    await outbox.close()
  })

  it('fails at the start where pg-boss was made with another schema, or was not started', async () => {
    const elsewhere = pgBossOutbox({ boss: world.boss, schema: 'other' })
    expect(problemOf(await elsewhere.recover().catch((error: unknown) => error))).toBe(
      'misconfigured',
    )
    expect(
      problemOf(await elsewhere.put([outboxItem('a')], NOW_MS).catch((error: unknown) => error)),
    ).toBe('misconfigured')
    const idle = pgBossOutbox({ boss: new PgBoss(world.url) })
    const error = await idle.recover().catch((reason: unknown) => reason)
    expect(problemOf(error)).toBe('misconfigured')
    expect(String(error)).toContain('boss.start()')
  })

  it('refuses a queue whose policy would let events replace each other', async () => {
    await world.boss.createQueue('own.events.1234567890', { policy: 'short' })
    const outbox = openOutbox({ prefix: 'own' })
    const error = await outbox.put([outboxItem('a')], NOW_MS).catch((reason: unknown) => reason)
    expect(problemOf(error)).toBe('misconfigured')
    expect(String(error)).toContain('short')
  })

  it('makes a queue again that somebody deleted', async () => {
    const outbox = openOutbox({ prefix: 'gone' })
    await outbox.put([outboxItem('a')], NOW_MS)
    await world.boss.deleteQueue('gone.events.1234567890')
    const error = await outbox.put([outboxItem('b')], NOW_MS).catch((reason: unknown) => reason)
    expect(problemOf(error)).toBe('misconfigured')
    expect(await outbox.put([outboxItem('b')], NOW_MS)).toEqual(['accepted'])
    await outbox.close()
  })

  it('works as well in a queue that the application gave a table of its own', async () => {
    await world.boss.createQueue('big.events.1234567890', { partition: true })
    const outbox = openOutbox({ prefix: 'big' })
    await outbox.put([outboxItem('a', { rememberUntilMs: NOW_MS + 9e8 }), outboxItem('b')], NOW_MS)
    const [a, b] = (await lease(outbox)).items
    if (a === undefined || b === undefined) throw new Error('two were put')
    expect(await outbox.settle([delivered(a)], TIME)).toEqual(['settled'])
    const dead = { kind: 'dead', token: b, cause: { code: 'meta_100' } } as const
    expect(await outbox.settle([dead], TIME)).toEqual(['settled'])
    expect(await outbox.stats()).toEqual({ [LANE]: { queued: 0, dead: 1 } })
    await outbox.close()
  })
})

describe('what stays in Postgres', () => {
  it('is the id of a delivered event and nothing of the event itself, or nothing at all', async () => {
    const outbox = openOutbox()
    const remembered = outboxItem('known', { rememberUntilMs: NOW_MS + 9 * 86_400_000 })
    await outbox.put([remembered, outboxItem('random')], NOW_MS)
    const { items } = await lease(outbox)
    await outbox.settle(items.map(delivered), TIME)
    const { rows } = await world.client.query(
      'SELECT id, state, data, output, deletion_seconds AS "deletionSec" FROM pgboss.job',
    )
    expect(rows).toEqual([
      { id: jobId(remembered), state: 'completed', data: null, output: null, deletionSec: 777_600 },
    ])
    await outbox.close()
  })

  it('is deleted by pg-boss when its time is over', async () => {
    const outbox = openOutbox()
    const until = outboxItem('known', { rememberUntilMs: NOW_MS + 5_000 })
    await outbox.put([until], NOW_MS)
    await outbox.settle((await lease(outbox)).items.map(delivered), TIME)
    await world.client.query("UPDATE pgboss.job SET completed_on = completed_on - interval '10 s'")
    await world.boss.supervise(`capi.events.${LANE}`)
    expect((await world.client.query('SELECT FROM pgboss.job')).rows).toEqual([])
    await outbox.close()
  })
})

describe('an error', () => {
  it('names no value of an event', async () => {
    const outbox = openOutbox()
    await outbox.put([outboxItem('a')], NOW_MS)
    const canary = 'canary-of-a-person'
    const broken = outboxItem('b', { body: `"${canary}\0"` })
    const error = await outbox.put([broken], NOW_MS).catch((reason: unknown) => reason)
    expect(problemOf(error)).toBe('unknown')
    const { inspect } = await import('node:util')
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(canary)
    await outbox.close()
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
