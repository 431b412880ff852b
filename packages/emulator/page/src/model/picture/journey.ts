import type { NearMiss } from '../../../../src/analysis/report.ts'
import { readEventTime } from '../../../../src/rules/read-event-time.ts'
import type { CapturedEvent } from '../../../../src/store/captured-event.ts'
import { indexOfId } from '../event-log.ts'
import { groupOf } from '../payload.ts'

/** Keys that follow one visitor from event to event. */
export const VISITOR_KEYS = ['fbp', 'external_id', 'em'] as const
export type VisitorKey = (typeof VISITOR_KEYS)[number]

/** One moment of a visitor: the browser's event, the server's, or both. */
export interface JourneyStep {
  readonly timeMs: number
  readonly browser?: CapturedEvent
  readonly server?: CapturedEvent
  /** Present where both halves are there: counted once, or why not. */
  readonly join?: 'once' | NearMiss
}

export interface Journey {
  /** Oldest first. */
  readonly steps: readonly JourneyStep[]
  /** What the events share, the most frequent key first. */
  readonly keys: readonly VisitorKey[]
  /** Events beyond what is drawn. */
  readonly left: number
}

export interface JourneyContext {
  /** Oldest first. */
  readonly events: readonly CapturedEvent[]
  readonly duplicatesOf: ReadonlyMap<number, readonly number[]>
  readonly nearMissOf: ReadonlyMap<number, NearMiss>
  /** `identitiesOf`, remembered for each event. */
  readonly identities: (event: CapturedEvent) => readonly Identity[]
}

/** A key, and the key with its value: `['fbp', 'fbp fb.1.…']`. */
export type Identity = readonly [VisitorKey, string]

/** A picture of more is none; a value that many people share would bring them all. */
const MAX_STEPS = 60

/** Every event that leads to this one, from key to key: by `fbp` before somebody gives a name, by `em` and `external_id` after. */
export function journeyOf(start: CapturedEvent, context: JourneyContext): Journey {
  const { found, keys } = visitorOf(start, context)
  const all = stepsOf(found, context).sort((one, other) => one.timeMs - other.timeMs)
  const at = all.findIndex(({ browser, server }) => browser === start || server === start)
  const from = Math.max(0, Math.min(all.length - MAX_STEPS, at - MAX_STEPS / 2))
  const steps = all.slice(from, from + MAX_STEPS)
  const left = [...all.slice(0, from), ...all.slice(from + MAX_STEPS)]
  return { steps, keys, left: left.reduce((sum, step) => sum + halvesOf(step).length, 0) }
}

function halvesOf({ browser, server }: JourneyStep): readonly CapturedEvent[] {
  return [browser, server].filter((half) => half !== undefined)
}

/** What an event says of its visitor. `hash` makes of a value that was sent raw what others send hashed. */
export function identitiesOf(
  event: CapturedEvent,
  hash: (key: VisitorKey, text: string) => string,
): readonly Identity[] {
  const person = groupOf(event, 'user_data')
  return VISITOR_KEYS.flatMap((key) => {
    const values = Array.isArray(person[key]) ? person[key] : [person[key]]
    return values.flatMap((value: unknown) => {
      if ((typeof value !== 'string' && typeof value !== 'number') || value === '') return []
      const text = String(value)
      const name = key === 'fbp' ? text : SHA256.test(text) ? hashOf(text) : hash(key, text)
      return [[key, `${key} ${name}`] as const]
    })
  })
}

const SHA256 = /^[0-9a-f]{64}(?:\.|$)/i

function hashOf(text: string): string {
  return text.slice(0, 64).toLowerCase()
}

function visitorOf(start: CapturedEvent, { events, identities, ...context }: JourneyContext) {
  const byIdentity = new Map<string, CapturedEvent[]>()
  for (const event of events) {
    for (const [, identity] of identities(event)) {
      const others = byIdentity.get(identity)
      if (others) others.push(event)
      else byIdentity.set(identity, [event])
    }
  }
  const found = new Set([start])
  const uses = new Map<VisitorKey, number>()
  // A set goes on while it is walked: what is added comes in turn.
  for (const event of found) {
    for (const [key, identity] of identities(event)) {
      const others = byIdentity.get(identity) ?? []
      if (others.length > 1) uses.set(key, (uses.get(key) ?? 0) + 1)
      byIdentity.delete(identity)
      for (const other of others) found.add(other)
    }
    for (const id of partnersOf(event, context)) {
      const partner = events[indexOfId(events, id)]
      if (partner) found.add(partner)
    }
  }
  const keys = VISITOR_KEYS.filter((key) => uses.has(key)).sort(
    (one, other) => (uses.get(other) ?? 0) - (uses.get(one) ?? 0),
  )
  return { found: [...found], keys }
}

type Partners = Pick<JourneyContext, 'duplicatesOf' | 'nearMissOf'>

function partnersOf(
  { id, duplicate_of }: CapturedEvent,
  { duplicatesOf, nearMissOf }: Partners,
): readonly number[] {
  const miss = nearMissOf.get(id)
  return [
    ...(duplicate_of === undefined ? [] : [duplicate_of]),
    ...(duplicatesOf.get(id) ?? []),
    ...(miss ? [miss.browser, miss.server] : []),
  ]
}

function stepsOf(found: readonly CapturedEvent[], context: Partners): JourneyStep[] {
  const byId = new Map(found.map((event) => [event.id, event]))
  const used = new Set<number>()
  const steps: JourneyStep[] = []
  for (const event of [...byId.values()].sort((one, other) => one.id - other.id)) {
    if (used.has(event.id)) continue
    const partner = partnersOf(event, context)
      .map((id) => byId.get(id))
      .find((one) => one !== undefined && one.source !== event.source && !used.has(one.id))
    used.add(event.id)
    if (partner) used.add(partner.id)
    const join = context.nearMissOf.get(event.id) ?? 'once'
    steps.push({
      timeMs: Math.min(...[event, partner].flatMap((half) => (half ? [timeOf(half)] : []))),
      [event.source]: event,
      ...(partner && { [partner.source]: partner, join }),
    })
  }
  return steps
}

function timeOf({ payload, received_at }: CapturedEvent): number {
  const timeSec = readEventTime(payload['event_time'])
  return timeSec === undefined ? received_at : timeSec * 1000
}
