import { readEventTime } from '../../../../src/rules/read-event-time.ts'
import type { CapturedEvent } from '../../../../src/store/captured-event.ts'
import type { RecordedCall } from '../../../../src/store/recorded-call.ts'
import { atTerm, isRetry } from '../call-log.ts'
import { indexOfId } from '../event-log.ts'
import { CELL } from './call-marks.ts'
import { DAY, MINUTE, STEPS, type TimeScale, timeScale } from './time-axis.ts'

export type RatedCall = Pick<
  RecordedCall,
  'id' | 'received_at' | 'outcome' | 'events' | 'event_ids' | 'tries'
>

export const RATES = ['events', 'refused', 'retry', 'age'] as const
export type Rate = (typeof RATES)[number]

export interface RateBar {
  readonly fromMs: number
  readonly toMs: number
  readonly x: number
  readonly width: number
  /** Events a minute, refused calls, calls that carry an event again, the longest delivery age in milliseconds. */
  readonly value: number
  /** The event that took longest, where the bar is an age. */
  readonly event?: number
}

export interface RatePicture {
  readonly scale: TimeScale
  /** How long each bar lasts: whole minutes. */
  readonly stepMs: number
  /** For each rate its bars, without those of nothing, and the highest. */
  readonly rows: readonly {
    readonly rate: Rate
    readonly bars: readonly RateBar[]
    readonly most: number
  }[]
}

/** A session that has just begun is drawn as the last ten minutes. */
const LEAST_BARS = 10

/** What arrived in each span of time, as bars wide enough to hit. `events` are oldest first; there is at least one call. */
export function ratePicture(
  calls: readonly RatedCall[],
  events: readonly CapturedEvent[],
  width: number,
): RatePicture {
  let [firstMs, lastMs] = [Infinity, -Infinity]
  for (const { received_at } of calls) {
    firstMs = Math.min(firstMs, received_at)
    lastMs = Math.max(lastMs, received_at)
  }
  const fitting = Math.max(2, Math.floor(width / CELL))
  const spans = (stepMs: number) => Math.floor(lastMs / stepMs) - Math.floor(firstMs / stepMs) + 1
  const stepMs =
    STEPS.find((one) => one >= MINUTE && spans(one) <= fitting) ??
    Math.ceil((lastMs - firstMs) / (fitting - 1) / DAY) * DAY
  const count = Math.max(spans(stepMs), Math.min(fitting, LEAST_BARS))
  const last = Math.floor(lastMs / stepMs)
  const scale = timeScale((last + 1 - count) * stepMs, (last + 1) * stepMs, width)
  const found = countBars(calls, events, stepMs)
  return {
    scale,
    stepMs,
    rows: RATES.map((rate) => {
      const bars = [...found].flatMap(([index, bar]) => {
        const [fromMs, toMs] = [index * stepMs, (index + 1) * stepMs]
        const value = rate === 'events' ? bar.events / (stepMs / MINUTE) : bar[rate]
        if (value === undefined || (value === 0 && rate !== 'age')) return []
        const place = { fromMs, toMs, x: scale.x(fromMs), width: width / count, value }
        return [rate === 'age' ? { ...place, event: bar.oldest } : place]
      })
      return { rate, bars, most: bars.reduce((most, { value }) => Math.max(most, value), 0) }
    }),
  }
}

interface Count extends Record<'events' | 'refused' | 'retry' | 'oldest', number> {
  age?: number
}

function countBars(
  calls: readonly RatedCall[],
  events: readonly CapturedEvent[],
  stepMs: number,
): ReadonlyMap<number, Count> {
  const found = new Map<number, Count>()
  for (const call of calls) {
    const index = Math.floor(call.received_at / stepMs)
    const bar = found.get(index) ?? { events: 0, refused: 0, retry: 0, oldest: 0 }
    found.set(index, bar)
    bar.events += call.events.length
    if (call.outcome === 'refused') bar.refused++
    if (isRetry(call)) bar.retry++
    for (const id of call.events) {
      const age = ageOf(events[indexOfId(events, id)])
      if (age === undefined || age < (bar.age ?? 0)) continue
      bar.age = age
      bar.oldest = id
    }
  }
  return new Map([...found].sort(([one], [other]) => one - other))
}

/** From `event_time` to arrival, milliseconds; 0 where the sender's clock is ahead. */
function ageOf(event: CapturedEvent | undefined): number | undefined {
  if (!event) return undefined
  const timeSec = readEventTime(event.payload['event_time'])
  return timeSec === undefined ? undefined : Math.max(0, event.received_at - timeSec * 1000)
}

const WORDS = { events: '-no-events', refused: 'refused', retry: 'retry', age: '' } as const

/** The filter of Calls that shows the calls of a bar, among those that are shown already. */
export function rateFilter(query: string, rate: Rate, { fromMs, toMs }: RateBar): string {
  const kept = query.split(/\s+/).filter((word) => !/^at:/i.test(word))
  const words = [...kept, WORDS[rate], atTerm(fromMs, toMs)]
  return [...new Set(words)].filter((word) => word !== '').join(' ')
}
