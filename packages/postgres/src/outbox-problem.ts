import { CapiError, CapiStoreError } from '@capi/core'
import { errorName } from '@capi/core/adapter'

const WHAT_TO_DO = {
  /** Postgres is down, full of connections, or was too slow. */
  unreachable:
    'Postgres could not be reached, or was too slow: check its address and that it runs. What is in the outbox stays there.',
  /** The tables are not there, or the role may not use them. */
  misconfigured:
    'Apply migrationSql, or pass ensure: true, and let the role use the schema, its tables and functions.',
  /** A transaction that is still open puts the same event, or holds the table. */
  busy: 'Another transaction, still open, puts the same event or holds the table: keep transactions short.',
  /** The application's transaction had failed before. */
  transaction_failed: 'A statement of your transaction had failed before: roll it back.',
  disk_full: 'The disk of Postgres is full: make room.',
  closed: 'The outbox is closed.',
  unknown: 'If it lasts, please report it.',
}

/** Why the outbox cannot work: the `problem` of its `CapiStoreError`s, beside those that core gives every outbox. */
export type PostgresProblem = keyof typeof WHAT_TO_DO

/** By SQLSTATE, the longest beginning that fits. Source: Postgres 18, appendix A, read 2026-11. */
const BY_SQLSTATE: Readonly<Record<string, PostgresProblem>> = {
  '08': 'unreachable', // connection exception
  '25P02': 'transaction_failed',
  '25006': 'unreachable', // a standby, or a transaction, that takes no writes
  '28': 'misconfigured', // refused password or role
  '3D': 'misconfigured', // no such database
  '3F': 'misconfigured', // no such schema
  '40': 'busy', // serialization failure, deadlock: passes by itself
  '42': 'misconfigured', // no such table, column or function; no privilege
  '53': 'unreachable', // too many connections, out of memory
  '53100': 'disk_full',
  '55P03': 'busy', // a lock is not free in time
  '57': 'unreachable', // shut down, starting up, query cancelled by a timeout
}

/** What Node puts on errors of the network, and clients of Postgres on theirs, or into the text of those that have no code. */
const NETWORK = /^(E(CONN|PIPE|HOST|NET|TIMEDOUT|NOTFOUND|AI_AGAIN)|CONNECT(ION)?_|P1|P2024)/
const NETWORK_TEXT = /timeout|terminated|connection|not queryable|Query read/i

/** A failure without any value of an event: what Postgres says of a row may hold it, so only the code is kept. */
export function outboxFailure(error: unknown): CapiStoreError {
  if (CapiError.is(error) && error.code === 'store_failed') return error
  const codes = [...codesOf(error)]
  const state = codes.find((code) => /^(?!P[12]\d)(?=.*\d)[0-9A-Z]{5}$/.test(code))
  const network = codes.find((code) => NETWORK.test(code))
  if (state !== undefined) return stateFailure(state)
  const text = error instanceof Error ? error.message : ''
  const isNetwork = network !== undefined || (codes.length === 0 && NETWORK_TEXT.test(text))
  return failure(isNetwork ? 'unreachable' : 'unknown', network ?? codes[0] ?? errorName(error))
}

export function stateFailure(state: string): CapiStoreError {
  return failure(BY_SQLSTATE[state] ?? BY_SQLSTATE[state.slice(0, 2)] ?? 'unknown', state)
}

export function failure(problem: PostgresProblem, detail?: string): CapiStoreError {
  const why = detail === undefined ? '' : ` (${detail})`
  return new CapiStoreError(problem, `The outbox on Postgres failed${why}. ${WHAT_TO_DO[problem]}`)
}

/** Clients wrap what Postgres said: Drizzle in `cause`, TypeORM in `driverError`, Prisma in `meta`. The innermost comes first. */
function* codesOf(error: unknown, depth = 0): Generator<string> {
  if (typeof error !== 'object' || error === null || depth > 5) return
  const fields = error as Readonly<Record<string, unknown>>
  for (const inner of ['cause', 'driverError', 'meta', 'driverAdapterError'])
    yield* codesOf(fields[inner], depth + 1)
  for (const name of ['originalCode', 'code']) {
    const code = fields[name]
    if (typeof code === 'string') yield code
  }
}
