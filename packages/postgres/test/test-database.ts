import { type Database, newDatabase } from '@capi/testing/postgres'
import type {} from '@capi/testing/postgres-setup'
import { Client, Pool } from 'pg'
import { afterAll, beforeAll, inject } from 'vitest'
import { type PostgresOutboxOptions, postgresOutbox } from '../src/index.ts'

export interface TestDatabase {
  readonly url: string
  /** For outboxes. */
  readonly pool: Pool
  /** Another connection, for what the application does. */
  readonly client: Client
  newPool(max?: number): Pool
  outbox(more?: Partial<PostgresOutboxOptions>): ReturnType<typeof postgresOutbox>
  /** For Postgres its own clock counts: everything in the tables gets older by so much. */
  readonly pass: (ms: number) => Promise<void>
  /** Leases of the dead need not be waited for. */
  readonly endLeases: () => Promise<void>
  /** The worker died, and another one had what it had, and let it wait again. */
  readonly takeOver: () => Promise<void>
  readonly clear: () => Promise<void>
}

/** A database of this test file's own. */
export function testDatabase(): TestDatabase {
  let database: Database | undefined
  const pools: Pool[] = []
  const own: { pool?: Pool; client?: Client } = {}
  function newPool(max = 10): Pool {
    const pool = new Pool({ connectionString: made(database).url, max })
    pool.on('error', () => {})
    pools.push(pool)
    return pool
  }
  beforeAll(async () => {
    database = await newDatabase(inject('postgresUrl'))
    own.pool = newPool()
    own.client = new Client({ connectionString: database.url })
    await own.client.connect()
    await postgresOutbox({ db: own.pool, ensure: true }).recover({ nowMs: 0, tickMs: 0 })
  })
  afterAll(async () => {
    await own.client?.end()
    for (const pool of pools) await pool.end()
    await database?.drop()
  })
  function made<T>(thing: T | undefined): T {
    if (thing === undefined) throw new Error('only within a test')
    return thing
  }
  return {
    get url() {
      return made(database).url
    },
    get pool() {
      return made(own.pool)
    },
    get client() {
      return made(own.client)
    },
    newPool,
    outbox: (more = {}) => postgresOutbox({ db: made(own.pool), ...more }),
    async pass(ms) {
      await made(own.client).query("UPDATE capi.event SET due = due - $1 * interval '1 ms'", [ms])
    },
    async endLeases() {
      await made(own.client).query(
        'UPDATE capi.event SET due = statement_timestamp() WHERE fence IS NOT NULL',
      )
    },
    async takeOver() {
      await made(own.client).query(
        'UPDATE capi.event SET due = statement_timestamp(), fence = NULL WHERE fence IS NOT NULL',
      )
    },
    async clear() {
      await made(own.client).query('TRUNCATE capi.event')
    },
  }
}
