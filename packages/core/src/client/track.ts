import type { Cause } from '../issue/cause.ts'
import type { DropReason } from '../issue/drop-reason.ts'
import { eventKey } from '../store/event-key.ts'
import type { OutboxItem } from '../store/outbox-port.ts'
import type { PutEnd } from '../store/put-context.ts'
import type { PutAnswer } from '../store/put-entries.ts'
import { traceOfCall } from '../transport/diagnostics.ts'
import type { Addressed } from './addressed.ts'
import { type Admitted, admit } from './admit.ts'
import type { ClientState } from './client-state.ts'
import { isAtHome } from './home.ts'
import { recoverInRequest, wake } from './outbox.ts'
import type { ReadyEvent } from './prepare-event.ts'
import type { Receipt } from './receipt.ts'
import type { TrackOptions } from './track-arguments.ts'

/** Takes events to the outbox, one copy of each for each of its pixels. Never rejects. */
export async function track(
  state: ClientState,
  all: readonly Addressed[],
  { fromPage, transaction }: TrackOptions,
): Promise<readonly Receipt[]> {
  const admitted = all.map((given) =>
    admit(state, given, isAtHome(state) ? undefined : 'wrong_request'),
  )
  const ready = admitted.flatMap(({ event, pixelIds }) =>
    event === undefined ? [] : pixelIds.map((lane) => toItem(lane, event, fromPage === true)),
  )
  const trace = ready.length === 0 ? undefined : traceOfCall()
  const items = trace === undefined ? ready : ready.map((item) => ({ ...item, trace }))
  if (items.length === 0) return admitted.map((one) => receiptOf(one, dropped(one.reason)))
  recoverInRequest(state)
  const putting = state.store.put(items, transaction)
  state.putting.add(putting)
  const answers = await putting
  state.putting.delete(putting)
  let from = 0
  return admitted.map((one) => {
    if (one.event === undefined) return receiptOf(one, dropped(one.reason))
    const ofEvent = answers.slice(from, from + one.pixelIds.length)
    from += ofEvent.length
    return receiptOf(one, summary(ofEvent))
  })
}

const toItem = (lane: string, event: ReadyEvent, isFromPage: boolean): OutboxItem => ({
  lane,
  key: eventKey({ lane, ...event }, isFromPage),
  ...event,
})

/** Counts an event that was put, once, when it is known what became of it. */
export function countPut(
  state: ClientState,
  put: { readonly item: OutboxItem; readonly end: PutEnd; readonly cause: Cause | undefined },
): void {
  const { item, end, cause } = put
  const { lane: pixelId, event_id } = item
  if (end === 'duplicate') return
  state.ledger.accept(1)
  if (end === 'accepted') wake(state, pixelId, 1)
  else
    state.ledger.drop({
      reason: REASONS[end],
      count: 1,
      pixelId,
      event_ids: [event_id],
      ...(cause && { cause }),
    })
}

const REASONS = { full: 'queue_full', failed: 'store_failed', erased: 'erased' } as const

type Fate = Pick<Receipt, 'outcome' | 'reason' | 'durable'>

function receiptOf({ event_id, issues }: Admitted, fate: Fate): Receipt {
  return { event_id, ...fate, issues }
}

function dropped(reason: DropReason | undefined): Fate {
  return { outcome: 'dropped', ...(reason === undefined ? {} : { reason }) }
}

/** Accepted by one pixel is accepted; else the worse of duplicate and loss. */
function summary(answers: readonly PutAnswer[]): Fate {
  const isHeld = answers.some((answer) => answer.result === 'held' || answer.isHeld === true)
  const durability = isHeld ? ({ durable: false } as const) : {}
  const results = answers.map(({ result }) => result)
  if (results.includes('accepted') || results.includes('held'))
    return { outcome: 'accepted', ...durability }
  const lost = results.find((result) => result === 'failed' || result === 'full')
  return lost === undefined ? { outcome: 'duplicate', ...durability } : dropped(REASONS[lost])
}
