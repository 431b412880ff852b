import { type Issue, issue } from '../issue.ts'
import type { ActionSource } from './action-source.ts'

const DAY_SEC = 86_400
/** Meta refuses the whole request for one older event; ten minutes are left for the way there. Source: Meta, Using the API, read 2026-09. */
const MAX_AGE_SEC = 7 * DAY_SEC - 600
/** Source: Meta, Offline Events, read 2026-09. */
const MAX_AGE_STORE_SEC = 62 * DAY_SEC - 3_600
/** Clocks differ; Meta states no tolerance. */
const FUTURE_TOLERANCE_SEC = 60
/** As seconds this is the year 5138; as milliseconds, 1973. */
const MILLISECONDS_FROM = 1e11

/** Unix seconds of a time given as seconds, Date or ISO text; undefined when it is none. */
export function toSeconds(time: unknown): number | undefined {
  if (time instanceof Date) return finite(Math.floor(time.getTime() / 1000))
  if (typeof time === 'number') return finite(Math.floor(time))
  if (typeof time !== 'string' || time.length > 64) return undefined
  const text = time.trim()
  if (/^\d{1,16}$/.test(text)) return Number(text)
  return /^\d{4}-\d\d/.test(text) ? finite(Math.floor(Date.parse(text) / 1000)) : undefined
}

function finite(seconds: number): number | undefined {
  return Number.isFinite(seconds) ? seconds : undefined
}

export function eventTime(
  time: unknown,
  nowMs: number,
  actionSource: ActionSource | undefined,
  issues: Issue[],
): number | undefined {
  const nowSec = Math.floor(nowMs / 1000)
  if (time === undefined || time === null) return nowSec
  const seconds = toSeconds(time)
  const code =
    seconds === undefined ? 'event_time_invalid' : timeProblem(seconds, nowSec, actionSource)
  if (code === undefined) return seconds
  issues.push(issue(code, 'event_time'))
  return undefined
}

function timeProblem(seconds: number, nowSec: number, actionSource: ActionSource | undefined) {
  if (seconds > MILLISECONDS_FROM) return 'event_time_milliseconds'
  if (seconds > nowSec + FUTURE_TOLERANCE_SEC) return 'event_time_future'
  return seconds < nowSec - maxAgeSec(actionSource) ? 'event_time_too_old' : undefined
}

/** How old an event may be when it reaches Meta. */
export function maxAgeSec(actionSource: ActionSource | undefined): number {
  return actionSource === 'physical_store' ? MAX_AGE_STORE_SEC : MAX_AGE_SEC
}
