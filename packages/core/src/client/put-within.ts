import type { DropCause } from '../delivery/drop-reason.ts'
import type { OutboxItem, PutOptions, PutOutcome } from '../delivery/outbox-store.ts'
import { storeCause } from '../delivery/store-cause.ts'
import { CapiStoreError } from '../errors.ts'
import type { ClientState } from './client-state.ts'
import { wake } from './outbox.ts'

/** What became of one item. */
export type Outcome = PutOutcome | 'store_error'

export interface PutAnswer {
  /** One for each item. */
  readonly outcomes: readonly Outcome[]
  /** Why the outbox failed. */
  readonly cause?: DropCause
}

/** Put outside of it, the event would stand for an order that may never be. */
const noTransactions = () =>
  new CapiStoreError(
    'transaction_unsupported',
    'This outbox takes no transaction: use one on Postgres (@capi/pg-boss), or track after the commit.',
  )

const OUTCOMES: readonly PutOutcome[] = ['accepted', 'duplicate', 'full']

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
  void putting.then(({ outcomes }) => {
    for (const [index, item] of items.entries()) {
      if (outcomes[index] !== 'accepted') continue
      state.ledger.accept(1)
      wake(state, item.lane, 1)
    }
  })
  return { outcomes: items.map((): Outcome => 'store_error'), cause: { code: 'store_timeout' } }
}

async function putGuarded(
  state: ClientState,
  items: readonly OutboxItem[],
  options: PutOptions,
): Promise<PutAnswer> {
  const { store, clock } = state.options
  try {
    if (options.transaction !== undefined && store.isTransactional !== true) throw noTransactions()
    const answers: readonly unknown[] = await store.put(items, clock.now(), options)
    const outcomes = items.map(
      (_item, index): Outcome =>
        OUTCOMES.find((known) => known === answers[index]) ?? 'store_error',
    )
    noteBeforeRecovery(state, items, outcomes)
    return { outcomes }
  } catch (error) {
    state.ledger.blameStore(error)
    // Counted by the caller, one for each item.
    return { outcomes: items.map(() => 'store_error'), cause: storeCause(error) }
  }
}

function noteBeforeRecovery(
  { putBeforeRecovery }: ClientState,
  items: readonly OutboxItem[],
  outcomes: readonly Outcome[],
): void {
  for (const [index, { lane }] of items.entries()) {
    if (outcomes[index] === 'accepted')
      putBeforeRecovery?.set(lane, (putBeforeRecovery.get(lane) ?? 0) + 1)
  }
}
