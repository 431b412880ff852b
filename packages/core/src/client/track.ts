import { attempt } from '../attempt.ts'
import { isAllowed } from '../consent.ts'
import type { DropReason } from '../delivery/drop-reason.ts'
import type { OutboxItem, PutOptions } from '../delivery/outbox-port.ts'
import { readEventId } from '../event/read-event-id.ts'
import type { Issue } from '../issue.ts'
import type { IssueCode } from '../issue-catalog.ts'
import { randomId } from '../random-id.ts'
import type { Addressed } from './addressed.ts'
import { type ClientState, prepare, tellAll } from './client-state.ts'
import { isAtHome } from './home.ts'
import { wake } from './outbox.ts'
import { type ItemResult, putWithin } from './put-within.ts'
import type { Receipt } from './tracker.ts'

/** Takes an event to the outbox, one copy for each pixel. Never rejects. */
export async function track(
  state: ClientState,
  given: Addressed,
  put: PutOptions,
): Promise<Receipt> {
  if (!isAllowed(given.consent)) return withhold(state, given)
  const { pixelIds } = given
  const { event, event_id, issues } = prepare(state, given)
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
  if (!isAtHome(state)) return drop('wrong_request')
  const items = pixelIds.map((lane): OutboxItem => ({ lane, ...event }))
  const putting = putWithin(state, items, put)
  state.putting.add(putting)
  const { results, cause } = await putting
  state.putting.delete(putting)
  for (const [index, lane] of pixelIds.entries()) {
    const result = results[index]
    if (result === undefined || result === 'duplicate') continue
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
  return { event_id, ...summary(results), issues }
}

/** Drops an event its person has not allowed: of what it holds, only the id is read. */
export function withhold(state: ClientState, { read, pixelIds }: Addressed): Receipt {
  const issues: Issue[] = []
  const event_id = attempt(() => readEventId(read()['event_id'], issues)) ?? randomId()
  tellAll(state, issues, { event_id })
  const count = Math.max(1, pixelIds.length)
  state.ledger.accept(count)
  state.ledger.drop({ reason: 'consent', count, event_ids: [event_id] })
  return { event_id, outcome: 'dropped', reason: 'consent', issues }
}

/** Accepted by one pixel is accepted; else the worse of duplicate and loss. */
function summary(results: readonly ItemResult[]): Pick<Receipt, 'outcome' | 'reason'> {
  if (results.includes('accepted')) return { outcome: 'accepted' }
  const lost = results.find((result) => result === 'full' || result === 'store_failed')
  return lost === undefined
    ? { outcome: 'duplicate' }
    : { outcome: 'dropped', reason: reasonOf(lost) }
}

function reasonOf(result: Exclude<ItemResult, 'accepted' | 'duplicate'>): DropReason {
  return result === 'full' ? 'queue_full' : 'store_failed'
}

/** What waiting brings, and what the configuration lacks, is no fault of the event's. */
const REASONS: Partial<Record<IssueCode, 'expired' | 'disabled'>> = {
  event_time_too_old: 'expired',
  pixel_id_missing: 'disabled',
}

export function invalidReason(issues: readonly Issue[]): 'invalid' | 'expired' | 'disabled' {
  return issues.map(({ code }) => REASONS[code]).find((reason) => reason !== undefined) ?? 'invalid'
}
