import { attempt } from './attempt.ts'
import { type ClientState, prepare } from './client-state.ts'
import { type Consent, isAllowed } from './consent.ts'
import type { DropCause, DropReason } from './delivery/drop-reason.ts'
import type { OutboxItem, PutOutcome } from './delivery/outbox-store.ts'
import { storeCause } from './delivery/store-cause.ts'
import type { Fields } from './fields.ts'
import type { Issue } from './issue.ts'
import { toText } from './normalize/clean.ts'
import { wake } from './outbox.ts'
import type { Receipt } from './tracker.ts'

/** Takes an event to the outbox, one copy for each pixel. Never rejects. */
export async function track(
  state: ClientState,
  read: () => Fields,
  pixelIds: readonly string[],
  consent: Consent,
): Promise<Receipt> {
  if (!isAllowed(consent)) return withhold(state, read, pixelIds.length)
  const { event, event_id, issues } = prepare(state, read)
  const drop = (reason: DropReason): Receipt => {
    const count = Math.max(1, pixelIds.length)
    state.ledger.accept(count)
    state.ledger.drop({
      reason,
      count,
      event_ids: [event_id],
      ...(event === undefined && { issues }),
    })
    return { event_id, outcome: 'dropped', reason, issues }
  }
  if (event === undefined) return drop(invalidReason(issues))
  if (state.exchange === undefined || pixelIds.length === 0) return drop('disabled')
  if (state.isClosed) return drop('closed')
  const items = pixelIds.map((lane): OutboxItem => ({ lane, ...event }))
  const putting = putWithin(state, items)
  state.putting.add(putting)
  const { outcomes, cause } = await putting
  state.putting.delete(putting)
  for (const [index, lane] of pixelIds.entries()) {
    const outcome = outcomes[index]
    if (outcome === undefined || outcome === 'duplicate') continue
    state.ledger.accept(1)
    if (outcome === 'accepted') wake(state, lane, 1)
    else
      state.ledger.drop({
        reason: reasonOf(outcome),
        count: 1,
        pixelId: lane,
        event_ids: [event_id],
        ...(cause === undefined ? {} : { cause }),
      })
  }
  return { event_id, ...summary(outcomes), issues }
}

/** Drops an event its person has not allowed: of what it holds, only the id is read. */
export function withhold(state: ClientState, read: () => Fields, copies: number): Receipt {
  const event_id = attempt(() => toText(read()['event_id'])) ?? crypto.randomUUID()
  const count = Math.max(1, copies)
  state.ledger.accept(count)
  state.ledger.drop({ reason: 'consent', count, event_ids: [event_id] })
  return { event_id, outcome: 'dropped', reason: 'consent', issues: [] }
}

type Outcome = PutOutcome | 'store_error'

const OUTCOMES: readonly PutOutcome[] = ['accepted', 'duplicate', 'full']

/** The outbox's word, or none in time: a request must not hang on a disk. */
async function putWithin(state: ClientState, items: readonly OutboxItem[]) {
  const { clock, timeoutMs } = state.options
  const putting = putGuarded(state, items)
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
): Promise<{ readonly outcomes: readonly Outcome[]; readonly cause?: DropCause }> {
  const { store, clock } = state.options
  try {
    const answers: readonly unknown[] = await store.put(items, clock.now())
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

/** Too old is the one fault that waiting brings. */
export function invalidReason(issues: readonly Issue[]): 'invalid' | 'expired' {
  return issues.some((one) => one.code === 'event_time_too_old') ? 'expired' : 'invalid'
}
