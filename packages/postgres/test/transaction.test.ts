import { createCapi, type Drop } from '@capi/core'
import { outboxItem } from '@capi/core/outbox-test'
import { beforeEach, describe, expect, it } from 'vitest'
import { LANE, lease, NOW_MS, problemOf, TIME } from './events.ts'
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

describe('an event in the transaction of the order', () => {
  it.each([
    ['COMMIT', { orders: 1, events: 1 }],
    ['ROLLBACK', { orders: 0, events: 0 }],
  ])('is there after %s with the order, or with it is not', async (end, expected) => {
    const { client } = world
    const outbox = world.outbox()
    await client.query('BEGIN')
    await client.query("INSERT INTO orders VALUES ('order.1')")
    expect(await putIn('order.1')).toEqual(['accepted'])
    expect((await lease(outbox)).items).toEqual([])
    await client.query(end)
    expect(await held()).toEqual(expected)
    expect((await lease(outbox)).items).toHaveLength(expected.events)
  })

  it('is one statement, after which nothing runs on that client', async () => {
    const { client } = world
    const outbox = world.outbox()
    await outbox.recover(TIME)
    const statements: string[] = []
    const spy = new Proxy(client, {
      get: (target, name) =>
        name === 'query'
          ? (text: string, values: unknown[]) => {
              statements.push(text)
              return target.query(text, values)
            }
          : Reflect.get(target, name, target),
    })
    await client.query('BEGIN')
    await outbox.put([outboxItem('a'), outboxItem('b'), outboxItem('a')], TIME, {
      transaction: spy,
    })
    await client.query('COMMIT')
    await outbox.recover(TIME)
    expect(statements).toEqual(['SELECT * FROM "capi".put($1, $2, $3)'])
  })

  it('does no harm to it when it is a duplicate, or remembered no longer', async () => {
    const { client } = world
    const outbox = world.outbox()
    const old = outboxItem('old', { rememberUntilMs: NOW_MS + 1 })
    await outbox.put([outboxItem('waits'), old], TIME)
    const { items } = await lease(outbox)
    const token = items.find(({ event_id }) => event_id === 'old') ?? { id: '', fence: 0 }
    await outbox.settle([{ kind: 'delivered', token }], TIME)
    await client.query('BEGIN')
    const results = await outbox.put(
      [outboxItem('waits'), old, outboxItem('new'), outboxItem('new')],
      { tickMs: 0, nowMs: NOW_MS + 1 },
      { transaction: client },
    )
    expect(results).toEqual(['duplicate', 'accepted', 'accepted', 'duplicate'])
    await client.query("INSERT INTO orders VALUES ('after')")
    await client.query('COMMIT')
    expect(await held()).toEqual({ orders: 1, events: 3 })
  })

  it('is refused where it would be put beside the transaction', async () => {
    const outbox = world.outbox()
    // The last one began none.
    const others = [world.pool, world.newPool(), {}, 'BEGIN', null, world.client]
    for (const transaction of others) {
      const error = await outbox
        .put([outboxItem('a')], TIME, { transaction })
        .catch((reason: unknown) => reason)
      expect(problemOf(error)).toBe('transaction_unsupported')
    }
    await world.client.query('BEGIN')
    const own = world.outbox({ db: world.client })
    const error = await own
      .put([outboxItem('a')], TIME, { transaction: world.client })
      .catch((reason: unknown) => reason)
    await world.client.query('ROLLBACK')
    expect(problemOf(error)).toBe('transaction_unsupported')
    expect(await held()).toEqual({ orders: 0, events: 0 })
  })

  it('costs the event alone when Postgres does not take it, also where several are put at once', async () => {
    const outbox = world.outbox()
    const { client: transaction } = world
    await transaction.query('BEGIN')
    await transaction.query("INSERT INTO orders VALUES ('order.1')")
    const put = ['a', '\0', 'b', '\ud800', 'c'].map((name) =>
      outbox
        .put([outboxItem(`event.${name}`)], TIME, { transaction })
        .catch((error: unknown) => [problemOf(error)]),
    )
    expect((await Promise.all(put)).flat()).toEqual([
      'accepted',
      'unknown',
      'accepted',
      'unknown',
      'accepted',
    ])
    await transaction.query('COMMIT')
    expect(await held()).toEqual({ orders: 1, events: 3 })
  })

  it('says so when the transaction had failed before', async () => {
    const { client } = world
    await client.query('BEGIN')
    await client.query('SELECT 1 / 0').catch(() => {})
    const error = await putIn('a').catch((reason: unknown) => reason)
    await client.query('ROLLBACK')
    expect(problemOf(error)).toBe('transaction_failed')
    expect(String(error)).toContain('25P02')
  })

  it('is not begun for a caller who has gone on while the outbox looked for its tables', async () => {
    const { client } = world
    await client.query('BEGIN')
    let isGivenUp = false
    const putting = world
      .outbox()
      .put([outboxItem('a')], TIME, { transaction: client, isGivenUp: () => isGivenUp })
    isGivenUp = true
    const error = await putting.catch((reason: unknown) => reason)
    await client.query('COMMIT')
    expect(problemOf(error)).toBe('unreachable')
    expect((await held()).events).toBe(0)
  })

  it('costs the order nothing when its event is dropped', async () => {
    const drops: Drop[] = []
    const outbox = world.outbox({ role: 'producer', maxEvents: 2 })
    await outbox.put([outboxItem('before')], TIME) // counts what waits
    const capi = createCapi({
      pixelId: LANE,
      accessToken: 'token',
      outbox,
      onDropped: (drop) => drops.push(drop),
      logger: { warn() {}, error() {} },
    })
    const { client } = world
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
          transaction: client,
        },
      )
      await client.query('COMMIT')
    }
    expect(drops).toMatchObject([{ reason: 'queue_full', event_ids: ['order.2'] }])
    expect(await held()).toEqual({ orders: 2, events: 2 })
    await capi.close()
  })
})
