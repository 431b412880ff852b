import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseFilter } from '../../page/src/model/parse-filter.ts'
import { CELL, callPicture, type DrawnCall } from '../../page/src/model/picture/call-marks.ts'
import {
  funnelFilter,
  funnelParts,
  funnelsOf,
  type Outcome,
} from '../../page/src/model/picture/funnel.ts'
import { identitiesOf, journeyOf } from '../../page/src/model/picture/journey.ts'
import { timeScale, timeTicks } from '../../page/src/model/picture/time-axis.ts'
import type { NearMiss } from '../../src/analysis/report.ts'
import type { CapturedEvent } from '../../src/store/captured-event.ts'
import { captured } from './events.ts'

const T0 = 1_793_491_200_000

describe('a line of time', () => {
  it.each([
    ['a moment', 0, 900, 2],
    ['ten seconds', 10_000, 900, 11],
    ['an hour', 3_600_000, 900, 7],
    ['a day', 86_400_000, 300, 3],
    ['a month', 30 * 86_400_000, 900, 5],
  ])('of %s has round moments', (_, spanMs, width, count) => {
    const ticks = timeTicks(timeScale(T0, T0 + spanMs, width), 0)
    expect(ticks.length).toBeGreaterThan(0)
    expect(ticks.length).toBeLessThanOrEqual(count)
    expect(ticks.map(({ label }) => label)).toEqual([...new Set(ticks.map(({ label }) => label))])
  })

  it.each([
    [10_000, 500, 0, ['11-01', '00:00:02', '00:00:04', '00:00:06', '00:00:08', '00:00:10']],
    [3_600_000, 400, 0, ['11-01', '00:15', '00:30', '00:45', '01:00']],
    [3_600_000, 400, 330, ['05:30', '05:45', '06:00', '06:15', '06:30']],
    [2 * 86_400_000, 250, -60, ['11-01', '11-02']],
    [7 * 60_000, 144, 1, ['00:05']],
  ])('of %i ms on %i px, %i minutes from UTC, is marked %j', (spanMs, width, zone, labels) => {
    const ticks = timeTicks(timeScale(T0, T0 + spanMs, width), zone)
    expect(ticks.map(({ label }) => label)).toEqual(labels)
  })

  it('keeps marks apart and inside, whatever it spans', () => {
    const spans = fc.tuple(
      fc.integer({ min: 0, max: 400 * 86_400_000 }),
      fc.integer({ min: 1, max: 3000 }),
    )
    fc.assert(
      fc.property(spans, fc.integer({ min: -720, max: 840 }), ([spanMs, width], zone) => {
        const ticks = timeTicks(timeScale(T0, T0 + spanMs, width), zone)
        for (const [index, { x }] of ticks.entries()) {
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x).toBeLessThanOrEqual(width)
          const before = ticks[index - 1]
          if (before) expect(x - before.x).toBeGreaterThanOrEqual(79)
        }
      }),
    )
  })
})

