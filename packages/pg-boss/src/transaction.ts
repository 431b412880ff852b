import { CapiStoreError } from '@capi/core'
import type { Db } from 'pg-boss'

/** A client of `pg` that began the transaction. */
interface PgClient {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
}

/**
 * What `track(…, { transaction })` takes: a client of `pg` after its BEGIN, or whatever pg-boss's `db` option takes:
 * `fromKysely(trx)`, `fromDrizzle(tx, sql)`, `fromPrisma(tx)`, `fromKnex(trx)`.
 */
export type PgBossTransaction = Pick<Db, 'executeSql'> | PgClient

/** @throws CapiStoreError when the event would be put outside of the transaction. */
export function toDb(transaction: unknown): Pick<Db, 'executeSql'> {
  if (has(transaction, 'executeSql')) return transaction as unknown as Db
  // A pool runs each statement on whichever connection is free.
  if (!has(transaction, 'query') || has(transaction, 'idleCount')) throw unsupported()
  const client = transaction as unknown as PgClient
  return { executeSql: (text, values) => client.query(text, values) }
}

function has(value: unknown, name: string): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && name in value
}

const unsupported = () =>
  new CapiStoreError(
    'transaction_unsupported',
    'Pass the client of pg that began the transaction, not the pool; of Kysely, Drizzle, Prisma or Knex pass fromKysely(trx) and so on, from pg-boss.',
  )
