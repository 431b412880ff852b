import { CapiError } from '@capi/core'
import type { Outbox } from '@capi/core/outbox'
import { outboxItem } from '@capi/core/outbox-test'
import { postgresOutbox } from '@capi/postgres'
import { type Database, newDatabase } from '@capi/testing/postgres'
import type {} from '@capi/testing/postgres-setup'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { CLIENTS, type OpenClient } from './clients.ts'

const LANE = '1234567890'
const NOW_MS = Date.UTC(2026, 10, 23, 12)
const TIME = { tickMs: 0, nowMs: NOW_MS }
const PAST_END = { tickMs: 0, nowMs: NOW_MS + 8 * 86_400_000 }
const REQUEST = { lane: LANE, maxEvents: 100, maxBytes: 1e6, leaseMs: 60_000 }

function problemOf(error: unknown): string {
  if (CapiError.is(error) && error.code === 'store_failed') return error.problem
  throw error
}

describe.each(Object.entries(CLIENTS))('%s', (_name, open) => {
  let database: Database
  let client: OpenClient
  let outbox: Outbox

  beforeAll(async () => {
    database = await newDatabase(inject('postgresUrl'))
    client = await open(database.url)
    outbox = postgresOutbox({ db: client.db, ensure: true })
    await outbox.recover(TIME)
    await client.run('CREATE TABLE orders (id text PRIMARY KEY)')
  })
  beforeEach(async () => {
    await client.run('DELETE FROM orders')
    await client.run('DELETE FROM capi.event')
  })
  afterAll(async () => {
    await client?.close()
    await database?.drop()
  })

  const orders = async () => {
    // As the outbox counts: through the client itself, whatever its rows look like.
    const found: unknown[] = []
    for (const id of ['order.1', 'order.2', 'after'])
      await client
        .run(`INSERT INTO orders VALUES ('${id}')`)
        .then(() => client.run(`DELETE FROM orders WHERE id = '${id}'`))
        .catch(() => found.push(id))
    return found
  }
  const queued = async () => (await outbox.counts())[LANE]?.queued ?? 0
  const putIn = (transaction: unknown, id: string) =>
    outbox
      .put([outboxItem(id)], TIME, { transaction })
      .catch((error: unknown) => [problemOf(error)])

  it('runs all that the outbox asks', async () => {
    const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
    const body = `{"ü":"\\u0000 😀","long":"${'x'.repeat(5_000)}","q":"? $1"}`
    const items = [
      outboxItem('a', { body, trace }),
      outboxItem('b'),
      outboxItem('c'),
      outboxItem('d'),
    ]
    expect(await outbox.put(items, TIME)).toEqual(Array(4).fill('accepted'))
    expect(await outbox.put(items.slice(0, 1), TIME)).toEqual(['duplicate'])
    expect(await outbox.dueLanes(TIME)).toEqual([LANE])
    const leased = (await outbox.lease(REQUEST, TIME)).items
    expect(leased).toMatchObject(items)
    for (const { fence, attempts } of leased)
      expect([typeof fence, Number.isSafeInteger(fence), attempts]).toEqual(['number', true, 0])
    expect((await outbox.lease(REQUEST, TIME)).nextDueInMs).toBeGreaterThan(50_000)
    await outbox.renew(leased, 90_000, TIME)
    expect((await outbox.lease(REQUEST, TIME)).nextDueInMs).toBeGreaterThan(80_000)
    const [a, b, c, d] = leased
    if (!a || !b || !c || !d) throw new Error('four are leased')
    const cause = { code: 'meta_100', status: 400 }
    const settlements = [
      { kind: 'delivered', token: a },
      { kind: 'dead', token: b, cause },
      { kind: 'retry', token: c, delayMs: 0, isAttempt: true },
      { kind: 'delivered', token: { id: d.id, fence: 1 } },
      { kind: 'delivered', token: { id: 'unknown', fence: 1 } },
    ] as const
    const [settled, stale, unknown] = ['settled', 'stale', 'unknown']
    const results = await outbox.settle(settlements, TIME)
    expect(results).toEqual([settled, settled, settled, stale, unknown])
    expect(await outbox.counts()).toEqual({ [LANE]: { queued: 2, dead: 1 } })
    expect(await outbox.recover(TIME)).toEqual({ [LANE]: 2 })
    const [letter] = await outbox.readDead({ lane: LANE }, 10)
    expect(letter).toMatchObject({ item: outboxItem('b'), cause, diedAtMs: NOW_MS })
    expect(await outbox.removeDead([letter?.id ?? ''])).toBe(1)
    expect(await outbox.removeMatching(['a'.repeat(64)], { limit: 10 })).toMatchObject({
      removed: [],
    })
    expect((await outbox.takeExpired(10, PAST_END)).losses).toEqual([
      { lane: LANE, event_id: 'c', reason: 'expired' },
    ])
  })

  it('says what Postgres says, without a value of the event', async () => {
    const other = postgresOutbox({ db: client.db, schema: 'nowhere' })
    const error = await other.put([outboxItem('secret.1')], TIME).catch((reason: unknown) => reason)
    expect(problemOf(error)).toBe('misconfigured')
    expect(String(error)).toMatch(/\((3F000|42883)\)/)
    const refused = await outbox
      .put([outboxItem('secret\0')], TIME)
      .catch((reason: unknown) => reason)
    expect(problemOf(refused)).toBe('unknown')
    expect(String(refused)).toContain('22P05')
    expect(String(refused)).not.toContain('secret')
  })

  it('keeps the event with the order, or neither', async () => {
    await client.transact(async (transaction, run) => {
      await run("INSERT INTO orders VALUES ('order.1')")
      expect(await putIn(transaction, 'order.1')).toEqual(['accepted'])
    })
    const failing = client.transact(async (transaction, run) => {
      await run("INSERT INTO orders VALUES ('order.2')")
      expect(await putIn(transaction, 'order.2')).toEqual(['accepted'])
      throw new Error('no stock')
    })
    await expect(failing).rejects.toThrow('no stock')
    expect(await queued()).toBe(1)
    expect(await orders()).toEqual(['order.1'])
  })

  it('keeps the order when Postgres does not take the event', async () => {
    await client.transact(async (transaction, run) => {
      await run("INSERT INTO orders VALUES ('order.1')")
      expect(await putIn(transaction, 'bad\0')).toEqual(['unknown'])
      expect(await putIn(transaction, 'good')).toEqual(['accepted'])
      expect(await putIn(transaction, 'good')).toEqual(['duplicate'])
      await run("INSERT INTO orders VALUES ('after')")
    })
    expect(await queued()).toBe(1)
    expect(await orders()).toEqual(['order.1', 'after'])
  })

  it('refuses an event that would be put beside the transaction', async () => {
    expect(await putIn(client.db, 'a')).toEqual(['transaction_unsupported'])
    expect(await queued()).toBe(0)
  })
})
