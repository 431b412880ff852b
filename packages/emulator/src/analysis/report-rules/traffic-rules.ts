import type { CapturedEvent } from '../../store/captured-event.ts'
import { amountOf } from '../amount.ts'
import { readFbc } from '../click-id.ts'
import { fbpOf } from '../dedup-keys.ts'
import { fieldsOf, listOf, textOf } from '../event-rule.ts'
import { delaySecOf } from '../freshness.ts'
import { isLocalPage } from '../local-page.ts'
import { ipFamily, isPrivateIp } from '../match-key-format.ts'
import { personFacts } from '../person-facts.ts'
import type { Hit, ReportRule, ReportView } from '../report-rule.ts'

const IP = 'user_data.client_ip_address'
const HOUR_SEC = 3_600

/** As public reports of the diagnostics give them, read 2026-09. */
const MANY_PEOPLE = 5
const BIG_SHARE = 0.3
const ENOUGH_PURCHASES = 20
const ALIKE_SHARE = 0.8
const MAX_TEST_EVENTS = 200
const MAX_TEST_MS = 24 * HOUR_SEC * 1000

/** What shows over many events of any name. */
export const TRAFFIC_RULES: readonly ReportRule[] = [
  {
    rule: 'client_ip_shared',
    check: ({ server }) => {
      // On one machine all visitors share its address.
      const remoteIpOf = (event: CapturedEvent) =>
        isLocalPage(event.payload['event_source_url']) && isPrivateIp(ipOf(event))
          ? undefined
          : ipOf(event)
      const affected = [...groupBy(server, remoteIpOf).values()]
        .filter(
          (group) => group.length > BIG_SHARE * server.length && peopleIn(group) >= MANY_PEOPLE,
        )
        .flat()
      return hit(affected, server.length, [IP])
    },
  },
  {
    rule: 'client_ip_mismatch',
    check: (view) => {
      const pairs = pairsOf(view)
      const affected = pairs
        .filter(([browser, server]) => {
          const [a, b] = [ipOf(browser), ipOf(server)]
          return a !== b && ipFamily(a) !== 0 && ipFamily(a) === ipFamily(b)
        })
        .map(([, server]) => server)
      return hit(affected, pairs.length, [IP])
    },
  },
  {
    rule: 'client_ip_v4',
    check: ({ browser, server }) => {
      const hasIpv6 = browser.some((event) => ipFamily(ipOf(event)) === 6)
      const affected = server.filter((event) => ipFamily(ipOf(event)) === 4)
      return hasIpv6 && affected.length * 2 > server.length
        ? hit(affected, server.length, [IP])
        : []
    },
  },
  {
    rule: 'fbc_modified',
    check: ({ browser, server }) => {
      const seen = new Map<string, Set<string>>()
      for (const event of browser) {
        const click = clickOf(event)
        for (const person of click === undefined ? [] : visitorsOf(event)) {
          seen.set(person, (seen.get(person) ?? new Set<string>()).add(click ?? ''))
        }
      }
      const affected = server.filter((event) => {
        const click = clickOf(event)
        const known = visitorsOf(event).flatMap((person) => [...(seen.get(person) ?? [])])
        return click !== undefined && known.length > 0 && !known.includes(click)
      })
      return hit(affected, server.length, ['user_data.fbc'])
    },
  },
  {
    rule: 'purchase_values_alike',
    check: ({ server }) => {
      const purchases = server.filter(({ event_name }) => event_name === 'Purchase')
      if (purchases.length < ENOUGH_PURCHASES) return []
      const affected = [...groupBy(purchases, worthOf).values()]
        .filter((group) => group.length >= ALIKE_SHARE * purchases.length)
        .flat()
      return hit(affected, purchases.length, ['custom_data.value'])
    },
  },
  {
    rule: 'data_late',
    check: ({ server }) => {
      // What a shop's till reports may come in once a day.
      const online = server.filter(({ payload }) => payload['action_source'] !== 'physical_store')
      const delays = online.flatMap((event) => delaySecOf(event) ?? [])
      const mean = delays.reduce((sum, delay) => sum + delay, 0) / delays.length
      if (!(mean > 2 * HOUR_SEC)) return []
      const affected = online.filter((event) => (delaySecOf(event) ?? 0) > 2 * HOUR_SEC)
      const loss = mean >= 24 * HOUR_SEC ? 'Attribution suffers' : 'Optimisation suffers'
      return [
        {
          affected,
          total: online.length,
          paths: ['event_time'],
          description: `On average events arrive ${(mean / HOUR_SEC).toFixed(1)} hours after they happened. ${loss}.`,
        },
      ]
    },
  },
  {
    rule: 'test_code_everywhere',
    check: ({ server }) => {
      const affected = [...groupBy(server, ({ test_event_code }) => test_event_code).values()]
        .filter((group) => {
          const times = group.map(({ received_at }) => received_at)
          const [first = 0, last = 0] = [times.at(0), times.at(-1)]
          return group.length > MAX_TEST_EVENTS || last - first > MAX_TEST_MS
        })
        .flat()
      return hit(affected, server.length, ['test_event_code'])
    },
  },
]

function hit(
  affected: readonly CapturedEvent[],
  total: number,
  paths: readonly string[],
): readonly Hit[] {
  return affected.length === 0 ? [] : [{ affected, total, paths }]
}

/** Events without a name belong to no group. */
function groupBy(
  events: readonly CapturedEvent[],
  nameOf: (event: CapturedEvent) => unknown,
): ReadonlyMap<unknown, readonly CapturedEvent[]> {
  const groups = new Map<unknown, CapturedEvent[]>()
  for (const event of events) {
    const name = nameOf(event)
    if (name === undefined) continue
    const group = groups.get(name)
    if (group) group.push(event)
    else groups.set(name, [event])
  }
  return groups
}

function ipOf({ payload }: CapturedEvent): string | undefined {
  return textOf(fieldsOf(payload['user_data'])['client_ip_address'])
}

function clickOf({ payload }: CapturedEvent): string | undefined {
  return readFbc(fieldsOf(payload['user_data'])['fbc'])?.clickId
}

function worthOf({ payload }: CapturedEvent): number | undefined {
  return amountOf(fieldsOf(payload['custom_data'])['value'])
}

/** The largest number of different browsers, ids or addresses: one person may have one of each. */
function peopleIn(events: readonly CapturedEvent[]): number {
  return Math.max(
    new Set(events.flatMap((event) => fbpOf(event) ?? [])).size,
    new Set(events.flatMap((event) => personFacts(event).externalIds)).size,
    new Set(events.flatMap(({ payload }) => listOf(fieldsOf(payload['user_data'])['em'] ?? [])))
      .size,
  )
}

/** What identifies one visitor on both sides: the browser's id, or its address and agent. */
function visitorsOf(event: CapturedEvent): readonly string[] {
  const agent = textOf(fieldsOf(event.payload['user_data'])['client_user_agent'])
  const parts = [[fbpOf(event)], [ipOf(event), agent]]
  return parts
    .filter((part) => part.every((one) => one !== undefined))
    .map((part) => JSON.stringify([event.pixel_id, ...part]))
}

function pairsOf({
  taken,
  byId,
}: ReportView): readonly (readonly [CapturedEvent, CapturedEvent])[] {
  return taken.flatMap((event) => {
    const other = event.duplicate_of === undefined ? undefined : byId.get(event.duplicate_of)
    if (other === undefined || event.dedup_key !== 'event_id') return []
    return [event.source === 'browser' ? ([event, other] as const) : ([other, event] as const)]
  })
}
