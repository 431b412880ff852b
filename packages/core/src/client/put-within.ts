import type { Cause } from '../store/cause.ts'
import { outboxCause } from '../store/outbox-cause.ts'
import type { OutboxItem, PutOptions, PutResult } from '../store/outbox-port.ts'
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

const RESULTS: readonly PutResult[] = ['accepted', 'duplicate', 'full']

/** The outbox's word, or none in time: a request must not hang on a disk. Never rejects. */
export async function putWithin(
  state: ClientState,
  items: readonly OutboxItem[],
  options: PutOptions,
): Promise<PutAnswer> {
  const { clock, timeoutMs } = state.options
  let isGivenUp = false
  const putting = putGuarded(state, items, { ...options, isGivenUp: () => isGivenUp })
  let cancel = () => {}
  const late = new Promise<'late'>((resolve) => {
    cancel = clock.after(timeoutMs, () => resolve('late'))
  })
  const first = await Promise.race([putting, late])
  cancel()
  if (first !== 'late') return first
  isGivenUp = true
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
  how: PutOptions & { readonly isGivenUp: () => boolean },
): Promise<PutAnswer> {
  try {
    const answers: readonly unknown[] = await state.store.put(items, how)
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
