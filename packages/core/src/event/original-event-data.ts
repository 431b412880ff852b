import { type Check, drop, objectOf, pathOf, text } from '../field/checks.ts'
import { issue } from '../issue/issue.ts'
import { givenTime } from './event-time.ts'

/** The event an addition belongs to. Source: Meta, Original Event Parameters, read 2026-09. */
export interface OriginalEventData {
  /** Its name; Meta demands it for `AppendAttribution`. */
  event_name?: string | undefined
  /** Unix seconds, `Date` or ISO 8601 text. */
  event_time?: number | bigint | Date | string | undefined
  /** Its order number. */
  order_id?: string | number | bigint | undefined
  /** Its `event_id`. */
  event_id?: string | number | bigint | undefined
}

const time: Check = (value, parent, key, issues) => {
  const { seconds, isZoneless } = givenTime(value)
  // Seconds of this age; not milliseconds.
  if (!(seconds >= 1.5e9 && seconds <= 1e11))
    return drop('original_time_invalid', parent, key, issues)
  if (isZoneless) issues.push(issue('time_without_zone', pathOf(parent, key)))
  return seconds
}

export const originalEventData: Check = objectOf({
  event_name: text,
  event_time: time,
  order_id: text,
  event_id: text,
})
