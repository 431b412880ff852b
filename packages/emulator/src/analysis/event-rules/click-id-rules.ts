import { readEventTime } from '../../rules/read-event-time.ts'
import { type ClickId, rawFbclid, readFbc } from '../click-id.ts'
import { type EventRule, type EventView, pathIf } from '../event-rule.ts'

/** How long Meta's cookie lasts. Source: Meta, fbp and fbc, read 2026-09. */
const MAX_AGE_MS = 90 * 86_400_000

/** A click id longer than this has capitals, unless something lowered it. From ids seen in public, 2026-09. */
const SURELY_MIXED = 40

const FBC = 'user_data.fbc'

/** Milliseconds have 13 digits from 2001 to 2286. */
const SECONDS_DIGITS = 10

const clickRule = (
  title: string,
  fix: string,
  isWrong: (click: ClickId, event: EventView) => boolean,
  rule: EventRule['rule'] = 'fbc_modified',
): EventRule => ({
  rule,
  source: 'server',
  title,
  fix,
  check: (event) => {
    const click = readFbc(event.userData['fbc'])
    return pathIf(click !== undefined && isWrong(click, event), FBC)
  },
})

/** Signs that an fbc is not what the click brought, or is so no more. Source: Meta, fbp and fbc, and public reports, read 2026-09. */
export const CLICK_ID_RULES: readonly EventRule[] = [
  clickRule(
    'Click id in lower case',
    'Keep the case of fbclid: something lowered the URL or the cookie.',
    ({ clickId }) => clickId.length > SURELY_MIXED && clickId === clickId.toLowerCase(),
  ),
  clickRule(
    'Space in the click id',
    'Take fbclid from the undecoded URL: decoding turns + into a space.',
    ({ clickId }) => /\s/.test(clickId),
  ),
  clickRule(
    'Click time in seconds',
    'Write the time of the click in milliseconds.',
    ({ timeDigits }) => timeDigits.length === SECONDS_DIGITS,
  ),
  clickRule(
    'Click time is the time of the event',
    'Keep the time at which the click was first seen; do not make a new one for each event.',
    // On the page the click opens, both may fall into one second; only whole seconds betray a copy.
    ({ timeMs }, { payload }) => {
      const timeSec = readEventTime(payload['event_time'])
      return timeSec !== undefined && timeMs === timeSec * 1000
    },
  ),
  clickRule(
    'Click older than 90 days',
    'Leave fbc out 90 days after the click, as the cookie does.',
    ({ timeDigits, timeMs }, { nowMs }) =>
      timeDigits.length > SECONDS_DIGITS && nowMs - timeMs > MAX_AGE_MS,
    'fbc_expired',
  ),
  clickRule(
    'Not the click id of the page’s URL',
    'Copy fbclid from the URL as it is written: undecoded, uncut, in its own case.',
    ({ clickId }, { payload }) => {
      const fbclid = rawFbclid(payload['event_source_url'])
      return fbclid !== undefined && fbclid !== clickId
    },
  ),
]
