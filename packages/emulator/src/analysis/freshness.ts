import { readEventTime } from '../rules/read-event-time.ts'
import type { CapturedEvent } from '../store/captured-event.ts'
import type { Freshness } from './report.ts'

const HOUR_SEC = 3_600
const DAY_SEC = 24 * HOUR_SEC

/** Upper bounds of the histogram; the last count has none. */
const BOUNDS_SEC = [60, HOUR_SEC, DAY_SEC, 7 * DAY_SEC] as const

/** By mean delay. Source: Meta, Verifying Your Setup, whose scale runs from real time to weekly, read 2026-09. */
const FREQUENCIES = [
  { below: HOUR_SEC, name: 'real_time' },
  { below: DAY_SEC, name: 'hourly' },
  { below: 7 * DAY_SEC, name: 'daily' },
  { below: Number.POSITIVE_INFINITY, name: 'weekly' },
] as const

/** How long after they happened the events of one name arrived. A clock that runs ahead counts as no delay. */
export function freshnessOf(events: readonly CapturedEvent[]): Freshness {
  const delays = events.flatMap((event) => delaySecOf(event) ?? [])
  const mean =
    delays.length === 0 ? 0 : delays.reduce((sum, delay) => sum + delay, 0) / delays.length
  const counts = [...BOUNDS_SEC, Number.POSITIVE_INFINITY].map(
    (bound, index, bounds) =>
      delays.filter((delay) => delay < bound && delay >= (bounds[index - 1] ?? 0)).length,
  )
  const [minute = 0, hour = 0, day = 0, week = 0, more = 0] = counts
  return {
    upload_frequency: FREQUENCIES.find(({ below }) => mean < below)?.name ?? 'weekly',
    mean_delay_sec: Math.round(mean),
    histogram: [minute, hour, day, week, more],
  }
}

export function delaySecOf({ payload, received_at }: CapturedEvent): number | undefined {
  const timeSec = readEventTime(payload['event_time'])
  return timeSec === undefined ? undefined : Math.max(0, received_at / 1000 - timeSec)
}
