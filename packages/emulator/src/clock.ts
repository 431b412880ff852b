import { durationMs } from './duration.ts'
import { EmulatorError } from './emulator-error.ts'

const NOT_A_TIME =
  'The time must be a Date, Unix milliseconds or ISO 8601 text; the clock was left as it is. To move it forward by a span, use advance("8d").'

/** The emulator's time: the clock it was made with, that clock set forward, or the moment it was stopped at. */
export interface Clock {
  /** Unix milliseconds. */
  readonly now: () => number
  /**
   * Stops the clock at a time, until it is set again. Without a time it runs on, at the right time.
   * @param time a Date, Unix milliseconds, or ISO 8601 text
   * @throws EmulatorError `time_invalid` when it is none of these
   */
  readonly set: (time?: Date | number | string) => void
  /**
   * Moves the clock forward. A running clock runs on from there, a stopped one stays stopped.
   * @param span milliseconds, or text such as `8d`
   * @throws EmulatorError `time_invalid` when it is neither
   */
  readonly advance: (span: number | string) => void
  readonly isStopped: () => boolean
  /** Milliseconds by which it is ahead of the clock it was made with; below 0 when it is behind. */
  readonly aheadMs: () => number
}

export function createClock(running: () => number): Clock {
  let stoppedAtMs: number | undefined
  let aheadMs = 0
  const now = () => stoppedAtMs ?? running() + aheadMs
  return {
    now,
    set(time) {
      stoppedAtMs = time === undefined ? undefined : readTime(time)
      aheadMs = 0
    },
    advance(span) {
      const ms = durationMs(span)
      readTime(now() + ms)
      if (stoppedAtMs === undefined) aheadMs += ms
      else stoppedAtMs += ms
    },
    isStopped: () => stoppedAtMs !== undefined,
    aheadMs: () => (stoppedAtMs === undefined ? aheadMs : stoppedAtMs - running()),
  }
}

/** @throws EmulatorError `time_invalid` */
export function readTime(time: Date | number | string): number {
  // Date would read null and true as 1970.
  const isTime = time instanceof Date || typeof time === 'number' || typeof time === 'string'
  const timeMs = isTime ? new Date(time).getTime() : Number.NaN
  if (Number.isNaN(timeMs)) {
    throw new EmulatorError('time_invalid', NOT_A_TIME)
  }
  return timeMs
}
