import type { Cause } from '../delivery/drop-reason.ts'
import { outboxCause } from '../delivery/outbox-cause.ts'
import type { OutboxItem, PutOptions, PutResult } from '../delivery/outbox-port.ts'
import { CapiStoreError } from '../errors.ts'
import type { ClientState } from './client-state.ts'
import { wake } from './outbox.ts'

/** What became of one item. */
export type ItemResult = PutResult | 'store_failed'

export interface PutAnswer {
  /** One for each item. */
  readonly results: readonly ItemResult[]
  /** Why the outbox failed. */
  readonly cause?: Cause
}

/** Put outside of it, the event would stand for an order that may never be. */
const noTransactions = () =>
  new CapiStoreError(
    'transaction_unsupported',
    'This outbox takes no transaction: use one on Postgres (@capi/pg-boss), or track after the commit.',
  )

const RESULTS: readonly PutResult[] = ['accepted', 'duplicate', 'full']

/** The outbox's word, or none in time: a request must not hang on a disk. Never rejects. */
export async function putWithin(
  state: ClientState,
  items: readonly OutboxItem[],
  options: PutOptions,
): Promise<PutAnswer> {
  const { clock, timeoutMs } = state.options
  const putting = putGuarded(state, items, options)
  let cancel = () => {}
  const late = new Promise<'late'>((resolve) => {
    cancel = clock.after(timeoutMs, () => resolve('late'))
  })
  const first = await Promise.race([putting, late])
  cancel()
  if (first !== 'late') return first
  // Told as dropped now; what the outbox took all the same is counted when it says so.
  void putting.then(({ results }) => {
    for (const [index, item] of items.entries()) {
      if (results[index] !== 'accepted') continue
      state.ledger.accept(1)
      wake(state, item.lane, 1)
    }
  })
  return { results: items.map((): ItemResult => 'store_failed'), cause: { code: 'store_timeout' } }
}

async function putGuarded(
  state: ClientState,
  items: readonly OutboxItem[],
  options: PutOptions,
): Promise<PutAnswer> {
  const { outbox, clock } = state.options
  try {
    if (options.transaction !== undefined && outbox.isTransactional !== true) throw noTransactions()
    const answers: readonly unknown[] = await outbox.put(items, clock.now(), options)
    const results = items.map(
      (_item, index): ItemResult =>
        RESULTS.find((known) => known === answers[index]) ?? 'store_failed',
    )
    noteBeforeRecovery(state, items, results)
    return { results }
  } catch (error) {
    state.ledger.reportOutboxError(error)
    // Counted by the caller, one for each item.
    return { results: items.map(() => 'store_failed'), cause: outboxCause(error) }
  }
}

function noteBeforeRecovery(
  { putBeforeRecovery }: ClientState,
  items: readonly OutboxItem[],
  results: readonly ItemResult[],
): void {
  for (const [index, { lane }] of items.entries()) {
    if (results[index] === 'accepted')
      putBeforeRecovery?.set(lane, (putBeforeRecovery.get(lane) ?? 0) + 1)
  }
}
