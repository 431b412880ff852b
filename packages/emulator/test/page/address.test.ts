import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAbsolute, formatAgo, formatDuration, plural } from '../../page/src/model/format.ts'
import { formatRoute, parseRoute, TABS } from '../../page/src/model/route.ts'

describe('an address', () => {
  it('names a tab, a filter and an event', () => {
    expect(parseRoute('#/events?q=name%3APurchase&event=12')).toEqual({
      tab: 'events',
      params: { q: 'name:Purchase', event: '12' },
    })
  })

  it.each(['', '#', '#/', '#/nonsense', '#?', '#/__proto__?x'])(
    '%j is the list of events',
    (hash) => {
      expect(parseRoute(hash).tab).toBe('events')
    },
  )

  it('reads back what it writes', () => {
    const routes = fc.record({
      tab: fc.constantFrom(...TABS.map(({ id }) => id)),
      params: fc.dictionary(
        fc.stringMatching(/^[a-z]{1,5}$/),
        fc.string({ minLength: 1, unit: 'grapheme' }),
      ),
    })
    fc.assert(
      fc.property(routes, (route) => {
        expect(parseRoute(formatRoute(route))).toEqual({ ...route, params: { ...route.params } })
      }),
    )
  })
})

describe('times and numbers', () => {
  it.each([
    [0, 'now'],
    [999, 'now'],
    [-5000, 'now'],
    [12_300, '12 s'],
    [119_000, '1 min'],
    [7_200_000, '2 h'],
    [200_000_000, '2 d'],
  ])('%i ms ago is %j', (ago, text) => {
    expect(formatAgo(1e12 - ago, 1e12)).toBe(text)
  })

  it.each([
    [0, '0 ms'],
    [420, '420 ms'],
    [1500, '1.5 s'],
    [60_000, '1 min'],
    [125_000, '2 min 5 s'],
    [-3_600_000, '1 h'],
    [90_000_000, '1 d 1 h'],
  ])('%i ms last %j', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })

  it('gives the exact time with its zone', () => {
    expect(formatAbsolute(1_793_491_200_123)).toMatch(
      /^2026-1[01]-\d\d \d\d:\d\d:00\.123 [+-]\d\d:\d\d$/,
    )
    expect(formatAbsolute(1e18)).toBe('1000000000000000000')
  })

  it('counts in words', () => {
    expect([plural(1, 'event'), plural(12_000, 'event')]).toEqual(['1 event', '12,000 events'])
  })
})
