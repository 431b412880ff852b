import type { CapturedEvent } from '../store/captured-event.ts'
import { amountOf } from './amount.ts'
import { DEDUP_WINDOW_MS, fbpOf } from './dedup-keys.ts'
import { differences } from './differences.ts'
import { fieldsOf } from './event-rule.ts'
import { personFacts } from './person-facts.ts'
import type { NearMiss, NearMissReason } from './report.ts'
import { each, type Steps } from './steps.ts'

/** Further apart, two events that are alike are more likely two. The bound is ours. */
const WINDOW_MS = 10 * 60_000

/** A bucket holds few events in life; a load test must not make this quadratic. */
const MAX_CANDIDATES = 50

interface NearMissRule {
  readonly reason: NearMissReason
  /** Events that share one of these are looked at; none: not looked at. */
  readonly keys: (event: CapturedEvent) => readonly (string | undefined)[]
  /** Whether a browser and a server event that share a key are this miss. */
  readonly matches: (browser: CapturedEvent, server: CapturedEvent) => boolean
  readonly windowMs?: number
  /** Goes after "Would have been counted once, but". */
  readonly explanation: string
}

/** Why two events do not count as one; the first rule that matches is reported. */
const RULES: readonly NearMissRule[] = [
  {
    reason: 'too_late',
    keys: (event) => [keyed(event.pixel_id, event.event_name, event.event_id)],
    matches: (browser, server) =>
      Math.abs(server.received_at - browser.received_at) > DEDUP_WINDOW_MS,
    windowMs: Number.POSITIVE_INFINITY,
    explanation: 'the second came more than 48 hours after the first.',
  },
  {
    reason: 'event_name_case',
    keys: (event) => [keyed(event.pixel_id, event.event_name.toLowerCase(), event.event_id)],
    matches: (browser, server) => browser.event_name !== server.event_name,
    explanation: 'their event names differ in capital letters.',
  },
  {
    reason: 'pixel_id',
    keys: (event) => [keyed(event.event_name, event.event_id)],
    matches: (browser, server) => browser.pixel_id !== server.pixel_id,
    explanation: 'they went to different datasets.',
  },
  {
    reason: 'event_id_spaces',
    keys: (event) => [named(event, event.event_id?.trim())],
    matches: (browser, server) => browser.event_id !== server.event_id,
    explanation: 'one event_id has spaces around it.',
  },
  {
    reason: 'event_id_case',
    keys: (event) => [named(event, event.event_id?.trim().toLowerCase())],
    matches: (browser, server) => browser.event_id !== server.event_id,
    explanation: 'their event_ids differ in capital letters.',
  },
  {
    reason: 'event_id_number',
    keys: (event) => [named(event, numberOf(event.payload['event_id']))],
    matches: (browser, server) => browser.payload['event_id'] !== server.payload['event_id'],
    explanation: 'one event_id is a number and the other a text, or they are written differently.',
  },
  {
    reason: 'event_id_missing',
    keys: (event) => [named(event, 'order', orderOf(event)), ...peopleOf(event)],
    matches: (browser, server) => hasId(browser) !== hasId(server),
    explanation: 'only one of them carries an event_id.',
  },
  {
    reason: 'order_id',
    keys: (event) => [named(event, orderOf(event))],
    matches: () => true,
    explanation: 'one order_id came with two event_ids.',
  },
  {
    reason: 'server_first',
    keys: peopleOf,
    matches: (browser, server) => !hasId(browser) && !hasId(server) && server.id < browser.id,
    explanation: 'without event_ids the browser event must come first, and the server was first.',
  },
  {
    reason: 'fbp_and_value',
    keys: (event) => [named(event, fbpOf(event), worthOf(event))],
    matches: () => true,
    explanation: 'their event_ids differ, though browser id and value are the same.',
  },
]

/** Browser and server events that look like one; each event is reported once. */
export function* nearMisses(single: readonly CapturedEvent[]): Steps<readonly NearMiss[]> {
  const used = new Set<number>()
  const found: NearMiss[] = []
  for (const rule of RULES) yield* missesOf(rule, single, { used, found })
  return found.sort((a, b) => Math.max(a.browser, a.server) - Math.max(b.browser, b.server))
}

interface Findings {
  readonly used: Set<number>
  readonly found: NearMiss[]
}

function* missesOf(
  { reason, keys, matches, windowMs = WINDOW_MS, explanation }: NearMissRule,
  single: readonly CapturedEvent[],
  { used, found }: Findings,
): Steps<void> {
  const buckets = new Map<string, CapturedEvent[]>()
  const namesOf = (event: CapturedEvent) => keys(event).filter((name) => name !== undefined)
  yield* each(single, (event) => {
    if (event.source !== 'browser' || used.has(event.id)) return
    for (const name of namesOf(event)) {
      const bucket = buckets.get(name)
      if (bucket === undefined) buckets.set(name, [event])
      else if (bucket.push(event) > MAX_CANDIDATES) bucket.shift()
    }
  })
  if (buckets.size === 0) return
  yield* each(single, (server) => {
    if (server.source !== 'server' || used.has(server.id)) return
    const browser = namesOf(server)
      .flatMap((name) => buckets.get(name) ?? [])
      .find(
        (one) =>
          !used.has(one.id) &&
          Math.abs(server.received_at - one.received_at) <= windowMs &&
          matches(one, server),
      )
    if (!browser) return
    used.add(browser.id).add(server.id)
    const verdict = `Would have been counted once, but ${explanation}`
    const apart = differences(browser, server)
    found.push({ browser: browser.id, server: server.id, reason, verdict, differences: apart })
  })
}

/** One text of all parts, or nothing when a part is absent. */
function keyed(...parts: readonly unknown[]): string | undefined {
  let name = ''
  for (const part of parts) {
    if (part === undefined || part === '') return undefined
    const text = typeof part === 'string' ? part : JSON.stringify(part)
    name += `${text.length} ${text}`
  }
  return name
}

function named(event: CapturedEvent, ...parts: readonly unknown[]): string | undefined {
  return keyed(event.pixel_id, event.event_name, ...parts)
}

function peopleOf(event: CapturedEvent): readonly (string | undefined)[] {
  return [
    ...personFacts(event).externalIds.map((id) => named(event, 'external_id', id)),
    named(event, 'fbp', fbpOf(event)),
  ]
}

function hasId({ payload }: CapturedEvent): boolean {
  const id = payload['event_id']
  return id !== undefined && id !== null && id !== ''
}

function orderOf(event: CapturedEvent): string | undefined {
  const id = fieldsOf(event.payload['custom_data'])['order_id']
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined
}

function worthOf(event: CapturedEvent): number | undefined {
  return amountOf(fieldsOf(event.payload['custom_data'])['value'])
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^\s*\d{1,15}(\.0+)?\s*$/.test(value)
    ? Number(value)
    : undefined
}
