import { CapiError, createCapi, type Drop } from '@capi/core'
import { outboxItem } from '@capi/core/outbox-test'
import { Kysely, PostgresDialect } from 'kysely'
import { Pool } from 'pg'
import { fromKysely } from 'pg-boss'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import type { PgBossTransaction } from '../src/index.ts'
import { fromOldPort } from '../src/old-port.ts'
import { pgBossOutbox } from '../src/pg-boss-outbox.ts'
import { LANE, NOW_MS, problemOf } from './events.ts'
import { testBoss } from './test-boss.ts'

const world = testBoss()
const pools: Pool[] = []
afterAll(() => Promise.all(pools.map((pool) => pool.end())))

function newPool(): Pool {
  const pool = new Pool({ connectionString: world.url })
  pools.push(pool)
  return pool
}

beforeEach(async () => {
  await world.client.query('DROP TABLE IF EXISTS orders')
  await world.client.query('CREATE TABLE orders (id text PRIMARY KEY)')
  await world.client.query('DELETE FROM pgboss.job')
})

const openOutbox = () => pgBossOutbox({ boss: world.boss, pollMs: 60_000 })

async function held(): Promise<{ orders: number; events: number }> {
  const { rows } = await world.client.query(
    "SELECT (SELECT count(*)::int FROM orders) AS orders, (SELECT count(*)::int FROM pgboss.job WHERE state < 'active') AS events",
  )
  return rows[0]
}