describe('the funnel', () => {
  const events = [
    captured({ id: 1, source: 'browser' }),
    captured({ id: 2, status: 'deduplicated', duplicate_of: 1 }),
    captured({ id: 3 }),
    captured({ id: 4, source: 'browser' }),
    captured({ id: 5, source: 'browser' }),
    captured({ id: 6 }),
    captured({ id: 7, status: 'refused' }),
    captured({ id: 8, status: 'faulted' }),
    captured({ id: 9, event_name: 'Lead' }),
  ]
  const halves: Readonly<Record<number, 'both' | 'twice'>> = {
    1: 'both',
    2: 'both',
    5: 'twice',
    6: 'twice',
  }
  const halfOf = ({ id, source, status }: CapturedEvent) =>
    halves[id] ?? (status === 'processed' ? source : undefined)

  it('counts what happened, not what was sent', () => {
    expect(funnelsOf(events, halfOf)).toEqual([
      {
        event_name: 'Purchase',
        counts: { once: 1, server: 1, browser: 1, twice: 1, refused: 1 },
        total: 5,
      },
      {
        event_name: 'Lead',
        counts: { once: 0, server: 1, browser: 0, twice: 0, refused: 0 },
        total: 1,
      },
    ])
  })

  it('draws parts that fill the bar, and none too thin to hit', () => {
    const counts = fc.record({
      once: fc.nat(10_000),
      server: fc.nat(10_000),
      browser: fc.nat(3),
      twice: fc.nat(3),
      refused: fc.nat(1),
    })
    fc.assert(
      fc.property(counts, fc.integer({ min: 320, max: 2000 }), (some, width) => {
        const total = Object.values(some).reduce((sum, one) => sum + one, 0)
        const parts = funnelParts({ event_name: 'Lead', counts: some, total }, width)
        const end = parts.reduce((at, part) => {
          expect(part.x).toBeCloseTo(at, 6)
          expect(part.width).toBeGreaterThanOrEqual(24)
          return at + part.width
        }, 0)
        if (total > 0) expect(end).toBeCloseTo(width, 6)
      }),
    )
  })

  it.each<[string, Outcome, string]>([
    ['Purchase', 'once', 'name:Purchase half:both'],
    ['My event', 'twice', 'name:"My event" half:twice'],
    ['a"b', 'refused', 'name:"ab" status:refused'],
  ])('leads from %s, %s to %s', (name, outcome, query) => {
    expect(funnelFilter(name, outcome)).toBe(query)
    expect(parseFilter(query).problems).toEqual([])
  })
})

describe('a journey', () => {
  const sha = (text: string) => createHash('sha256').update(text).digest('hex')
  const hash = (_key: string, text: string) => sha(text.trim().toLowerCase())
  const at = (id: number, source: 'browser' | 'server', user_data: object, more = {}) =>
    captured({
      id,
      source,
      received_at: T0 + id * 1000,
      payload: { event_name: 'Lead', event_time: T0 / 1000 + id, user_data },
      ...more,
    })
  const context = (events: readonly CapturedEvent[], misses: readonly NearMiss[] = []) => ({
    events,
    duplicatesOf: new Map(
      events.flatMap(({ id, duplicate_of }) =>
        duplicate_of ? [[duplicate_of, [id]] as const] : [],
      ),
    ),
    nearMissOf: new Map(
      misses.flatMap((miss) => [[miss.browser, miss] as const, [miss.server, miss] as const]),
    ),
    identities: (event: CapturedEvent) => identitiesOf(event, hash),
  })
  const drawn = (start: CapturedEvent, given: ReturnType<typeof context>) =>
    journeyOf(start, given).steps.map(({ browser, server, join }) => [
      browser?.id,
      server?.id,
      join === undefined || join === 'once' ? join : join.reason,
    ])

  it('follows a visitor from fbp to the name, raw or hashed, and back', () => {
    const events = [
      at(1, 'browser', { fbp: 'f1' }),
      at(2, 'browser', { fbp: 'f2' }),
      at(3, 'server', { fbp: 'f1', external_id: 'C-1' }),
      at(4, 'server', { external_id: [sha('c-1')], em: [sha('jane@x.de')] }),
      at(5, 'server', { em: `${sha('jane@x.de').toUpperCase()}.AQYB` }),
      at(6, 'server', { em: sha('john@x.de') }),
    ]
    for (const start of [events[0], events[2], events[4]]) {
      expect(
        drawn(start as CapturedEvent, context(events))
          .flat()
          .filter(Number),
      ).toEqual([1, 3, 4, 5])
    }
    expect(journeyOf(events[4] as CapturedEvent, context(events)).keys).toContain('external_id')
  })

  it('joins the halves that are counted once, and says what keeps others apart', () => {
    const miss: NearMiss = {
      browser: 3,
      server: 4,
      reason: 'event_id_case',
      verdict: 'v',
      differences: [],
    }
    const events = [
      at(1, 'browser', { fbp: 'f1' }),
      at(2, 'server', { em: sha('a') }, { status: 'deduplicated', duplicate_of: 1 }),
      at(3, 'browser', { fbp: 'f1' }),
      at(4, 'server', { em: sha('b') }),
    ]
    expect(drawn(events[3] as CapturedEvent, context(events, [miss]))).toEqual([
      [1, 2, 'once'],
      [3, 4, 'event_id_case'],
    ])
  })

  it('is the event alone where nothing follows it, and draws at most sixty moments around it', () => {
    const alone = at(1, 'server', { ph: 'x', fbp: '', em: null })
    expect(journeyOf(alone, context([alone]))).toMatchObject({
      keys: [],
      left: 0,
      steps: [{ server: alone }],
    })
    const many = Array.from({ length: 200 }, (_, index) => at(index + 1, 'browser', { fbp: 'f' }))
    const { steps, left } = journeyOf(many[100] as CapturedEvent, context(many))
    expect([steps.length, left]).toEqual([60, 140])
    expect(steps.some(({ browser }) => browser === many[100])).toBe(true)
  })
})

