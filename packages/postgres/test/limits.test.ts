import { createCapi } from '@capi/core'
import { outboxItem } from '@capi/core/outbox-test'
import type { PoolClient } from 'pg'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { idsOf, LANE, lease, problemOf, TIME } from './events.ts'
import { testDatabase } from './test-database.ts'

const world = testDatabase()

beforeEach(async () => {
  await world.client.query('ROLLBACK') // of a test that failed
  await world.client.query('DROP TABLE IF EXISTS orders')
  await world.client.query('CREATE TABLE orders (id text PRIMARY KEY)')
  await world.clear()
})

async function held(): Promise<{ orders: number; events: number }> {
  const { rows } = await world.client.query(
    'SELECT (SELECT count(*)::int FROM orders) AS orders, (SELECT count(*)::int FROM capi.event) AS events',
  )
  return rows[0]
}

/** Puts within a transaction of the test's own client. */
const putIn = (id: string, more = {}) =>
  world.outbox(more).put([outboxItem(id)], TIME, { transaction: world.client })

describe('what ends a statement of the outbox ends no order', () => {
  /** Holds a lock of another transaction while the order is taken. */
  async function behind(lock: (other: PoolClient) => Promise<unknown>) {
    const other = await world.newPool(1).connect()
    onTestFinished(() => other.release(true))
    await other.query('BEGIN')
    await lock(other)
    const { client } = world
    await client.query('BEGIN')
    await client.query("INSERT INTO orders VALUES ('order.1')")
    return {
      put: () => putIn('order.1').catch((error: unknown) => [problemOf(error), String(error)]),
      async end() {
        await client.query("INSERT INTO orders VALUES ('after')")
        await client.query('COMMIT')
        await other.query('COMMIT')
      },
    }
  }
  const twin = (other: PoolClient) =>
    world.outbox().put([outboxItem('order.1')], TIME, { transaction: other })

  it('a twin that another open transaction puts: it is waited for shortly, with the own limit back afterwards', async () => {
    const order = await behind(twin)
    const start = performance.now()
    expect(await order.put()).toEqual(['busy', expect.stringContaining('55P03')])
    expect(performance.now() - start).toBeLessThan(1_000)
    const { rows } = await world.client.query('SHOW lock_timeout')
    expect(rows).toEqual([{ lock_timeout: '0' }])
    await order.end()
    expect(await held()).toEqual({ orders: 2, events: 1 })
  })

  it('a lock on the table', async () => {
    await world.outbox().recover(TIME)
    const order = await behind((other) => other.query('LOCK TABLE capi.event'))
    expect(await order.put()).toEqual(['busy', expect.stringContaining('55P03')])
    await order.end()
    expect(await held()).toEqual({ orders: 2, events: 0 })
  })

  it('the statement_timeout of the application', async () => {
    const order = await behind(twin)
    await world.client.query("SET LOCAL statement_timeout = '100ms'")
    expect(await order.put()).toEqual(['unreachable', expect.stringContaining('57014')])
    await order.end()
    expect(await held()).toEqual({ orders: 2, events: 1 })
  })

  it('a cancelled query', async () => {
    const order = await behind(twin)
    const { rows } = await world.client.query('SELECT pg_backend_pid() AS pid')
    const cancel = async () => {
      for (let count = 0; count === 0; ) {
        const found = await world.pool.query(
          "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'",
          [rows[0].pid],
        )
        count = found.rows.length
      }
    }
    const cancelling = cancel()
    const [problem] = await order.put()
    await cancelling
    expect(problem).toBe('unreachable')
    await order.end()
    expect(await held()).toEqual({ orders: 2, events: 1 })
  })

  it('a role that may not write, and a transaction that only reads', async () => {
    const { client } = world
    await world.outbox().recover(TIME)
    await client.query('DROP ROLE IF EXISTS capi_reader')
    await client.query('CREATE ROLE capi_reader; GRANT USAGE ON SCHEMA capi TO capi_reader')
    await client.query('BEGIN')
    await client.query("INSERT INTO orders VALUES ('order.1')")
    await client.query('SET LOCAL ROLE capi_reader')
    expect(await putIn('a').catch((error: unknown) => problemOf(error))).toBe('misconfigured')
    await client.query('COMMIT')
    await client.query('BEGIN READ ONLY')
    expect(await putIn('a').catch((error: unknown) => problemOf(error))).toBe('unreachable')
    await client.query('COMMIT')
    await client.query('REVOKE USAGE ON SCHEMA capi FROM capi_reader; DROP ROLE capi_reader')
    expect(await held()).toEqual({ orders: 1, events: 0 })
  })

  it.each(['REPEATABLE READ', 'SERIALIZABLE'])('a twin committed since, at %s', async (level) => {
    const { client } = world
    await world.outbox().recover(TIME)
    await client.query(`BEGIN ISOLATION LEVEL ${level}`)
    await client.query("INSERT INTO orders VALUES ('order.1')")
    await world.outbox().put([outboxItem('order.1')], TIME)
    expect(await putIn('order.1').catch((error: unknown) => [problemOf(error)])).toEqual(['busy'])
    await client.query('COMMIT')
    expect(await held()).toEqual({ orders: 1, events: 1 })
  })
})

describe('an open transaction', () => {
  it('with a duplicate holds up neither the lease nor the settlement of the event', async () => {
    const { client } = world
    const outbox = world.outbox()
    await outbox.put([outboxItem('a')], TIME)
    await client.query('BEGIN')
    expect(await putIn('a')).toEqual(['duplicate'])
    const { items } = await lease(outbox)
    expect(idsOf(items)).toEqual(['a'])
    const settled = await outbox.settle(
      items.map((token) => ({ kind: 'delivered', token }) as const),
      TIME,
    )
    await client.query('COMMIT')
    expect(settled).toEqual(['settled'])
  })

  it('with an event costs other events that are put beside it nothing', async () => {
    const { client } = world
    const capi = createCapi({
      pixelId: LANE,
      accessToken: 'token',
      outbox: world.outbox({ role: 'producer' }),
      logger: { warn() {}, error() {} },
    })
    const track = (event_id: string, transaction?: unknown) =>
      capi.track(
        'Purchase',
        { value: 1, currency: 'EUR' },
        {
          event_id,
          action_source: 'other',
          user_data: { external_id: 1 },
          ...(transaction !== undefined && { transaction }),
        },
      )
    await client.query('BEGIN')
    await track('held', client)
    const names = Array.from({ length: 20 }, (_, n) => (n === 7 ? 'held' : `event.${n}`))
    const receipts = await Promise.all(names.map((name) => track(name)))
    const isSafe = receipts.map(
      ({ outcome, durable }) => outcome === 'accepted' && durable !== false,
    )
    expect(isSafe).toEqual(names.map((name) => name !== 'held'))
    await client.query('COMMIT')
    // What waited is then found to be there already.
    await expect.poll(async () => (await capi.stats()).unknown, { timeout: 20_000 }).toBe(0)
    expect((await capi.stats()).queued).toBe(20)
    await capi.close()
  })
})

it('refuses a body that is no JSON alone, and takes those beside it', async () => {
  const outbox = world.outbox()
  const wrong = outboxItem('wrong', { body: '{"a":"\u001F"}' })
  await expect(outbox.put([outboxItem('a'), wrong], TIME)).rejects.toMatchObject({
    problem: 'unknown',
  })
  expect(await outbox.put([outboxItem('a')], TIME)).toEqual(['accepted'])
  await expect(outbox.put([wrong], TIME)).rejects.toMatchObject({ problem: 'unknown' })
})
