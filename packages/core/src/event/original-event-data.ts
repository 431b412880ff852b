import { type Check, drop, id, objectOf, text } from '../custom-data/checks.ts'
import { toSeconds } from './event-time.ts'

/** The event an addition belongs to. Source: Meta, Original Event Parameters, read 2026-09. */
export interface OriginalEventData {
  /** Its name; Meta demands it for `AppendAttribution`. */
  event_name?: string | undefined
  /** Unix seconds, `Date` or ISO 8601 text. */
  event_time?: number | Date | string | undefined
  /** Its order number. */
  order_id?: string | number | undefined
  /** Its `event_id`. */
  event_id?: string | number | undefined
}

const time: Check = (value, parent, key, issues) =>
  plausible(toSeconds(value)) ?? drop('original_time_invalid', parent, key, issues)

export const originalEventData: Check = objectOf({
  event_name: text,
  event_time: time,
  order_id: id,
  event_id: id,
})

/** Seconds of this age; not milliseconds. */
function plausible(seconds: number | undefined): number | undefined {
  return seconds !== undefined && seconds > 1.5e9 && seconds < 1e11 ? seconds : undefined
}
