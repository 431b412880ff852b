import type { DropReason } from '../issue/drop-reason.ts'
import { eventKey } from '../store/event-key.ts'
import type { OutboxItem, PutOptions } from '../store/outbox-port.ts'
import type { Addressed } from './addressed.ts'
import { type Admitted, admit } from './admit.ts'
import type { ClientState } from './client-state.ts'
import { isAtHome } from './home.ts'
import { wake } from './outbox.ts'
import type { ReadyEvent } from './prepare-event.ts'
import { type ItemResult, type PutAnswer, putWithin } from './put-within.ts'
import type { Receipt } from './receipt.ts'
import type { TrackOptions } from './track-arguments.ts'

/** More in one statement would hold up the others. */
const MAX_PUT = 500

/** Takes events to the outbox, one copy of each for each of its pixels. Never rejects. */
export async function track(
  state: ClientState,
  all: readonly Addressed[],
  { fromPage, ...put }: TrackOptions,
): Promise<readonly Receipt[]> {
  const admitted = all.map((given) =>
    admit(state, given, isAtHome(state) ? undefined : 'wrong_request'),
  )
  const items = admitted.flatMap(({ event, pixelIds }) =>
    event === undefined ? [] : pixelIds.map((lane) => toItem(lane, event, fromPage === true)),
  )
  if (items.length === 0) return admitted.map((one) => receiptOf(one, dropped(one.reason)))
  const putting = putAll(state, items, put)
  state.putting.add(putting)
  const answers = await putting
  state.putting.delete(putting)
  for (const [index, item] of items.entries()) countItem(state, item, answers[index])
  let from = 0
  return admitted.map((one) => {
    if (one.event === undefined) return receiptOf(one, dropped(one.reason))
    const ofEvent = answers.slice(from, from + one.pixelIds.length)
    from += ofEvent.length
    return receiptOf(one, summary(ofEvent.map(({ result }) => result)))
  })
}

const toItem = (lane: string, event: ReadyEvent, isFromPage: boolean): OutboxItem => ({
  lane,
  key: eventKey({ lane, ...event }, isFromPage),
  ...event,
})

/** What the outbox said of one item. */
interface ItemAnswer {
  readonly result: ItemResult
  readonly cause?: PutAnswer['cause']
}

/** One statement after the other; when one fails, the rest is not tried. Never rejects. */
async function putAll(
  state: ClientState,
  items: readonly OutboxItem[],
  put: PutOptions,
): Promise<readonly ItemAnswer[]> {
  const answers: ItemAnswer[] = []
  for (let from = 0; from < items.length; from += MAX_PUT) {
    const some = items.slice(from, from + MAX_PUT)
    const { results, cause } = await putWithin(state, some, put)
    const why = cause === undefined ? {} : { cause }
    for (const result of results) answers.push({ result, ...why })
    if (cause === undefined) continue
    while (answers.length < items.length) answers.push({ result: 'store_failed', ...why })
    break
  }
  return answers
}

function countItem(
  state: ClientState,
  { lane, event_id }: OutboxItem,
  { result, cause }: ItemAnswer = { result: 'store_failed' },
): void {
  if (result === 'duplicate') return
  state.ledger.accept(1)
  if (result === 'accepted') wake(state, lane, 1)
  else
    state.ledger.drop({
      reason: reasonOf(result),
      count: 1,
      pixelId: lane,
      event_ids: [event_id],
      ...(cause === undefined ? {} : { cause }),
    })
}

type Fate = Pick<Receipt, 'outcome' | 'reason'>

function receiptOf({ event_id, issues }: Admitted, fate: Fate): Receipt {
  return { event_id, ...fate, issues }
}

function dropped(reason: DropReason | undefined): Fate {
  return { outcome: 'dropped', ...(reason === undefined ? {} : { reason }) }
}

/** Accepted by one pixel is accepted; else the worse of duplicate and loss. */
function summary(results: readonly ItemResult[]): Fate {
  if (results.includes('accepted')) return { outcome: 'accepted' }
  const lost = results.find((result) => result === 'full' || result === 'store_failed')
  return lost === undefined ? { outcome: 'duplicate' } : dropped(reasonOf(lost))
}

function reasonOf(result: Exclude<ItemResult, 'accepted' | 'duplicate'>): DropReason {
  return result === 'full' ? 'queue_full' : 'store_failed'
}
