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
 * Whole Unix seconds. Milliseconds and the future pass: no document bounds them, and no refusal is
 * known.
 */
export function checkEventTime(event: Fields, { index }: RuleContext): Fault | undefined {
  const path = pathTo(index, 'event_time')
  const timeSec = event['event_time']
  if (isMissing(timeSec)) return requiredFault(path)
  return Number.isInteger(timeSec)
    ? undefined
    : { detail: `The parameter ${path} must be an integer.`, path }
}

/** Not too old for its action_source; to the second. */
export function checkAge(event: Fields, { index, nowMs }: RuleContext): Fault | undefined {
  const path = pathTo(index, 'event_time')
  const maxDays = event['action_source'] === 'physical_store' ? MAX_AGE_DAYS_IN_STORE : MAX_AGE_DAYS
  const ageSec = Math.floor(nowMs / 1000) - Number(event['event_time'])
  return ageSec > maxDays * DAY_SEC
    ? { detail: `The parameter ${path} is more than ${maxDays} days ago.`, path }
    : undefined
}
