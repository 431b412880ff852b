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
  const parts = typeof fbc === 'string' ? parseFbc(fbc) : undefined
  if (parts === undefined) return
  const url = event.event_source_url ?? ''
  const inUrl = url.includes('fbclid=') ? rawFbclid(url) : undefined
  if (
    inUrl !== undefined &&
    inUrl !== parts.fbclid &&
    inUrl.toLowerCase() === parts.fbclid.toLowerCase()
  ) {
    issues.push(issue('fbc_case_changed', 'user_data.fbc'))
  }
  const isEventTime = Math.floor(parts.creationTimeMs / 1000) === event.event_time
  if (isEventTime && !LANDING_EVENTS.includes(event.event_name))
    issues.push(issue('fbc_redated', 'user_data.fbc'))
}
