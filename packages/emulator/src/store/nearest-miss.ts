import type { CapturedEvent } from './captured-event.ts'
import type { Mismatch } from './compare.ts'
import { type AnyFilter, compileFilter } from './event-filter.ts'

/** How many of the events that did arrive a failed wait lists. */
const LISTED = 20

const MAX_VALUE = 80

/** The event that came closest, and in what it differs; of equals the newest. Empty when nothing came close. */
export function nearestMiss(events: readonly CapturedEvent[], filter: AnyFilter): string {
  const compare = compileFilter(filter)
  let nearest: { event: CapturedEvent; found: readonly Mismatch[] } | undefined
  for (const event of events) {
    const found = compare(event)
    if (nearest === undefined || found.length <= nearest.found.length) nearest = { event, found }
  }
  const keys = Object.values(filter).filter((wanted) => wanted !== undefined).length
  // With not one key in common, an event is not near.
  const isFar = nearest && keys > 1 && allTopLevel(nearest.found) && nearest.found.length >= keys
  if (nearest === undefined || keys === 0 || isFar) return ''
  const lines = nearest.found.map(describeMismatch)
  return `The nearest was event ${nearest.event.id}:\n${describe(nearest.event)}\n${lines.join('\n')}\n`
}

function allTopLevel(found: readonly Mismatch[]): boolean {
  return found.every(({ path }) => !path.includes('.'))
}

function describeMismatch({ path, wanted, actual }: Mismatch): string {
  return `    ${path}: wanted ${shown(path, wanted)}, got ${shown(path, actual)}`
}

/** The developer's own data, but a log may outlive the test: no person's values. */
function shown(path: string, value: unknown): string {
  if (value === undefined) return 'nothing'
  if (path.startsWith('user_data')) return '(a value of a person)'
  const text = JSON.stringify(value) ?? typeof value
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text
}

export function arrivals(events: readonly CapturedEvent[]): string {
  if (events.length === 0) return 'Nothing arrived.'
  const lines = events.slice(-LISTED).map(describe)
  return `What did arrive (${events.length}), newest last:\n${lines.join('\n')}`
}

function describe(event: CapturedEvent): string {
  const id = event.event_id === undefined ? 'no event_id' : `event_id ${event.event_id}`
  const reason = event.error ? ` (${event.error.rule})` : ''
  return `  ${event.source} ${event.event_name || '(no name)'}, ${id}, dataset ${event.pixel_id}, ${event.status}${reason}`
}
