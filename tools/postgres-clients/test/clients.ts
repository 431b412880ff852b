import type { PostgresClient } from '@capi/postgres'
import { PGlite } from '@electric-sql/pglite'
import { PrismaPg } from '@prisma/adapter-pg'
import { sql as drizzleSql } from 'drizzle-orm'
import { drizzle as onPg } from 'drizzle-orm/node-postgres'
import { drizzle as onPglite } from 'drizzle-orm/pglite'
import { drizzle as onPostgresJs } from 'drizzle-orm/postgres-js'
import knex from 'knex'
import { CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import { Client, Pool } from 'pg'
import { fromKysely, PgBoss } from 'pg-boss'
import postgres from 'postgres'

/** A client as an application has it, and how it runs a transaction. */
export interface OpenClient {
  readonly db: PostgresClient
  /** Runs one statement without values. */
  run(text: string): Promise<unknown>
  /** What the function rejects with rolls back. `run` runs within it. */
  transact(
    work: (transaction: unknown, run: (text: string) => Promise<unknown>) => Promise<void>,
  ): Promise<void>
  close(): Promise<unknown>
}

function openPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString })
  pool.on('error', () => {})
  return pool
}

/** What all of pg have in common: a client after its BEGIN. */
function inTransactionOf(pool: Pool): OpenClient['transact'] {
  return async (work) => {
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      await work(client, (text) => client.query(text))
      await client.query('COMMIT')
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    } finally {
      client.release()
    }
  }
}

function kyselyOn(pool: Pool): Kysely<unknown> {
  return new Kysely({ dialect: new PostgresDialect({ pool }) })
}

interface Prisma {
  $queryRawUnsafe(text: string, ...values: unknown[]): Promise<unknown>
  $executeRawUnsafe(text: string): Promise<number>
  $transaction(work: (tx: Prisma) => Promise<void>): Promise<void>
  $disconnect(): Promise<void>
}

export const CLIENTS: Readonly<Record<string, (url: string) => Promise<OpenClient>>> = {
  async 'a Pool of pg'(url) {
    const db = openPool(url)
    return {
      db,
      run: (text) => db.query(text),
      transact: inTransactionOf(db),
      close: () => db.end(),
    }
  },
  async 'a Client of pg'(url) {
    const db = new Client({ connectionString: url })
    await db.connect()
    const pool = openPool(url)
    return {
      db,
      run: (text) => pool.query(text),
      transact: inTransactionOf(pool),
      close: () => Promise.all([db.end(), pool.end()]),
    }
  },
  async 'postgres.js'(url) {
    const db = postgres(url, { onnotice() {} })
    return {
      db,
      run: (text) => db.unsafe(text),
      transact: async (work) => {
        await db.begin((tx) => work(tx, (text) => tx.unsafe(text)))
      },
      close: () => db.end(),
    }
  },
  async Kysely(url) {
    const db = kyselyOn(openPool(url))
    return {
      db,
      run: (text) => db.executeQuery(CompiledQuery.raw(text)),
      transact: (work) =>
        db
          .transaction()
          .execute((trx) => work(trx, (text) => trx.executeQuery(CompiledQuery.raw(text)))),
      close: () => db.destroy(),
    }
  },
  async 'Drizzle on pg'(url) {
    const pool = openPool(url)
    const db = onPg(pool)
    return {
      db,
      run: (text) => db.execute(drizzleSql.raw(text)),
      transact: (work) =>
        db.transaction((tx) => work(tx, (text) => tx.execute(drizzleSql.raw(text)))),
      close: () => pool.end(),
    }
  },
  async 'Drizzle on postgres.js'(url) {
    const client = postgres(url, { onnotice() {} })
    const db = onPostgresJs(client)
    return {
      db,
      run: async (text) => db.execute(drizzleSql.raw(text)),
      transact: (work) =>
        db.transaction((tx) => work(tx, async (text) => tx.execute(drizzleSql.raw(text)))),
      close: () => client.end(),
    }
  },
  async Knex(url) {
    const db = knex({ client: 'pg', connection: url })
    return {
      db,
      run: async (text) => db.raw(text),
      transact: (work) => db.transaction((trx) => work(trx, async (text) => trx.raw(text))),
      close: () => db.destroy(),
    }
  },
  async Prisma(url) {
    const generated = new URL('../.prisma/client.ts', import.meta.url).href
    const { PrismaClient } = await import(generated)
    const db: Prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) })
    return {
      db,
      run: (text) => db.$executeRawUnsafe(text),
      transact: (work) => db.$transaction((tx) => work(tx, (text) => tx.$executeRawUnsafe(text))),
      close: () => db.$disconnect(),
    }
  },
  async 'the database of pg-boss, with Kysely'(url) {
    const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false })
    boss.on('error', () => {})
    await boss.start()
    const kysely = kyselyOn(openPool(url))
    return {
      db: boss.getDb(),
      run: (text) => boss.getDb().executeSql(text, []),
      transact: (work) =>
        kysely
          .transaction()
          .execute((trx) =>
            work(fromKysely(trx as never), (text) => trx.executeQuery(CompiledQuery.raw(text))),
          ),
      close: () => Promise.all([boss.stop({ graceful: false }), kysely.destroy()]),
    }
  },
  async PGlite() {
    const db = await PGlite.create()
    return {
      db,
      run: (text) => db.exec(text),
      transact: async (work) => {
        await db.transaction((tx) => work(tx, (text) => tx.exec(text)))
      },
      close: () => db.close(),
    }
  },
  async 'Drizzle on PGlite'() {
    const client = await PGlite.create()
    const db = onPglite(client)
    return {
      db,
      run: (text) => db.execute(drizzleSql.raw(text)),
      transact: (work) =>
        db.transaction((tx) => work(tx, (text) => tx.execute(drizzleSql.raw(text)))),
      close: () => client.close(),
    }
  },
}
