import { EmulatorError } from './emulator-error.ts'

const NOT_A_TIME =
  'The time must be a Date, Unix milliseconds or ISO 8601 text; the clock was left as it is.'

/** The emulator's time: the clock it was made with, or the moment it was stopped at. */
export interface Clock {
  /** Unix milliseconds. */
  readonly now: () => number
  /**
   * Stops the clock at a time, until it is set again. Without a time it runs on.
   * @param time a Date, Unix milliseconds, or ISO 8601 text
   * @throws EmulatorError `time_invalid` when it is none of these
   */
  readonly set: (time?: Date | number | string) => void
  readonly isStopped: () => boolean
}

export function createClock(running: () => number): Clock {
  let stoppedAtMs: number | undefined
  return {
    now: () => stoppedAtMs ?? running(),
    set(time) {
      stoppedAtMs = time === undefined ? undefined : readTime(time)
    },
    isStopped: () => stoppedAtMs !== undefined,
  }
}

function readTime(time: Date | number | string): number {
  // Date would read null and true as 1970.
  const isTime = time instanceof Date || typeof time === 'number' || typeof time === 'string'
  const timeMs = isTime ? new Date(time).getTime() : Number.NaN
  if (Number.isNaN(timeMs)) {
    throw new EmulatorError('time_invalid', NOT_A_TIME)
  }
  return timeMs
}
