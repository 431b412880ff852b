import { type ClientState, laneOf, prepare } from './client-state.ts'
import type { DropReason } from './delivery/drop-reason.ts'
import type { OutboxItem, PutOutcome } from './delivery/outbox-store.ts'
import type { Fields } from './fields.ts'
import type { Receipt } from './tracker.ts'

/** Takes an event to the outbox, one copy for each pixel. Never rejects. */
export async function track(
  state: ClientState,
  read: () => Fields,
  pixelIds: readonly string[],
): Promise<Receipt> {
  const { exchange } = state
  const { event, event_id, issues } = prepare(state, read)
  const drop = (reason: DropReason): Receipt => {
    const count = Math.max(1, pixelIds.length)
    state.ledger.accept(count)
    state.ledger.drop({
      reason,
      count,
      event_ids: [event_id],
      ...(reason === 'invalid' && { issues }),
    })
    return { event_id, outcome: 'dropped', reason, issues }
  }
  if (event === undefined) return drop('invalid')
  if (exchange === undefined || pixelIds.length === 0) return drop('disabled')
  if (state.isClosed) return drop('closed')
  const items = pixelIds.map((lane): OutboxItem => ({ lane, ...event }))
  const putting = putGuarded(state, items)
  state.putting.add(putting)
  const outcomes = await putting
  state.putting.delete(putting)
  for (const [index, lane] of pixelIds.entries()) {
    const outcome = outcomes[index]
    if (outcome === undefined || outcome === 'duplicate') continue
    state.ledger.accept(1)
    if (outcome === 'accepted') laneOf(state, exchange, lane).wake(1)
    else
      state.ledger.drop({
        reason: reasonOf(outcome),
        count: 1,
        pixelId: lane,
        event_ids: [event_id],
      })
  }
  return { event_id, ...summary(outcomes), issues }
}

type Outcome = PutOutcome | 'store_error'

const OUTCOMES: readonly PutOutcome[] = ['accepted', 'duplicate', 'full']

async function putGuarded(
  state: ClientState,
  items: readonly OutboxItem[],
): Promise<readonly Outcome[]> {
  try {
    const outcomes: readonly unknown[] = await state.options.store.put(items)
    return items.map(
      (_item, index) => OUTCOMES.find((known) => known === outcomes[index]) ?? 'store_error',
    )
  } catch {
    return items.map(() => 'store_error') // Counted by the caller, one for each item.
  }
}

/** Accepted by one pixel is accepted; else the worse of duplicate and loss. */
function summary(outcomes: readonly Outcome[]): Pick<Receipt, 'outcome' | 'reason'> {
  if (outcomes.includes('accepted')) return { outcome: 'accepted' }
  const lost = outcomes.find((outcome) => outcome === 'full' || outcome === 'store_error')
  return lost === undefined
    ? { outcome: 'duplicate' }
    : { outcome: 'dropped', reason: reasonOf(lost) }
}

function reasonOf(outcome: Exclude<Outcome, 'accepted' | 'duplicate'>): DropReason {
  return outcome === 'full' ? 'queue_full' : 'store_error'
}
