import { parseFbc } from '../click-id/fbc.ts'
import { rawFbclid } from '../http/request-url.ts'
import { type Issue, issue } from '../issue.ts'
import type { Draft } from './channel-rules.ts'

/** On the page of the click itself both times are one. */
const LANDING_EVENTS: readonly (string | undefined)[] = ['PageView', 'ViewContent', 'Search']

/**
 * Meta warns of click ids that were changed on the way ("modified fbclid"): another case than the
 * page's address has, or a time that is the event's and not the click's.
 */
export function checkClickId(event: Draft, issues: Issue[]): void {
  const { fbc } = event.user_data
  if (typeof fbc !== 'string') return
  const url = event.event_source_url
  if (url?.includes('fbclid=')) {
    // The page of the click itself: there the click's time may well be the event's.
    if (isOtherCase(rawFbclid(url) ?? '', parseFbc(fbc)?.fbclid ?? '')) {
      issues.push(issue('fbc_case_changed', 'user_data.fbc'))
    }
    return
  }
  // `fb.1.<seconds><milliseconds>.`: the seconds are the ten digits from the second dot on.
  const isEventTime = fbc.startsWith(String(event.event_time), fbc.indexOf('.', 3) + 1)
  if (isEventTime && !LANDING_EVENTS.includes(event.event_name)) {
    issues.push(issue('fbc_redated', 'user_data.fbc'))
  }
}

function isOtherCase(one: string, other: string): boolean {
  return one !== other && one.toLowerCase() === other.toLowerCase()
}
