import { CapiStoreError } from '@capi/core'
import type { Db } from 'pg-boss'

interface Answer {
  /** As `pg` gives them. */
  readonly rows: unknown[]
}

/** A client of `pg` that began the transaction. */
interface PgClient {
  /** Runs a statement on the connection of the transaction. */
  query(text: string, values?: unknown[]): Promise<Answer>
}

/**
 * What `track(…, { transaction })` takes: a client of `pg` after its BEGIN, or whatever pg-boss's `db` option takes:
 * `fromKysely(trx)`, `fromDrizzle(tx, sql)`, `fromPrisma(tx)`, `fromKnex(trx)`.
 */
export type PgBossTransaction = Pick<Db, 'executeSql'> | PgClient

/** @throws CapiStoreError when the event would be put outside of the transaction. */
function toDb(transaction: unknown): Pick<Db, 'executeSql'> {
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
    'Pass the client of pg that began the transaction, while it lasts, not the pool; of Kysely, Drizzle, Prisma or Knex pass fromKysely(trx) and so on, from pg-boss.',
  )

/** One after the other within a transaction: savepoints are a stack. */
const turns = new WeakMap<object, Promise<unknown>>()

/**
 * A statement that fails ends the whole transaction, and its COMMIT then rolls back without an error. An event
 * must not cost an order: what fails here is undone alone.
 */
export function inSavepoint<T>(
  transaction: unknown,
  work: (db: Pick<Db, 'executeSql'>) => Promise<T>,
): Promise<T> {
  const db = toDb(transaction)
  const key = Object(transaction) as object
  const turn = (turns.get(key) ?? Promise.resolve()).then(() => run(db, work))
  turns.set(
    key,
    turn.catch(() => {}),
  )
  return turn
}

async function run<T>(
  db: Pick<Db, 'executeSql'>,
  work: (db: Pick<Db, 'executeSql'>) => Promise<T>,
): Promise<T> {
  await db.executeSql('SAVEPOINT capi').catch((error: unknown) => {
    // There is none, or it is over.
    throw has(error, 'code') && error['code'] === '25P01' ? unsupported() : error
  })
  try {
    const done = await work(db)
    await db.executeSql('RELEASE SAVEPOINT capi')
    return done
  } catch (error) {
    await db.executeSql('ROLLBACK TO SAVEPOINT capi').catch(() => {})
    throw error
  }
}