describe('an event in the transaction of the order', () => {
  it.each([
    ['COMMIT', { orders: 1, events: 1 }],
    ['ROLLBACK', { orders: 0, events: 0 }],
  ])('is there after %s with the order, or with it is not', async (end, expected) => {
    const outbox = openOutbox()
    const { client } = world
    await client.query('BEGIN')
    await client.query("INSERT INTO orders VALUES ('order.1')")
    const put = await outbox.put([outboxItem('order.1')], NOW_MS, { transaction: client })
    expect(put).toEqual(['accepted'])
    expect(
      (await outbox.lease({ lane: LANE, maxEvents: 9, maxBytes: 1e6, tickMs: 0 })).items,
    ).toEqual([])
    await client.query(end)
    expect(await held()).toEqual(expected)
    expect(
      (await outbox.lease({ lane: LANE, maxEvents: 9, maxBytes: 1e6, tickMs: 0 })).items,
    ).toHaveLength(expected.events)
    await outbox.close()
  })

  it('goes with a transaction of Kysely', async () => {
    const outbox = openOutbox()
    const db = new Kysely<{ orders: { id: string } }>({
      dialect: new PostgresDialect({ pool: newPool() }),
    })
    await db.transaction().execute(async (trx) => {
      await trx.insertInto('orders').values({ id: 'order.1' }).execute()
      await outbox.put([outboxItem('order.1')], NOW_MS, { transaction: fromKysely(trx) })
    })
    const failing = db.transaction().execute(async (trx) => {
      await trx.insertInto('orders').values({ id: 'order.2' }).execute()
      await outbox.put([outboxItem('order.2')], NOW_MS, { transaction: fromKysely(trx) })
      throw new Error('no stock')
    })
    await expect(failing).rejects.toThrow('no stock')
    expect(await held()).toEqual({ orders: 1, events: 1 })
    await outbox.close()
  })

  it('does no harm to it when it is a duplicate, or remembered no longer', async () => {
    const outbox = openOutbox()
    const { client } = world
    const old = outboxItem('old', { rememberUntilMs: NOW_MS + 1 })
    await outbox.put([outboxItem('waits'), old], NOW_MS)
    const { items } = await outbox.lease({ lane: LANE, maxEvents: 9, maxBytes: 1e6, tickMs: 0 })
    const token = items.find((item) => item.event_id === 'old') ?? { id: '', fence: 0 }
    await outbox.settle([{ kind: 'delivered', token }], { tickMs: 0, nowMs: NOW_MS })
    await client.query('BEGIN')
    const results = await outbox.put(
      [outboxItem('waits'), old, outboxItem('new'), outboxItem('new')],
      NOW_MS + 1,
      { transaction: client },
    )
    expect(results).toEqual(['duplicate', 'accepted', 'accepted', 'duplicate'])
    await client.query("INSERT INTO orders VALUES ('after')")
    await client.query('COMMIT')
    expect(await held()).toEqual({ orders: 1, events: 2 })
    await outbox.close()
  })

  it('makes the queue of a new pixel outside of it: a rollback leaves the queue to all', async () => {
    const outbox = openOutbox()
    const { client } = world
    const item = outboxItem('a', { lane: '5555555555' })
    await client.query('BEGIN')
    await outbox.put([item], NOW_MS, { transaction: client })
    // Another process does not wait for the open transaction.
    const other = pgBossOutbox({ boss: await world.another(), timeoutMs: 2_000 })
    expect(await other.put([outboxItem('b', { lane: item.lane })], NOW_MS)).toEqual(['accepted'])
    await client.query('ROLLBACK')
    expect(await other.put([item], NOW_MS)).toEqual(['accepted'])
    await other.close()
    await outbox.close()
  })

  it('is refused where it would be put beside the transaction', async () => {
    const outbox = openOutbox()
    // The last one began none.
    for (const transaction of [newPool(), {}, 'BEGIN', null, world.client]) {
      const error = await outbox
        .put([outboxItem('a')], NOW_MS, { transaction })
        .catch((reason: unknown) => reason)
      expect(problemOf(error)).toBe('transaction_unsupported')
    }
    expect(await held()).toEqual({ orders: 0, events: 0 })
    await outbox.close()
  })

  it('costs the event alone when Postgres does not take it, also where several are put at once', async () => {
    const outbox = openOutbox()
    const { client: transaction } = world
    await transaction.query('BEGIN')
    await transaction.query("INSERT INTO orders VALUES ('order.1')")
    const put = ['a', '\0', 'b'].map((body) =>
      outbox
        .put([outboxItem(`event.${body}`, { body })], NOW_MS, { transaction })
        .catch((error: unknown) => [problemOf(error)]),
    )
    expect((await Promise.all(put)).flat()).toEqual(['accepted', 'unknown', 'accepted'])
    await transaction.query('COMMIT')
    expect(await held()).toEqual({ orders: 1, events: 2 })
    await outbox.close()
  })

  it('says so when the transaction had failed before', async () => {
    const outbox = openOutbox()
    const { client } = world
    await client.query('BEGIN')
    await client.query('SELECT 1 / 0').catch(() => {})
    const error = await outbox
      .put([outboxItem('a')], NOW_MS, { transaction: client })
      .catch((reason: unknown) => reason)
    await client.query('ROLLBACK')
    expect(CapiError.is(error) && error.message).toContain('25P02')
    await outbox.close()
  })

  it('costs the order nothing when its event is dropped', async () => {
    const drops: Drop[] = []
    const capi = createCapi({
      pixelId: LANE,
      accessToken: 'token',
      outbox: fromOldPort(pgBossOutbox({ boss: world.boss, role: 'producer', maxEvents: 1 })),
      onDropped: (drop) => drops.push(drop),
      logger: { warn() {}, error() {} },
    })
    const { client } = world
    const transaction: PgBossTransaction = client
    for (const n of [1, 2]) {
      await client.query('BEGIN')
      await client.query('INSERT INTO orders VALUES ($1)', [`order.${n}`])
      await capi.track(
        'Purchase',
        { value: 1, currency: 'EUR' },
        {
          event_id: `order.${n}`,
          action_source: 'other',
          user_data: { external_id: 1 },
          transaction,
        },
      )
      await client.query('COMMIT')
    }
    expect(drops).toMatchObject([{ reason: 'queue_full', event_ids: ['order.2'] }])
    expect(await held()).toEqual({ orders: 2, events: 1 })
    await capi.close()
  })
})
