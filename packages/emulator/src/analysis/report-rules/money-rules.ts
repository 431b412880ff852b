import type { CapturedEvent } from '../../store/captured-event.ts'
import { fieldsOf } from '../event-rule.ts'
import { type MoneyKey, moneyDifferences } from '../pair-money.ts'
import type { NearMissReason, Severity } from '../report.ts'
import type { Hit, ReportRule, ReportView } from '../report-rule.ts'

/** Revenue is what campaigns are paid and optimised by; products and orders are what catalogues and returns are matched by. */
const KINDS: readonly {
  readonly about: string
  readonly severity: Severity
  readonly keys: readonly MoneyKey[]
  readonly name: string
}[] = [
  { about: 'revenue', severity: 'high', keys: ['value', 'currency'], name: 'Value or currency' },
  {
    about: 'products',
    severity: 'medium',
    keys: ['content_ids', 'order_id'],
    name: 'Products or order',
  },
]

/** What makes Meta's revenue and counts other than the shop's. */
export const MONEY_RULES: readonly ReportRule[] = [
  {
    rule: 'pair_value_differs',
    check: (view) => {
      const pairs = pairsOf(view).map(([kept, other]) => ({
        server: kept.source === 'server' ? kept : other,
        found: moneyDifferences(kept, other),
        counts: kept.source,
      }))
      return KINDS.flatMap(({ about, severity, keys, name }) => {
        const wrong = pairs.filter(({ found }) => found.some((key) => keys.includes(key)))
        if (wrong.length === 0) return []
        const total = pairs.filter(({ server }) => keys.some((key) => carries(server, key))).length
        const sides = new Set(wrong.map(({ counts }) => counts))
        const [counted] = sides.size === 1 ? sides : ['first']
        const paths = [...new Set(wrong.flatMap(({ found }) => found))]
          .filter((key) => keys.includes(key))
          .map((key) => `custom_data.${key}`)
        return [
          {
            about,
            severity,
            affected: wrong.map(({ server }) => server),
            total: Math.max(total, wrong.length),
            paths,
            description: `${name} of the browser event and of its server event differ in ${wrong.length} ${wrong.length === 1 ? 'pair' : 'pairs'}. Meta counts the ${counted} event and forgets what the other says.`,
          },
        ]
      })
    },
  },
  {
    rule: 'counted_twice',
    check: ({ nearMisses, byId, taken }) => {
      const byReason = new Map<NearMissReason, { verdict: string; events: CapturedEvent[] }>()
      for (const { reason, verdict, browser, server } of nearMisses) {
        const group = byReason.get(reason) ?? { verdict, events: [] }
        byReason.set(reason, group)
        for (const id of [browser, server]) {
          const event = byId.get(id)
          if (event) group.events.push(event)
        }
      }
      return [...byReason].map(([reason, { verdict, events }]): Hit => {
        const names = new Set(events.map(({ event_name }) => event_name))
        const pairs = events.length / 2
        return {
          about: reason,
          affected: events,
          total: taken.filter(({ event_name }) => names.has(event_name)).length,
          paths: PATHS[reason],
          description: `${pairs} ${pairs === 1 ? 'event is' : 'events are'} counted twice, as a browser and as a server event. ${verdict}`,
          solution: FIXES[reason],
        }
      })
    },
  },
]

const SAME_ID =
  'Make the id once, and hand the same text to both: eventID in the browser, event_id on the server.'

const FIXES: Readonly<Record<NearMissReason, string>> = {
  event_name_case: 'Write the event name the same on both sides, as Meta does.',
  event_id_spaces: `Remove the spaces. ${SAME_ID}`,
  event_id_case: SAME_ID,
  event_id_number: `Send the id as text on both sides. ${SAME_ID}`,
  event_id_missing: SAME_ID,
  pixel_id: 'Send both halves to one dataset.',
  order_id: `${SAME_ID} An order number makes a good one.`,
  fbp_and_value: SAME_ID,
  server_first: SAME_ID,
  too_late: 'Send the second half within 48 hours of the first.',
}

const PATHS: Readonly<Record<NearMissReason, readonly string[]>> = {
  event_name_case: ['event_name'],
  event_id_spaces: ['event_id'],
  event_id_case: ['event_id'],
  event_id_number: ['event_id'],
  event_id_missing: ['event_id'],
  pixel_id: [],
  order_id: ['event_id', 'custom_data.order_id'],
  fbp_and_value: ['event_id'],
  server_first: ['event_id'],
  too_late: ['event_time'],
}

/** The half that counts, and the other. */
function pairsOf({
  taken,
  byId,
}: ReportView): readonly (readonly [CapturedEvent, CapturedEvent])[] {
  return taken.flatMap((event) => {
    const kept = event.duplicate_of === undefined ? undefined : byId.get(event.duplicate_of)
    return kept ? [[kept, event] as const] : []
  })
}

function carries({ payload }: CapturedEvent, key: MoneyKey): boolean {
  const value = fieldsOf(payload['custom_data'])[key]
  return value !== undefined && value !== null && value !== ''
}
