import type { CapturedEvent } from '../../../src/store/captured-event.ts'

export interface Minute {
  readonly server: number
  readonly browser: number
}

/** Events by minute of arrival and source, the last minute last. `events` are oldest first. */
export function activityOf(
  events: readonly CapturedEvent[],
  nowMs: number,
  minutes = 30,
): readonly Minute[] {
  const counts = Array.from({ length: minutes }, () => ({ server: 0, browser: 0 }))
  const current = Math.floor(nowMs / 60_000)
  for (let index = events.length - 1; index >= 0; index--) {
    const event = events[index]
    if (!event) break
    const age = Math.max(0, current - Math.floor(event.received_at / 60_000))
    const minute = counts[minutes - 1 - age]
    // They stand in order of arrival: the rest is older still.
    if (!minute) break
    minute[event.source]++
  }
  return counts
}
