import type { CapturedEvent } from '../../store/captured-event.ts'
import { coverageOf, keyUsage } from '../coverage.ts'
import { scopeOf } from '../dedup-keys.ts'
import { percent } from '../estimate.ts'
import { fieldsOf } from '../event-rule.ts'
import { COVERAGE_GOAL } from '../quality.ts'
import { type ReportRule, shownName } from '../report-rule.ts'

/** Fewer say nothing about a rate. As public reports of the diagnostic give it, read 2026-09. */
const ENOUGH_EVENTS = 10
const ENOUGH_USAGE = 95
const ENOUGH_OVERLAP = 90

/** How browser and server events go together. Source: Meta, Verifying Your Setup, read 2026-09. */
export const PAIRING_RULES: readonly ReportRule[] = [
  {
    rule: 'coverage_low',
    check: ({ groups }) =>
      groups.flatMap(({ event_name, browser, server }) => {
        const { covered, uncovered } = coverageOf(browser, server)
        const percentage = percent(covered, browser.length)
        if (browser.length < ENOUGH_EVENTS || percentage >= COVERAGE_GOAL) return []
        return [
          {
            affected: uncovered,
            total: browser.length,
            paths: ['event_id'],
            description: `${uncovered.length} of ${browser.length} browser events named ${shownName(event_name)} have no server event; the server sent ${server.length}.`,
          },
        ]
      }),
  },
  {
    rule: 'deduplication_weak',
    check: ({ groups }) =>
      groups.flatMap(({ event_name, browser, server }) => {
        if (browser.length === 0 || server.length === 0) return []
        const usage = keyUsage(browser, server).find(({ key }) => key === 'event_id')
        if (usage === undefined) return []
        const isWell =
          usage.browser >= ENOUGH_USAGE &&
          usage.server >= ENOUGH_USAGE &&
          usage.overlap >= ENOUGH_OVERLAP
        if (isWell) return []
        const all = [...browser, ...server]
        const kept = new Set(all.map(({ duplicate_of }) => duplicate_of))
        return [
          {
            affected: all.filter(
              ({ id, duplicate_of }) => duplicate_of === undefined && !kept.has(id),
            ),
            total: all.length,
            paths: ['event_id'],
            description: `Of the events named ${shownName(event_name)}, ${usage.browser} % from the browser and ${usage.server} % from the server carry an event_id, and ${usage.overlap} % of the ids came from both.`,
          },
        ]
      }),
  },
  {
    rule: 'event_id_repeated',
    check: ({ taken }) =>
      hitOf(
        repeated(
          taken.filter(({ event_id }) => event_id !== undefined),
          (event) => scopeOf(event, event.event_id, event.source),
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
