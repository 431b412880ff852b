import { CapiStoreError } from '@capi/core'
import type { Outbox } from '@capi/core/outbox'
import type { Capacity } from './capacity.ts'
import type { Database } from './database.ts'
import { stateFailure } from './outbox-problem.ts'
import { isTransaction, statementsOn } from './run-statement.ts'

/** JSON has it only as an escape. */
const BETWEEN = '\u001F'

/** Keys; or the SQLSTATE of what made it undo everything. */
type Answer =
  | { readonly taken: readonly string[] | null; readonly known: readonly string[] | null }
  | { readonly failed: string }

export function createPut(db: unknown, database: Database, capacity: Capacity): Outbox['put'] {
  return async (items, { nowMs, tickMs }, { transaction, isGivenUp } = {}) => {
    const isOpen = transaction !== db && isTransaction(transaction)
    const run = isOpen ? statementsOn(transaction) : undefined
    if (transaction !== undefined && run === undefined) throw unsupported()
    await database.ready()
    const recounted = capacity.recount(items.length, tickMs)
    // Within a transaction nothing is waited for: the next put knows the count.
    if (run === undefined) await recounted
    else recounted.catch(() => {})
    // The caller has gone on: the connection may be another customer's by now.
    if (isGivenUp?.() === true) throw stateFailure('57014')
    const room = capacity.free(items.length)
    const list = items.map(({ body: _body, ...item }, n) => ({ n, ...item }))
    const bodies = items.map(({ body }) => body).join(BETWEEN)
    const answer = await database.call<Answer>('put', [list, bodies, { room, nowMs }], run)
    if ('failed' in answer) throw stateFailure(answer.failed)
    const taken = new Set(answer.taken)
    const known = new Set(answer.known)
    capacity.add(taken.size)
    return items.map(({ key }, n) => {
      // Once: the same event again is a duplicate.
      if (taken.delete(key)) return 'accepted'
      return n < room || known.has(key) ? 'duplicate' : 'full'
    })
  }
}

const unsupported = () =>
  new CapiStoreError(
    'transaction_unsupported',
    'Pass the transaction itself, while it lasts: the client of pg after its BEGIN, or what your client hands to the function that runs in the transaction; never the pool, nor the client that the outbox itself has.',
  )
