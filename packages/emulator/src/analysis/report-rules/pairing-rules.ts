import type { CapturedEvent } from '../../store/captured-event.ts'
import { coverageOf, keyUsage } from '../coverage.ts'
import { scopeOf } from '../dedup-keys.ts'
import { percent } from '../estimate.ts'
import { fieldsOf } from '../event-rule.ts'
import { COVERAGE_GOAL, type EventGroup } from '../quality.ts'
import { type Hit, type ReportRule, type ReportView, shownName } from '../report-rule.ts'
import type { Steps } from '../steps.ts'

/** Fewer say nothing about a rate. As public reports of the diagnostic give it, read 2026-09. */
const ENOUGH_EVENTS = 10
const ENOUGH_USAGE = 95
const ENOUGH_OVERLAP = 90

/** How browser and server events go together. Source: Meta, Verifying Your Setup, read 2026-09. */
export const PAIRING_RULES: readonly ReportRule[] = [
  {
    rule: 'coverage_low',
    *check(view) {
      const hits: Hit[] = []
      for (const group of view.groups) hits.push(...(yield* lowCoverage(group, view)))
      return hits
    },
  },
  {
    rule: 'deduplication_weak',
    *check(view) {
      const hits: Hit[] = []
      for (const group of view.groups) hits.push(...(yield* weakDeduplication(group, view)))
      return hits
    },
  },
  {
    rule: 'event_id_repeated',
    check: ({ taken }) =>
      hitOf(
        repeated(withId(taken), idOf, (group) => group.length > 1 && !isRetry(group)),
        taken.length,
        ['event_id'],
      ),
  },
  {
    rule: 'event_retried',
    check: ({ taken }) =>
      hitOf(
        // Those that a browser event took in are counted once, however often they came.
        repeated(
          withId(taken).filter(({ duplicate_of }) => duplicate_of === undefined),
          idOf,
          (group) => group.length > 1 && isRetry(group),
        ),
        taken.length,
        ['event_id'],
      ),
  },
  {
    rule: 'order_id_repeated',
    check: ({ server }) => {
      const purchases = server.filter(({ event_name }) => event_name === 'Purchase')
      const affected = repeated(
        purchases.filter((event) => orderOf(event) !== undefined),
        (event) => scopeOf(event, orderOf(event)),
        (group) => new Set(group.map(({ event_id }) => event_id)).size > 1,
      )
      return hitOf(affected, purchases.length, ['custom_data.order_id'])
    },
  },
]

/** Whether the server sent too few of a name for its browser events, whatever their ids. */
function isShort({ browser, server }: Pick<EventGroup, 'browser' | 'server'>): boolean {
  return browser.length >= ENOUGH_EVENTS && percent(server.length, browser.length) < COVERAGE_GOAL
}

/** Events that are counted twice for a known reason are reported by that alone. */
function unexplained({ nearMisses }: ReportView): (event: CapturedEvent) => boolean {
  const explained = new Set(nearMisses.flatMap((miss) => [miss.browser, miss.server]))
  return ({ id }) => !explained.has(id)
}

/** How event_id is used where it joins too little. */
function* weakUsage({ browser, server }: EventGroup, view: ReportView) {
  const isOpen = unexplained(view)
  const [left, right] = [browser.filter(isOpen), server.filter(isOpen)]
  if (left.length === 0 || right.length === 0) return undefined
  const usage = (yield* keyUsage(left, right)).find(({ key }) => key === 'event_id')
  const isWell =
    usage === undefined ||
    (usage.browser >= ENOUGH_USAGE &&
      usage.server >= ENOUGH_USAGE &&
      usage.overlap >= ENOUGH_OVERLAP)
  return isWell ? undefined : { usage, events: [...left, ...right] }
}

function withId(events: readonly CapturedEvent[]): readonly CapturedEvent[] {
  return events.filter(({ event_id }) => event_id !== undefined)
}

function idOf(event: CapturedEvent): string {
  return scopeOf(event, event.event_id, event.source)
}

const RETRIES_END_MS = 86_400_000

/** Whether the events are one that was sent again, byte for byte, within a day. */
function isRetry(group: readonly CapturedEvent[]): boolean {
  const times = group.map(({ received_at }) => received_at)
  if (Math.max(...times) - Math.min(...times) > RETRIES_END_MS) return false
  const [first, ...others] = group.map(({ payload }) => JSON.stringify(payload))
  return others.every((other) => other === first)
}

function* lowCoverage(group: EventGroup, view: ReportView): Steps<readonly Hit[]> {
  const { event_name, browser, server } = group
  if (browser.length < ENOUGH_EVENTS) return []
  const uncovered = (yield* coverageOf(browser, server)).uncovered.filter(unexplained(view))
  if (percent(browser.length - uncovered.length, browser.length) >= COVERAGE_GOAL) return []
  // Enough came from the server, and do not share ids: that is another finding.
  if (!isShort(group) && (yield* weakUsage(group, view))) return []
  // A shop may leave some names to the browser. One whose server sends nothing, or no purchases, loses them.
  const isChosen = server.length === 0 && view.server.length > 0 && event_name !== 'Purchase'
  return [
    {
      about: shownName(event_name),
      ...(isChosen && { severity: 'medium' as const }),
      affected: uncovered,
      total: browser.length,
      paths: ['event_id'],
      description: `${uncovered.length} of ${browser.length} browser events named ${shownName(event_name)} have no server event; the server sent ${server.length}.`,
    },
  ]
}

function* weakDeduplication(group: EventGroup, view: ReportView): Steps<readonly Hit[]> {
  const weak = isShort(group) ? undefined : yield* weakUsage(group, view)
  if (weak === undefined) return []
  const { usage, events } = weak
  const name = shownName(group.event_name)
  const kept = new Set(events.map(({ duplicate_of }) => duplicate_of))
  return [
    {
      about: name,
      affected: events.filter(
        ({ id, duplicate_of }) => duplicate_of === undefined && !kept.has(id),
      ),
      total: events.length,
      paths: ['event_id'],
      description: `Of the events named ${name}, ${usage.browser} % from the browser and ${usage.server} % from the server carry an event_id, and ${usage.overlap} % of the ids came from both.`,
    },
  ]
}

function orderOf({ payload }: CapturedEvent): unknown {
  const order = fieldsOf(payload['custom_data'])['order_id']
  return order === null || order === '' ? undefined : order
}

/** Events that share a name with others. */
function repeated(
  events: readonly CapturedEvent[],
  nameOf: (event: CapturedEvent) => string,
  isWrong: (group: readonly CapturedEvent[]) => boolean = (group) => group.length > 1,
): readonly CapturedEvent[] {
  const groups = new Map<string, CapturedEvent[]>()
  for (const event of events) {
    const name = nameOf(event)
    const group = groups.get(name)
    if (group) group.push(event)
    else groups.set(name, [event])
  }
  return [...groups.values()].filter(isWrong).flat()
}

function hitOf(affected: readonly CapturedEvent[], total: number, paths: readonly string[]) {
  return affected.length === 0 ? [] : [{ affected, total, paths }]
}
