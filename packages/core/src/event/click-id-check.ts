import { parseFbc } from '../click-id/fbc.ts'
import { rawFbclid } from '../click-id/raw-fbclid.ts'
import { type Issue, issue } from '../issue/issue.ts'
import type { Draft } from './channel-rules.ts'

/** On the page of the click itself both times are one. */
const LANDING_EVENTS: readonly (string | undefined)[] = ['PageView', 'ViewContent', 'Search']

/** The browser's clock dates the click, the server's the event. */
const CLOCKS_DIFFER_SEC = 300

/**
 * Meta warns of click ids that were changed on the way ("modified fbclid"): another case than the
 * page's address has, or a time that is the event's and not the click's.
 */
export function checkClickId(event: Draft, issues: Issue[]): void {
  const { fbc } = event.user_data
  if (typeof fbc !== 'string') return
  // `fb.1.<seconds><milliseconds>.`: the time stands between the second dot and the third.
  const timeStart = fbc.indexOf('.', 3) + 1
  const clickSec = Number(fbc.slice(timeStart, timeStart + 10))
  if (clickSec > (event.event_time ?? clickSec) + CLOCKS_DIFFER_SEC) {
    const isKnown = issues.some((one) => one.code === 'fbc_in_future')
    if (!isKnown) issues.push(issue('fbc_in_future', 'user_data.fbc'))
    return
  }
  const url = event.event_source_url
  if (url?.includes('fbclid=')) {
    // The page of the click itself: there the click's time may well be the event's.
    if (isOtherCase(rawFbclid(url) ?? '', parseFbc(fbc)?.fbclid ?? '')) {
      issues.push(issue('fbc_case_changed', 'user_data.fbc'))
    }
    return
  }
  if (clickSec === event.event_time && !LANDING_EVENTS.includes(event.event_name)) {
    issues.push(issue('fbc_redated', 'user_data.fbc'))
  }
}

function isOtherCase(one: string, other: string): boolean {
  return one !== other && one.toLowerCase() === other.toLowerCase()
}
