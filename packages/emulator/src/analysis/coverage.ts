import type { CapturedEvent } from '../store/captured-event.ts'
import { fbpOf } from './dedup-keys.ts'
import { percent } from './estimate.ts'
import { personFacts } from './person-facts.ts'
import type { DedupKey, KeyUsage } from './report.ts'
import { each, type Steps } from './steps.ts'

const DEDUP_KEYS = ['event_id', 'external_id', 'fbp'] as const satisfies readonly DedupKey[]

/** What an event can be recognised by under a key; several external ids are several. */
const VALUES: Readonly<Record<DedupKey, (event: CapturedEvent) => readonly string[]>> = {
  event_id: (event) => (event.event_id === undefined ? [] : [event.event_id]),
  external_id: (event) => personFacts(event).externalIds,
  fbp: (event) => [fbpOf(event)].filter((fbp) => fbp !== undefined),
}

export interface Coverage {
  /** How many browser events have a server event of their own that shares a key. */
  readonly covered: number
  readonly uncovered: readonly CapturedEvent[]
  /** Those of them that no earlier key had covered. */
  readonly byKey: Readonly<Record<DedupKey, number>>
}

/**
 * Pairs browser events of one name with server events one for one, by event_id first, then external_id, then fbp:
 * a visitor's ten page views are not covered by one server event.
 */
export function* coverageOf(
  browser: readonly CapturedEvent[],
  server: readonly CapturedEvent[],
): Steps<Coverage> {
  const byKey = { event_id: 0, external_id: 0, fbp: 0 }
  const taken = new Set<number>()
  let left = browser
  for (const key of DEDUP_KEYS) {
    const servers = new Map<string, number[]>()
    if (left.length === 0) continue
    yield* each(server, (event) => {
      if (taken.has(event.id)) return
      for (const value of valuesOf(key, event)) {
        const ids = servers.get(value)
        if (ids) ids.push(event.id)
        else servers.set(value, [event.id])
      }
    })
    const uncovered: CapturedEvent[] = []
    const isCovered = (event: CapturedEvent): boolean => {
      for (const value of valuesOf(key, event)) {
        const ids = servers.get(value) ?? []
        // From the end: taking from the front would move all the others.
        for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
          if (taken.has(id)) continue
          taken.add(id)
          byKey[key] += 1
          return true
        }
      }
      return false
    }
    yield* each(left, (event) => {
      if (!isCovered(event)) uncovered.push(event)
    })
    left = uncovered
  }
  return { covered: browser.length - left.length, uncovered: left, byKey }
}

/** How many events of each source carry a key, and how many of its values came from both. */
export function* keyUsage(
  browser: readonly CapturedEvent[],
  server: readonly CapturedEvent[],
): Steps<readonly KeyUsage[]> {
  const usages: KeyUsage[] = []
  for (const key of DEDUP_KEYS) {
    const left = yield* seen(key, browser)
    const right = yield* seen(key, server)
    let shared = 0
    yield* each(left.values, (value) => {
      if (right.values.has(value)) shared += 1
    })
    usages.push({
      key,
      browser: percent(left.carriers, browser.length),
      server: percent(right.carriers, server.length),
      overlap: percent(shared, Math.min(left.values.size, right.values.size)),
    })
  }
  return usages
}

function* seen(key: DedupKey, events: readonly CapturedEvent[]) {
  const values = new Set<string>()
  let carriers = 0
  yield* each(events, (event) => {
    const own = valuesOf(key, event)
    if (own.length > 0) carriers += 1
    for (const value of own) values.add(value)
  })
  return { values, carriers }
}

/** Ids are unique within a dataset only. */
function valuesOf(key: DedupKey, event: CapturedEvent): readonly string[] {
  return VALUES[key](event).map((value) => `${event.pixel_id.length} ${event.pixel_id}${value}`)
}
