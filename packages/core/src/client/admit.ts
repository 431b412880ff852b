import { isAllowed } from '../event/consent.ts'
import { readEventId } from '../event/read-event-id.ts'
import { isSkipped } from '../event/request-scope.ts'
import { asFields } from '../field/fields.ts'
import type { DropReason } from '../issue/drop-reason.ts'
import type { Issue } from '../issue/issue.ts'
import type { IssueCode } from '../issue/issue-catalog.ts'
import { attempt } from '../runtime/attempt.ts'
import { randomId } from '../runtime/random-id.ts'
import type { Addressed } from './addressed.ts'
import type { ClientState } from './client-state.ts'
import { prepareEvent, type ReadyEvent } from './prepare-event.ts'
import { reportIssues } from './report-issues.ts'

/** An event that may go on, or why it was dropped: then it is counted and reported already. */
export interface Admitted {
  readonly event_id: string
  readonly issues: readonly Issue[]
  readonly pixelIds: readonly string[]
  /** Absent: it was dropped. */
  readonly event?: ReadyEvent
  /** Absent: it was not dropped. */
  readonly reason?: DropReason
}

/**
 * What `track`, `enqueue` and `send` do first with each event. Never throws.
 * @param also a further reason to drop an event that could be sent.
 */
export function admit(state: ClientState, given: Addressed, also?: DropReason): Admitted {
  const { consent, fault, pixelIds } = given
  if (state.options.enabled === false) return dropUnread(state, given, 'disabled')
  if (!isAllowed(consent)) return dropUnread(state, given, 'consent')
  if (isSkipped(pixelIds) && fault === undefined) return dropUnread(state, given, 'disabled')
  const { event, event_id, issues } = prepareEvent(state, given)
  const reason = event === undefined ? invalidReason(issues) : (unsendable(state) ?? also)
  if (reason === undefined) return { event_id, issues, pixelIds, ...(event && { event }) }
  count(state, pixelIds, event_id, { reason, ...(event === undefined && { issues }) })
  return { event_id, issues, pixelIds, reason }
}

function unsendable({ exchange, isClosed }: ClientState): 'disabled' | 'closed' | undefined {
  if (exchange === undefined) return 'disabled'
  return isClosed ? 'closed' : undefined
}

/** Drops an event of which only the id is read. */
function dropUnread(
  state: ClientState,
  { read, pixelIds }: Addressed,
  reason: 'consent' | 'disabled',
): Admitted {
  const issues: Issue[] = []
  const event_id = attempt(() => readEventId(asFields(read())?.['event_id'], issues)) ?? randomId()
  if (reason === 'consent') reportIssues(state, issues, { event_id })
  count(state, pixelIds, event_id, { reason })
  return { event_id, issues, pixelIds, reason }
}

function count(
  { ledger }: ClientState,
  pixelIds: readonly string[],
  event_id: string,
  why: { readonly reason: DropReason; readonly issues?: readonly Issue[] },
): void {
  const copies = Math.max(1, pixelIds.length)
  ledger.accept(copies)
  ledger.drop({ ...why, count: copies, event_ids: [event_id] })
}

/** What waiting brings, and what the configuration lacks, is no fault of the event's. */
const REASONS: Partial<Record<IssueCode, 'expired' | 'disabled'>> = {
  event_time_too_old: 'expired',
  pixel_id_missing: 'disabled',
}

function invalidReason(issues: readonly Issue[]): 'invalid' | 'expired' | 'disabled' {
  return issues.map(({ code }) => REASONS[code]).find((reason) => reason !== undefined) ?? 'invalid'
}
