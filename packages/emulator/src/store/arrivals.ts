import type { CapturedEvent, EventError } from './captured-event.ts'
import type { RecordedCall } from './recorded-call.ts'

/** How many of the events or calls that did arrive a text lists. */
const LISTED = 20

/** Worn by good events of a refused batch: their error is another's. */
const BYSTANDER = 'batch_refused'

/** What arrived in place of what was wanted: events, and calls in which none could be read. */
export function arrivals(events: readonly CapturedEvent[], calls: readonly RecordedCall[]): string {
  const refused = unreadCalls(calls)
  if (events.length === 0) return nothing(refused)
  const lines = events.slice(-LISTED).map(describeEvent)
  return [
    `What did arrive (${events.length}), newest last:`,
    ...lines,
    ...fixes(events.slice(-LISTED).flatMap(({ error }) => error ?? [])),
    ...(refused.length > 0 ? [describeUnread(refused)] : []),
  ].join('\n')
}

/** Refused calls without a readable event: no event stands for them. */
export function unreadCalls(calls: readonly RecordedCall[]): readonly RecordedCall[] {
  return calls.filter(({ outcome, events }) => outcome === 'refused' && events.length === 0)
}

function nothing(refused: readonly RecordedCall[]): string {
  if (refused.length === 0) return 'Nothing arrived.'
  return `No event arrived; ${describeUnread(refused)}`
}

/** `1 call was refused: body_unreadable`, and each with its fix. */
export function describeUnread(refused: readonly RecordedCall[]): string {
  const rules = [...new Set(refused.flatMap(({ error }) => error?.rule ?? []))]
  const count = refused.length === 1 ? '1 call was' : `${refused.length} calls were`
  return [
    `${count} refused: ${rules.join(', ')}`,
    ...refused.slice(-LISTED).map(describeCall),
  ].join('\n')
}

function describeCall({ id, method, path, status, error }: RecordedCall): string {
  const reason = error === undefined ? '' : `: ${sentences(error)}`
  return `  call ${id}, ${method} ${path}, HTTP ${status ?? 'without an answer'}${reason}`
}

export function describeEvent(event: CapturedEvent): string {
  const id = event.event_id === undefined ? 'no event_id' : `event_id ${event.event_id}`
  const { error, fault } = event
  const reason = error ? ` (${error.rule})` : fault ? ` (${fault.preset ?? fault.type})` : ''
  return `  ${event.source} ${event.event_name || '(no name)'}, ${id}, dataset ${event.pixel_id}, ${event.status}${reason}`
}

/** What to do about each rule that refused some of them. */
function fixes(errors: readonly EventError[]): readonly string[] {
  const byRule = new Map(errors.map((error) => [error.rule, error]))
  byRule.delete(BYSTANDER)
  return [...byRule.values()].map(
    ({ rule, title, fix }) => `  ${rule}: ${sentences({ title, fix })}`,
  )
}

/** What is wrong and what to do. Some titles are sentences, and some need no fix. */
function sentences({ title, fix }: Pick<EventError, 'title' | 'fix'>): string {
  return `${title.replace(/\.+$/, '')}. ${fix}`.trim()
}
