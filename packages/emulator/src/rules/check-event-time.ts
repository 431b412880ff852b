import { readEventTime } from './read-event-time.ts'
import {
  type Fault,
  type Fields,
  isMissing,
  pathTo,
  type RuleContext,
  requiredFault,
} from './rule.ts'

const DAY_SEC = 86_400

/** Source: Meta, Server Event Parameters > event_time, read 2026-09; 2804003 seen live. */
const MAX_AGE_DAYS = 7

/** Source: Meta, Conversions API for Offline Events, read 2026-09. */
const MAX_AGE_DAYS_IN_STORE = 62

/**
 * Sales stamped some hours ahead were seen refused, and times in milliseconds, which lie further ahead still. Where
 * Meta draws the line is not known; clocks that differ by minutes pass here.
 */
const MAX_AHEAD_SEC = 300

export function checkEventTime(event: Fields, { index }: RuleContext): Fault | undefined {
  const path = pathTo(index, 'event_time')
  const time = event['event_time']
  if (isMissing(time)) return requiredFault(path)
  return readEventTime(time) === undefined
    ? { detail: `The parameter ${path} must be an integer.`, path }
    : undefined
}

/** Not too old for its action_source; to the second. */
export function checkAge(event: Fields, { index, nowMs }: RuleContext): Fault | undefined {
  const path = pathTo(index, 'event_time')
  const maxDays = event['action_source'] === 'physical_store' ? MAX_AGE_DAYS_IN_STORE : MAX_AGE_DAYS
  return aheadSec(event, nowMs) < -maxDays * DAY_SEC
    ? { detail: `The parameter ${path} is more than ${maxDays} days ago.`, path }
    : undefined
}

export function checkAhead(event: Fields, { index, nowMs }: RuleContext): Fault | undefined {
  if (aheadSec(event, nowMs) <= MAX_AHEAD_SEC) return undefined
  const path = pathTo(index, 'event_time')
  return { detail: `The parameter ${path} lies in the future, or is not in seconds.`, path }
}

function aheadSec(event: Fields, nowMs: number): number {
  return (readEventTime(event['event_time']) ?? Number.NaN) - Math.floor(nowMs / 1000)
}
