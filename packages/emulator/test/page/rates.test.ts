import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atTerm, callFilter, isRetry } from '../../page/src/model/call-log.ts'
import { CELL } from '../../page/src/model/picture/call-marks.ts'
import {
  type Rate,
  type RatedCall,
  rateFilter,
  ratePicture,
} from '../../page/src/model/picture/rates.ts'
import { captured } from './events.ts'

const T0 = 1_793_491_200_000
const MINUTE = 60_000
const DAY = 86_400_000

function call(id: number, atMs: number, more: Partial<RatedCall> = {}): RatedCall {
  return { id, received_at: T0 + atMs, outcome: 'taken', events: [id], event_ids: [], ...more }
}

function event(id: number, atMs: number, event_time: unknown) {
  return captured({ id, received_at: T0 + atMs, payload: { event_time } })
}

const barsOf = (picture: ReturnType<typeof ratePicture>, rate: Rate) =>
  picture.rows
    .find((row) => row.rate === rate)
    ?.bars.map(({ fromMs, value }) => [(fromMs - T0) / picture.stepMs, value])

describe('rates over time', () => {
  const calls = [
    call(1, 0, { events: [1, 2, 3] }),
    call(2, 5000, { outcome: 'faulted', events: [4], tries: [2, 5] }),
    call(3, 61_000, { outcome: 'refused', events: [5] }),
    call(4, 62_000, { outcome: 'refused', events: [] }),
    call(5, 4 * MINUTE, { events: [6], tries: [2, 5] }),
  ]
  const events = [
    event(1, 0, T0 / 1000 - 2),
    event(2, 0, String(T0 / 1000 - 30)),
    event(3, 0, T0 / 1000 + 60),
    event(4, 5000, T0 / 1000),
    event(5, 61_000, 'yesterday'),
    event(6, 4 * MINUTE, T0 / 1000),
  ]
  const picture = ratePicture(calls, events, 10 * CELL)

  it.each<[Rate, unknown]>([
    [
      'events',
      [
        [0, 4],
        [1, 1],
        [4, 1],
      ],
    ],
    ['refused', [[1, 2]]],
    ['retry', [[4, 1]]],
    [
      'age',
      [
        [0, 30_000],
        [4, 4 * MINUTE],
      ],
    ],
  ])('count %s in each minute', (rate, expected) => {
    expect(barsOf(picture, rate)).toEqual(expected)
  })

  it('name the event that took longest', () => {
    const ages = picture.rows.find(({ rate }) => rate === 'age')
    expect(ages?.bars.map((bar) => bar.event)).toEqual([2, 6])
    expect(ages?.most).toBe(4 * MINUTE)
  })

  it('draw a clock ahead of the emulator as an age of 0, and none where no age is known', () => {
    const ahead = [event(1, 0, T0 / 1000 + 5)]
    expect(barsOf(ratePicture([call(1, 0)], ahead, 240), 'age')).toEqual([[0, 0]])
    expect(barsOf(ratePicture([call(1, 0)], [], 240), 'age')).toEqual([])
  })

  it('stay events a minute where a bar lasts longer', () => {
    const { stepMs, rows } = ratePicture([call(1, 0), call(2, DAY)], [], 240)
    expect(stepMs).toBe(3 * 60 * MINUTE)
    expect(rows[0]?.bars.map(({ value }) => value)).toEqual([1 / 180, 1 / 180])
  })

  it('keep bars apart, inside, wide enough to hit, and lose no event, whatever the clock was set to', () => {
    const times = fc.array(fc.integer({ min: -4e12, max: 4e12 }), { minLength: 1, maxLength: 50 })
    const near = fc.array(fc.integer({ min: 0, max: 2 * DAY }), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(fc.oneof(times, near), fc.integer({ min: 48, max: 2000 }), (moments, width) => {
        const given = moments.map((ms, index) => call(index + 1, ms))
        const { rows, stepMs } = ratePicture(given, [], width)
        const bars = rows[0]?.bars ?? []
        expect(stepMs % MINUTE).toBe(0)
        for (const [index, bar] of bars.entries()) {
          expect(bar.width).toBeGreaterThanOrEqual(CELL)
          expect(bar.x).toBeGreaterThanOrEqual(0)
          expect(bar.x + bar.width).toBeLessThanOrEqual(width + 1e-6)
          const before = bars[index - 1]
          if (before) expect(bar.x - before.x).toBeGreaterThan(bar.width - 1e-6)
        }
        const counted = bars.reduce((sum, { value }) => sum + value * (stepMs / MINUTE), 0)
        expect(counted).toBeCloseTo(moments.length, 6)
      }),
    )
  })

  it('lead to exactly the calls of a bar, whatever order the clock brought them in', () => {
    const kinds = fc.record({
      atMs: fc.integer({ min: -8 * DAY, max: 8 * DAY }),
      outcome: fc.constantFrom('taken' as const, 'refused' as const),
      events: fc.constantFrom<readonly number[]>([], [7]),
      tries: fc.constantFrom<readonly number[] | undefined>(undefined, [0, 99]),
    })
    const counts = {
      events: ({ events: ids }: RatedCall) => ids.length > 0,
      refused: ({ outcome }: RatedCall) => outcome === 'refused',
      retry: isRetry,
    }
    fc.assert(
      fc.property(fc.array(kinds, { minLength: 1, maxLength: 20 }), (some) => {
        const given = some.map(({ atMs, tries, ...more }, index) => ({
          ...call(index + 1, atMs, { ...more, ...(tries && { tries }) }),
          source: 'server' as const,
          method: 'POST',
          path: '/v27.0/42/events',
          bytes: 1,
          headers: {},
          status: 200,
          duration_ms: 1,
        }))
        for (const { rate, bars } of ratePicture(given, [], 300).rows) {
          if (rate === 'age') continue
          for (const bar of bars) {
            const found = given.filter(callFilter(rateFilter('post', rate, bar)))
            expect(found).toEqual(
              given.filter(
                (one) =>
                  counts[rate](one) && one.received_at >= bar.fromMs && one.received_at < bar.toMs,
              ),
            )
          }
        }
      }),
    )
  })

  it.each<[string, Rate, string]>([
    ['', 'events', '-no-events at:2026-11-01T00:00Z..2026-11-01T00:01Z'],
    ['refused', 'refused', 'refused at:2026-11-01T00:00Z..2026-11-01T00:01Z'],
    [
      'server at:2026-10-01T00:00Z..2027-01-01T00:00Z',
      'retry',
      'server retry at:2026-11-01T00:00Z..2026-11-01T00:01Z',
    ],
  ])('add to the filter %j, for %s: %s', (query, rate, expected) => {
    const bar = { fromMs: T0, toMs: T0 + MINUTE, x: 0, width: CELL, value: 1 }
    expect(rateFilter(query, rate, bar)).toBe(expected)
  })

  it('write years of five figures so that they are read again', () => {
    const late = Date.UTC(12_026, 0, 1)
    const found = { ...call(1, late - T0), method: 'GET', path: '/', source: 'server' as const }
    const whole = { ...found, bytes: 0, headers: {}, status: 200, duration_ms: 0 }
    expect(callFilter(atTerm(late, late + MINUTE))(whole)).toBe(true)
    expect(callFilter(`-${atTerm(late, late + MINUTE)}`)(whole)).toBe(false)
    expect(callFilter(atTerm(late - MINUTE, late))(whole)).toBe(false)
  })
})
