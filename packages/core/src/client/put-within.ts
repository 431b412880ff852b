import type { Cause } from '../issue/cause.ts'
import { outboxCause } from '../store/outbox-cause.ts'
import type { OutboxItem, PutOptions, PutResult } from '../store/outbox-port.ts'
import { within } from '../store/within.ts'
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

/** What the outbox answers, within `timeoutMs`: a request must not hang on a disk. Never rejects. */
export async function putWithin(
  state: ClientState,
  items: readonly OutboxItem[],
  options: PutOptions,
): Promise<PutAnswer> {
  let isGivenUp = false
  const how = { ...options, isGivenUp: () => isGivenUp }
  try {
    return await within(
      state.options,
      () => putGuarded(state, items, how),
      (late) => countLate(state, items, late),
    )
  } catch {
    // Only the time-out: what the outbox rejects is an answer here.
    isGivenUp = true
    return failed(items, { code: 'store_timeout' })
  }
}

/** Reported as dropped by then; what the outbox accepted nevertheless is counted when it says so. */
function countLate(state: ClientState, items: readonly OutboxItem[], { results }: PutAnswer): void {
  for (const [index, item] of items.entries()) {
    if (results[index] !== 'accepted') continue
    state.ledger.accept(1)
    wake(state, item.lane, 1)
  }
}

function failed(items: readonly OutboxItem[], cause: Cause): PutAnswer {
  return { results: items.map((): ItemResult => 'store_failed'), cause }
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
    return failed(items, outboxCause(error))
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
