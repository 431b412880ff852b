import { CapiError } from '@capi/core'
import { outboxItem } from '@capi/core/outbox-test'
import { newDatabase } from '@capi/testing/postgres'
import type {} from '@capi/testing/postgres-setup'
import { Client, Pool } from 'pg'
import { expect, inject, it, onTestFinished } from 'vitest'
import { migrationSql, postgresOutbox } from '../src/index.ts'
import { problemOf, TIME } from './events.ts'

async function emptyDatabase(): Promise<Pool> {
  const database = await newDatabase(inject('postgresUrl'))
  const pool = new Pool({ connectionString: database.url })
  onTestFinished(async () => {
    await pool.end()
    await database.drop()
  })
  return pool
}

const put = (outbox: ReturnType<typeof postgresOutbox>, id = 'a') =>
  outbox.put([outboxItem(id)], TIME).catch((error: unknown) => problemOf(error))

it('says what to do where there are no tables, and goes on once there are', async () => {
  const pool = await emptyDatabase()
  const outbox = postgresOutbox({ db: pool })
  const error = await outbox.recover(TIME).catch((reason: unknown) => reason)
  expect(problemOf(error)).toBe('misconfigured')
  expect(String(error)).toContain('migrationSql')
  await pool.query(migrationSql(1))
  expect(await put(outbox)).toEqual(['accepted'])
  // Gone again: the next put looks for them before it runs anything in a transaction.
  await pool.query('DROP SCHEMA capi CASCADE')
  expect(await put(outbox)).toBe('misconfigured')
  const client = await pool.connect()
  await client.query('BEGIN')
  const inTransaction = await outbox
    .put([outboxItem('a')], TIME, { transaction: client })
    .catch((reason: unknown) => problemOf(reason))
  expect(inTransaction).toBe('misconfigured')
  expect((await client.query('COMMIT')).command).toBe('COMMIT')
  client.release()
})

it('makes its tables once, by many processes that start together', async () => {
  const pool = await emptyDatabase()
  const outboxes = Array.from({ length: 8 }, () => postgresOutbox({ db: pool, ensure: true }))
  const results = await Promise.all(outboxes.map((outbox, n) => put(outbox, `e${n}`)))
  expect(results).toEqual(Array(8).fill(['accepted']))
  expect((await pool.query('SELECT capi.version()')).rows).toEqual([{ version: 1 }])
})

it('leaves tables of a later version as they are, and refuses older ones', async () => {
  const pool = await emptyDatabase()
  await pool.query(migrationSql(1))
  const setVersion = (version: number) =>
    pool.query(
      `CREATE OR REPLACE FUNCTION capi.version() RETURNS int LANGUAGE sql AS 'SELECT ${version}'`,
    )
  await setVersion(2)
  expect(await put(postgresOutbox({ db: pool, ensure: true }))).toEqual(['accepted'])
  expect((await pool.query('SELECT capi.version()')).rows).toEqual([{ version: 2 }])
  await setVersion(0)
  expect(await put(postgresOutbox({ db: pool }))).toBe('misconfigured')
})

it('has outboxes of other schemas beside it, each with its own events', async () => {
  const pool = await emptyDatabase()
  const one = postgresOutbox({ db: pool, ensure: true })
  const other = postgresOutbox({ db: pool, ensure: true, schema: 'order' })
  expect([await put(one), await put(other)]).toEqual([['accepted'], ['accepted']])
  await pool.query(migrationSql(1, 'by_hand'))
  const third = postgresOutbox({ db: pool, schema: 'by_hand' })
  expect(await put(third)).toEqual(['accepted'])
  const { rows } = await pool.query(
    "SELECT relnamespace::regnamespace::text AS schema FROM pg_class WHERE relname = 'event' ORDER BY 1",
  )
  expect(rows.map(({ schema }) => schema)).toEqual(['"order"', 'by_hand', 'capi'])
})

it('works for a role with the rights that the README names, and with no others', async () => {
  const pool = await emptyDatabase()
  await pool.query(migrationSql(1))
  const role = `shop_${Math.floor(performance.now())}`
  await pool.query(`CREATE ROLE ${role} LOGIN PASSWORD 'password'`)
  const url = new URL(String(pool.options.connectionString))
  url.username = role
  const client = new Client({ connectionString: url.href })
  await client.connect()
  onTestFinished(async () => {
    await client.end()
    await pool.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)
  })
  const outbox = postgresOutbox({ db: client })
  expect(await put(outbox)).toBe('misconfigured')
  await pool.query(`GRANT USAGE ON SCHEMA capi TO ${role}`)
  await pool.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA capi TO ${role}`)
  expect(await put(outbox)).toEqual(['accepted'])
  const { items } = await outbox.lease(
    { lane: '1234567890', maxEvents: 1, maxBytes: 1e6, leaseMs: 1_000 },
    TIME,
  )
  const cause = { code: 'meta_100' }
  const dead = items.map((token) => ({ kind: 'dead', token, cause }) as const)
  expect(await outbox.settle(dead, TIME)).toEqual(['settled'])
  expect(await outbox.takeExpired(10, TIME)).toEqual({ losses: [] })
})

it('gives the SQL of the versions there are, for names that a schema may have', () => {
  expect(migrationSql(1)).not.toContain('"capi"')
  const calls = [() => migrationSql(0), () => migrationSql(2), () => migrationSql(1, 'a"; --')]
  for (const call of calls) expect(call).toThrow(CapiError)
})
