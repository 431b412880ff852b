import { readEventTime } from './read-event-time.ts'
import {
  type EventRule,
  type Fault,
  type Fields,
  firstMissing,
  INVALID,
  partOf,
  pathTo,
  type RuleContext,
} from './rule.ts'

/** Source: Meta, Server Event Parameters > attribution_data, read 2026-09. */
const NEEDED = [
  ['original_event_data', 'event_name'],
  ['original_event_data', 'event_time'],
  ['attribution_data', 'ad_id'],
  ['attribution_data', 'touchpoint_ts'],
  ['attribution_data', 'attribution_share'],
  ['attribution_data', 'attribution_value'],
  ['custom_data', 'currency'],
] as const

const MAX_DELAY_SEC = 48 * 3600

function checkNeeded(event: Fields, context: RuleContext): Fault | undefined {
  return isAttribution(event) ? firstMissing(event, context, ...NEEDED) : undefined
}

function checkDelay(event: Fields, { nowMs, index }: RuleContext): Fault | undefined {
  if (!isAttribution(event)) return undefined
  const originalSec = readEventTime(partOf(event, 'original_event_data')['event_time'])
  if (originalSec === undefined || nowMs / 1000 - originalSec < MAX_DELAY_SEC) return undefined
  const path = pathTo(index, 'original_event_data', 'event_time')
  return { detail: `The parameter ${path} is 48 hours ago or more.`, path }
}

function isAttribution(event: Fields): boolean {
  return event['event_name'] === 'AppendAttribution'
}

/** What an AppendAttribution must bring; a beta for partners, so no refusal has been published. */
export const ATTRIBUTION_RULES: readonly EventRule[] = [
  {
    id: 'attribution_incomplete',
    ...INVALID,
    subcode: 2804019,
    title: 'Attribution incomplete',
    fix: 'Set original_event_data.event_name and .event_time, custom_data.currency, and ad_id, touchpoint_ts, attribution_share and attribution_value of attribution_data.',
    check: checkNeeded,
  },
  {
    id: 'attribution_too_late',
    ...INVALID,
    title: 'Attribution too late',
    fix: 'Send AppendAttribution under 48 hours after the event it belongs to.',
    check: checkDelay,
  },
]
