import { isNothing } from '../field/nothing.ts'
import { type Issue, issue } from '../issue/issue.ts'
import { isoTime } from '../normalize/iso-time.ts'
import type { ActionSource } from './action-source.ts'

const DAY_SEC = 86_400
/** Meta refuses the whole request for one older event; ten minutes are left for the way there. Source: Meta, Using the API, read 2026-09. */
const MAX_AGE_SEC = 7 * DAY_SEC - 600
/** Source: Meta, Offline Events, read 2026-09. */
const MAX_AGE_STORE_SEC = 62 * DAY_SEC - 3_600
/** Clocks differ by minutes; whole hours are a wrong zone. Ours: Meta states no tolerance. */
const CLOCK_SKEW_SEC = 300
/** As seconds this is the year 5138; as milliseconds, 1973. */
const MILLISECONDS_FROM = 1e11
const MAX_LENGTH = 64

/** A time as it was given: which seconds (NaN for none), and whether its text named no zone. */
export interface GivenTime {
  readonly seconds: number
  readonly isZoneless: boolean
}

/** Unix seconds of a time given as seconds, a `Date` or ISO text; NaN when it is none. Every type is read alike. */
export function givenTime(time: unknown): GivenTime {
  if (time instanceof Date) return inSeconds(time.getTime() / 1_000)
  if (typeof time === 'number' || typeof time === 'bigint') return inSeconds(Number(time))
  const text = typeof time === 'string' && time.length <= MAX_LENGTH ? time.trim() : ''
  if (/^[+-]?\d{1,16}(?:\.\d*)?$/.test(text)) return inSeconds(Number(text))
  const { ms, zone } = isoTime(text) ?? { ms: Number.NaN, zone: 'utc' }
  return inSeconds(ms / 1_000, zone === undefined)
}

function inSeconds(seconds: number, isZoneless = false): GivenTime {
  return { seconds: Math.floor(seconds), isZoneless }
}

export function eventTime(
  time: unknown,
  nowMs: number,
  actionSource: ActionSource | undefined,
  issues: Issue[],
): number | undefined {
  const nowSec = Math.floor(nowMs / 1_000)
  if (isAbsent(time, issues)) return nowSec
  const { seconds, isZoneless } = givenTime(time)
  if (isZoneless) issues.push(issue('time_without_zone', 'event_time'))
  const code = timeProblem(seconds, nowSec, actionSource)
  if (code !== undefined) issues.push(issue(code, 'event_time'))
  if (code === 'event_time_ahead') return nowSec
  return code === undefined ? seconds : undefined
}

/** A word for nothing is reported; the event counts as of now, like every event without a time. */
function isAbsent(time: unknown, issues: Issue[]): boolean {
  const text = typeof time === 'string' ? time.trim() : time
  if (text === undefined || text === null || text === '') return true
  const isWord = typeof text === 'string' && isNothing(text)
  if (isWord) issues.push(issue('hash_of_nothing', 'event_time'))
  return isWord
}

function timeProblem(seconds: number, nowSec: number, actionSource: ActionSource | undefined) {
  if (!Number.isFinite(seconds)) return 'event_time_invalid'
  if (seconds > MILLISECONDS_FROM) return 'event_time_milliseconds'
  if (seconds > nowSec) {
    return seconds > nowSec + CLOCK_SKEW_SEC ? 'event_time_future' : 'event_time_ahead'
  }
  return seconds < nowSec - maxAgeSec(actionSource) ? 'event_time_too_old' : undefined
}

/**
 * How old an event may be when it reaches Meta.
 * @internal
 */
export function maxAgeSec(actionSource: ActionSource | undefined): number {
  return actionSource === 'physical_store' ? MAX_AGE_STORE_SEC : MAX_AGE_SEC
}