describe('calls over time', () => {
  const call = (id: number, seconds: number, more: Partial<DrawnCall> = {}): DrawnCall => ({
    id,
    received_at: T0 + seconds * 1000,
    outcome: 'taken',
    ...more,
  })

  it('have a row for each outcome; those too close to tell apart are one mark', () => {
    const calls = [call(1, 0), call(2, 0.1), call(3, 60), call(4, 30, { outcome: 'refused' })]
    const { rows, retried } = callPicture(calls, 600)
    expect(
      rows.map(({ outcome, marks }) => [
        outcome,
        marks.map(({ count, newest }) => [count, newest.id]),
      ]),
    ).toEqual([
      [
        'taken',
        [
          [2, 2],
          [1, 3],
        ],
      ],
      ['refused', [[1, 4]]],
    ])
    expect(retried).toEqual([])
  })

  it('show the tries of one event in a row of its own, apart even when they follow at once', () => {
    const tries = [1, 2, 4]
    const calls = [
      call(1, 0, { outcome: 'faulted', tries }),
      call(2, 0.2, { outcome: 'faulted', tries }),
      call(3, 10),
      call(4, 10, { tries }),
    ]
    const { retried } = callPicture(calls, 600)
    expect(retried.map((row) => row.tries.map((one) => one.call.id))).toEqual([tries])
    const xs = retried[0]?.tries.map(({ x }) => x) ?? []
    expect(xs[0]).toBe(CELL / 2)
    expect((xs[1] ?? 0) - (xs[0] ?? 0)).toBe(CELL)
  })

  it('stay inside and apart, whatever comes', () => {
    const calls = fc.array(
      fc.record({
        seconds: fc.nat(5000),
        outcome: fc.constantFrom('taken', 'refused', 'faulted'),
        group: fc.nat(8),
      }),
      { minLength: 1, maxLength: 120 },
    )
    fc.assert(
      fc.property(calls, fc.integer({ min: 200, max: 1500 }), (some, width) => {
        const sorted = some.toSorted((a, b) => a.seconds - b.seconds)
        const drawn = sorted.map(({ seconds, outcome, group }, index): DrawnCall => {
          const tries = sorted.flatMap((one, id) => (one.group === group ? [id + 1] : []))
          return call(index + 1, seconds, {
            outcome: outcome as 'taken',
            ...(group > 0 && { tries }),
          })
        })
        const { rows, retried, left } = callPicture(drawn, width)
        const lines = [...rows.map(({ marks }) => marks), ...retried.map(({ tries }) => tries)]
        for (const line of lines) {
          for (const [index, { x }] of line.entries()) {
            expect(x).toBeGreaterThanOrEqual(0)
            expect(x).toBeLessThanOrEqual(width)
            const before = line[index - 1]
            if (before) expect(x - before.x).toBeGreaterThanOrEqual(CELL - 1e-6)
          }
        }
        expect(rows.flatMap(({ marks }) => marks).reduce((sum, { count }) => sum + count, 0)).toBe(
          drawn.length,
        )
        expect(retried.length + left).toBeLessThanOrEqual(8)
      }),
    )
  })
})
