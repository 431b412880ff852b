import { describeEvent } from './arrivals.ts'
import type { CapturedEvent } from './captured-event.ts'
import type { Mismatch } from './compare.ts'
import { type AnyFilter, compileFilter } from './event-filter.ts'
import { showMismatch } from './show-mismatch.ts'

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
  const lines = nearest.found.map(showMismatch)
  return `The nearest was event ${nearest.event.id}:\n${describeEvent(nearest.event)}\n${lines.join('\n')}\n`
}

function allTopLevel(found: readonly Mismatch[]): boolean {
  return found.every(({ path }) => !path.includes('.'))
}
