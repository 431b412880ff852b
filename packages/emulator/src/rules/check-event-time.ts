import { type Fault, type Fields, pathTo, type RuleContext, requiredFault } from './rule.ts'

const DAY_SEC = 86_400

/** Source: Meta, Server Event Parameters > event_time, read 2026-09; 2804003 seen live. */
const MAX_AGE_DAYS = 7

/** Source: Meta, Conversions API for Offline Events, read 2026-09. */
const MAX_AGE_DAYS_IN_STORE = 62

/** event_time is whole Unix seconds, and not too old for its action_source. */
export function checkEventTime(event: Fields, context: RuleContext): Fault | undefined {
  const path = pathTo(context.index, 'event_time')
  const timeSec = event['event_time']
  if (timeSec === undefined || timeSec === null) return requiredFault(path)
  if (typeof timeSec !== 'number' || !Number.isInteger(timeSec)) {
    return { detail: `The parameter ${path} must be an integer.`, path }
  }
  const maxDays = event['action_source'] === 'physical_store' ? MAX_AGE_DAYS_IN_STORE : MAX_AGE_DAYS
  const ageSec = Math.floor(context.nowMs / 1000) - timeSec
  return ageSec > maxDays * DAY_SEC
    ? { detail: `The parameter ${path} is more than ${maxDays} days ago.`, path }
    : undefined
}
