import { createCapi } from '@capi/core'
import { chance, cuttableProxy } from '@capi/testing'
import { Pool, type PoolClient } from 'pg'
import { beforeEach, expect, it } from 'vitest'
import { LANE } from './events.ts'
import { testDatabase } from './test-database.ts'

const world = testDatabase()
const random = chance(7)
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

beforeEach(async () => {
  await world.client.query('DROP TABLE IF EXISTS orders')
  await world.client.query('CREATE TABLE orders (id text PRIMARY KEY, event text)')
  await world.clear()
})

/** Two connections for all customers, so that each is the next one's at once; everything at its default. */
function shop(db: Pool = world.pool, max = 2) {
  const pool = world.newPool(max)
  pool.on('connect', (client) => client.on('error', () => {}))
  const capi = createCapi({
    pixelId: LANE,
    accessToken: 'token',
    outbox: world.outbox({ db, role: 'producer' }),
    logger: { warn() {}, error() {} },
  })
  let n = 0
  /** @returns whether it was committed, and what became of its event. */
  async function checkout(
    event: string,
    holdMs: number,
    ending?: (client: PoolClient) => Promise<void>,
  ) {
    const client = await pool.connect()
    const id = `${event}/${n++}`
    let ended: Promise<void> | undefined
    try {
      await client.query('BEGIN')
      await client.query('INSERT INTO orders VALUES ($1, $2)', [id, event])
      ended = ending?.(client)
      const { outcome } = await capi.track(
        'Purchase',
        { value: 1, currency: 'EUR' },
        {
          event_id: event,
          action_source: 'other',
          user_data: { external_id: id },
          transaction: client,
        },
      )
      await sleep(holdMs)
      await client.query('UPDATE orders SET event = event WHERE id = $1', [id])
      const { command } = await client.query('COMMIT')
      return { id, outcome, isCommitted: command === 'COMMIT' }
    } catch (error) {
      return { id, outcome: 'failed', isCommitted: false, error }
    } finally {
      await ended
      client.release(ended !== undefined)
    }
  }
  return { capi, checkout }
}

const kept = async () =>
  new Set<string>(
    (await world.client.query('SELECT id FROM orders')).rows.map(({ id }) => String(id)),
  )

it('keeps every order of double clicks, long transactions and the customers who get the connection next', async () => {
  const { capi, checkout } = shop()
  // The first holds its event for longer than anything waits; its twin gives up, and a third customer follows it.
  const first = checkout('order.1', 12_000)
  await sleep(500)
  const orders = [
    first,
    checkout('order.1', 0),
    checkout('order.2', 300),
    checkout('order.1', 0),
    checkout('order.3', 0),
  ]
  const done = await Promise.all(orders)
  expect(done.filter(({ isCommitted }) => !isCommitted)).toEqual([])
  expect(done.map(({ outcome }) => outcome)).toEqual([
    'accepted',
    'dropped',
    'accepted',
    'dropped',
    'accepted',
  ])
  expect(await kept()).toEqual(new Set(done.map(({ id }) => id)))
  await capi.close()
})

it('keeps every order of many double clicks at once', async () => {
  const { capi, checkout } = shop(world.pool, 8)
  const done = await Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      checkout(`order.${Math.floor(n / 3)}`, random.next() * 20),
    ),
  )
  expect(done.filter(({ isCommitted }) => !isCommitted)).toEqual([])
  expect((await kept()).size).toBe(200)
  const { rows } = await world.client.query(
    'SELECT (SELECT count(DISTINCT event)::int FROM orders) AS orders, (SELECT count(*)::int FROM capi.event) AS events',
  )
  expect(rows[0].events).toBe(rows[0].orders)
  await capi.close()
})

it('keeps every order while the connections of the outbox itself are slow, and then gone', async () => {
  const url = new URL(world.url)
  const proxy = await cuttableProxy(Number(url.port))
  url.port = String(proxy.port)
  const slow = new Pool({ connectionString: url.href })
  slow.on('error', () => {})
  proxy.cut() // Before the outbox has looked at its tables: no event may be put on trust.
  const { capi, checkout } = shop(slow, 6)
  const done = await Promise.all(Array.from({ length: 6 }, (_, n) => checkout(`order.${n}`, 10)))
  expect(done.filter(({ isCommitted }) => !isCommitted)).toEqual([])
  expect(done.map(({ outcome }) => outcome)).toEqual(Array(6).fill('dropped'))
  proxy.restore()
  await expect
    .poll(async () => (await checkout('late', 0)).outcome, { timeout: 20_000 })
    .toBe('accepted')
  proxy.cut() // From now on the events go on the customers' own connections.
  expect(await checkout('order.9', 0)).toMatchObject({ outcome: 'accepted', isCommitted: true })
  await capi.close()
  await proxy.close()
  await slow.end().catch(() => {})
})

it('loses no order but those whose own connection was killed', async () => {
  const { capi, checkout } = shop(world.pool, 4)
  const kill = async (client: PoolClient) => {
    const { processID } = client as unknown as { processID: number }
    await world.client.query('SELECT pg_terminate_backend($1)', [processID])
  }
  const killed = new Set<string>()
  const done = await Promise.all(
    Array.from({ length: 300 }, (_, n) => {
      const event = `order.${n}`
      const isKilled = n % 10 === 3
      if (isKilled) killed.add(event)
      return checkout(event, random.next() * 5, isKilled ? kill : undefined)
    }),
  )
  const lost = done
    .filter(({ isCommitted }) => !isCommitted)
    .map(({ id }) => id.split('/')[0] ?? '')
  expect(lost.filter((event) => !killed.has(event))).toEqual([])
  const orders = await kept()
  for (const { id, isCommitted } of done) expect(orders.has(id), id).toBe(isCommitted)
  // An order has its event, and none without.
  const { rows } = await world.client.query(
    'SELECT (SELECT array_agg(event ORDER BY event) FROM orders) = (SELECT array_agg(event_id ORDER BY event_id) FROM capi.event) AS same',
  )
  expect(rows).toEqual([{ same: true }])
  await capi.close()
})
