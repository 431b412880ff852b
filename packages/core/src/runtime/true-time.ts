import type { Clock } from './clock.ts'

/** Time that runs on beside the machine's clock, so that a clock which jumps ahead makes no event too old. */
export interface TrueTime {
  /** Milliseconds since 1970: never later than the machine's clock, nor than Meta's `Date` or the monotonic clock say. */
  nowMs(): number
  /** What Meta's own answer says the time is. */
  confirm(dateMs: number): void
}

/** Clocks that are set right step by step drift so far. */
const DRIFT_MS = 60_000

export function trueTime(clock: Clock): TrueTime {
  let known = { nowMs: clock.now(), tick: clock.tick() }
  return {
    nowMs() {
      const nowMs = clock.now()
      const tick = clock.tick()
      const elapsedMs = known.nowMs + tick - known.tick
      if (Math.abs(nowMs - elapsedMs) > DRIFT_MS) return Math.min(nowMs, elapsedMs)
      known = { nowMs, tick }
      return nowMs
    },
    confirm(dateMs) {
      if (Number.isFinite(dateMs)) known = { nowMs: dateMs, tick: clock.tick() }
    },
  }
}
