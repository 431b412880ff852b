import type { CapturedEvent } from '../store/captured-event.ts'
import { externalIdsOf, fbpOf } from './dedup-keys.ts'
import { percent } from './estimate.ts'
import type { DedupKey, KeyUsage } from './report.ts'

const DEDUP_KEYS = ['event_id', 'external_id', 'fbp'] as const satisfies readonly DedupKey[]

/** What an event can be recognised by under a key; several external ids are several. */
const VALUES: Readonly<Record<DedupKey, (event: CapturedEvent) => readonly string[]>> = {
  event_id: (event) => (event.event_id === undefined ? [] : [event.event_id]),
  external_id: externalIdsOf,
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
export function coverageOf(
  browser: readonly CapturedEvent[],
  server: readonly CapturedEvent[],
): Coverage {
  const byKey = { event_id: 0, external_id: 0, fbp: 0 }
  const taken = new Set<number>()
  let left = browser
  for (const key of DEDUP_KEYS) {
    const servers = new Map<string, number[]>()
    for (const event of server) {
      for (const value of valuesOf(key, event)) {
        const ids = servers.get(value)
        if (ids) ids.push(event.id)
        else servers.set(value, [event.id])
      }
    }
    left = left.filter((event) => {
      for (const value of valuesOf(key, event)) {
        const ids = servers.get(value) ?? []
        // From the end: taking from the front would move all the others.
        for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
          if (taken.has(id)) continue
          taken.add(id)
          byKey[key] += 1
          return false
        }
      }
      return true
    })
  }
  return { covered: browser.length - left.length, uncovered: left, byKey }
}

/** How many events of each source carry a key, and how many of its values came from both. */
export function keyUsage(
  browser: readonly CapturedEvent[],
  server: readonly CapturedEvent[],
): readonly KeyUsage[] {
  return DEDUP_KEYS.map((key) => {
    const seen = { browser: distinct(key, browser), server: distinct(key, server) }
    const shared = [...seen.browser].filter((value) => seen.server.has(value)).length
    const share = (events: readonly CapturedEvent[]) =>
      percent(events.filter((event) => valuesOf(key, event).length > 0).length, events.length)
    return {
      key,
      browser: share(browser),
      server: share(server),
      overlap: percent(shared, Math.min(seen.browser.size, seen.server.size)),
    }
  })
}

function distinct(key: DedupKey, events: readonly CapturedEvent[]): ReadonlySet<string> {
  return new Set(events.flatMap((event) => valuesOf(key, event)))
}

/** Ids are unique within a dataset only. */
function valuesOf(key: DedupKey, event: CapturedEvent): readonly string[] {
  return VALUES[key](event).map((value) => JSON.stringify([event.pixel_id, value]))
}
