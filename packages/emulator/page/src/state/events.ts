import { computed, effect, signal } from '@preact/signals'
import type { NearMiss } from '../../../src/analysis/report.ts'
import type { CapturedEvent } from '../../../src/store/captured-event.ts'
import type { Half } from '../model/filter-keys.ts'
import { compileFilter, isSteady } from '../model/match-event.ts'
import { parseFilter } from '../model/parse-filter.ts'
import { nowMs } from './clock.ts'
import { route } from './route.ts'

/** Oldest first, at most `MAX_EVENTS`. */
export const events = signal<readonly CapturedEvent[]>([])
export const hasLoaded = signal(false)
export const isPaused = signal(false)
/** Whether the list of events shows its newest end. */
export const isAtTop = signal(true)

export const query = computed(() => route.value.params['q'] ?? '')
export const filter = computed(() => parseFilter(query.value))

/** Of each event that counts, the events that were counted with it. */
export const duplicatesOf = computed(() => {
  const found = new Map<number, number[]>()
  for (const { id, duplicate_of } of events.value) {
    if (duplicate_of === undefined) continue
    const ids = found.get(duplicate_of)
    if (ids) ids.push(id)
    else found.set(duplicate_of, [id])
  }
  return found
})

/** By event: why it is counted twice, though it looks like one with another. Set by the report of pairs. */
export const nearMissOf = signal<ReadonlyMap<number, NearMiss>>(new Map())

/** By rule and by id of a diagnostic, in small letters: the events that it affects. Set by the report of diagnostics. */
export const affectedBy = signal<ReadonlyMap<string, ReadonlySet<number>>>(new Map())

function isFoundBy({ id }: CapturedEvent, diagnostic: string): boolean {
  return affectedBy.value.get(diagnostic)?.has(id) === true
}

/** Where the two halves of an event are; undefined of one that Meta did not take. */
export function halfOf({ id, status, source }: CapturedEvent): Half | undefined {
  if (status === 'deduplicated' || duplicatesOf.value.has(id)) return 'both'
  if (status !== 'processed') return undefined
  return nearMissOf.value.has(id) ? 'twice' : source
}

// An event is judged once for each filter, however often the list is rebuilt.
const matches = computed(() => {
  const holds = compileFilter({ terms: filter.value.terms.filter(isSteady) })
  const known = new WeakMap<CapturedEvent, boolean>()
  return (event: CapturedEvent) => {
    const found = known.get(event) ?? holds(event)
    known.set(event, found)
    return found
  }
})

/** What the filter lets through, newest first. */
export const matching = computed(() => {
  const holds = matches.value
  const changing = filter.value.terms.filter((term) => !isSteady(term))
  const isSince = changing.some(({ key }) => key === 'since')
  const holdsNow = compileFilter(
    { terms: changing },
    { halfOf, isFoundBy, nowMs: isSince ? nowMs.value : 0 },
  )
  return events.value.filter((event) => holds(event) && holdsNow(event)).reverse()
})

/** While someone reads, the list ends at this id, so that nothing moves under their eyes. */
const heldAt = signal<number | undefined>(undefined)
effect(() => {
  const isHeld = isPaused.value || !isAtTop.value
  heldAt.value = isHeld ? (heldAt.peek() ?? events.peek().at(-1)?.id ?? 0) : undefined
})

const waiting = computed(() => {
  const held = heldAt.value
  if (held === undefined) return 0
  const index = matching.value.findIndex((event) => event.id <= held)
  return index < 0 ? matching.value.length : index
})

/** New events that are not shown yet. */
export const waitingCount = computed(() => waiting.value)
/** What the list shows, newest first. */
export const shown = computed(() =>
  waiting.value === 0 ? matching.value : matching.value.slice(waiting.value),
)

/** Lets what waits into the list, and goes on holding when it is still paused or scrolled. */
export function showWaiting(): void {
  heldAt.value = isPaused.peek() || !isAtTop.peek() ? events.peek().at(-1)?.id : undefined
}
