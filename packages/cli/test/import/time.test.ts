import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dateOrderIn, isAmbiguousDate, readTime } from '../../src/import/values/time.ts'
import { type Moment, zoneNamed } from '../../src/import/values/zones.ts'

/** What amounts and times are made of, and what they are not. */
const ANY = fc.constantFrom(
  ...Array.from("0123456789.,-+/: '()€$eETZaApPmM\u202f\u00a0\u2212日\ud800"),
)
const NOWHERE = { order: undefined, zone: undefined }

function iso(read: ReturnType<typeof readTime>): string {
  return typeof read === 'string' ? read : new Date(read.ms).toISOString().replace('.000Z', 'Z')
}

it.each([
  ['2026-11-20 10:00:00 +0100', '2026-11-20T09:00:00Z'],
  ['2026-11-20T10:00:00-03:00', '2026-11-20T13:00:00Z'],
  ['2026-11-20T14:02:11.000Z', '2026-11-20T14:02:11Z'],
  ['2026-11-20 14:02 UTC', '2026-11-20T14:02:00Z'],
  ['1795831260', '2026-11-28T02:01:00Z'],
  ['1795831260123', '2026-11-28T02:01:00Z'],
  ['1795831260123456', '2026-11-28T02:01:00Z'],
])('reads %s, which needs no answer', (text, expected) => {
  expect(iso(readTime(text, NOWHERE))).toBe(expected)
})

it.each([
  ['2026-11-20 14:02:11', undefined, '2026-11-20T13:02:11Z'],
  ['20/11/2026 14:02', 'dmy', '2026-11-20T13:02:00Z'],
  ['11/20/2026 2:30:00 PM', 'mdy', '2026-11-20T13:30:00Z'],
  ['8/22/26, 12:05 AM', 'mdy', '2026-08-21T22:05:00Z'],
  ['20.11.2026', undefined, '2026-11-19T23:00:00Z'],
  ['20261120', undefined, '2026-11-19T23:00:00Z'],
  ['46346.6', undefined, '2026-11-20T13:24:00Z'],
] as const)('reads %s in the zone of the file', (text, order, expected) => {
  expect(iso(readTime(text, { order, zone: 'Europe/Zurich' }))).toBe(expected)
})

it('takes the time of day from another column', () => {
  expect(
    iso(readTime('2026-11-20', { order: undefined, zone: 'America/New_York' }, '2:30:00 PM')),
  ).toBe('2026-11-20T19:30:00Z')
})

it.each([
  ['2026-11-20 14:02:11', 'zone_unknown'],
  ['03/04/2026', 'order_unknown'],
  ['2026-02-30 10:00:00 +0100', 'not_a_time'],
  ['31/04/2026', 'not_a_time'],
  ['2026-11-20 25:00', 'not_a_time'],
  ['soon', 'not_a_time'],
  ['', 'not_a_time'],
])('does not guess %j: %s', (text, why) => {
  expect(
    readTime(text, {
      order: undefined,
      zone: text.includes('/04') && !text.startsWith('03') ? 0 : undefined,
    }),
  ).toBe(why)
})

it('refuses a date that contradicts the rest of the file', () => {
  expect(readTime('20/11/2026', { order: 'mdy', zone: 0 })).toBe('order_contradicts')
})

it('sees the order of a date only where one number is above 12', () => {
  expect(['20/11/2026', '11/20/2026', '03/04/2026', '03.04.2026'].map(dateOrderIn)).toEqual([
    'dmy',
    'mdy',
    undefined,
    undefined,
  ])
  expect(['03/04/2026', '20/11/2026', '03.04.2026'].map(isAmbiguousDate)).toEqual([
    true,
    false,
    false,
  ])
})

it.each([
  ['Eastern Time (US & Canada)', 'America/New_York'],
  ['Europe/Zurich', 'Europe/Zurich'],
  ['CET', 60],
  ['MDT', -360],
  ['-0500', -300],
  ['+05:30', 330],
  ['IST', 'shared'],
  ['CST', 'shared'],
  ['Middle Earth', undefined],
  ['Nowhere/City', undefined],
])('knows the zone %s as %s', (name, zone) => {
  expect(zoneNamed(name)).toBe(zone)
})

it.each([
  ['2026-10-25 02:30:00', '2026-10-25T00:30:00Z', true],
  ['2026-03-29 02:30:00', '2026-03-29T01:30:00Z', true],
  ['2026-03-29 01:59:59', '2026-03-29T00:59:59Z', false],
  ['2026-03-29 03:00:00', '2026-03-29T01:00:00Z', false],
  ['2026-10-25 03:00:00', '2026-10-25T02:00:00Z', false],
])('takes the first of the hours that %s may be', (text, expected, isDoubtful) => {
  const read = readTime(text, { order: undefined, zone: 'Europe/Zurich' }) as Moment
  expect(iso(read)).toBe(expected)
  expect(read.isDoubtful).toBe(isDoubtful)
})

it('reads back every moment as clocks all over the world show it', () => {
  const zones = [
    'Europe/Zurich',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'Pacific/Apia',
    'America/St_Johns',
  ]
  fc.assert(
    fc.property(
      fc.integer({ min: 1.6e9, max: 1.9e9 }),
      fc.constantFrom(...zones),
      (seconds, zone) => {
        const shown = new Date(seconds * 1_000).toLocaleString('sv-SE', { timeZone: zone })
        const read = readTime(shown, { order: undefined, zone }) as Moment
        const isSame = read.ms === seconds * 1_000
        expect(isSame || read.isDoubtful).toBe(true)
      },
    ),
  )
})

it('never throws, whatever stands in the cell', () => {
  fc.assert(
    fc.property(fc.string({ unit: ANY }), fc.string(), (text, clock) => {
      const read = readTime(text, { order: 'dmy', zone: 'Europe/Zurich' }, clock)
      expect(typeof read === 'string' || Number.isFinite(read.ms)).toBe(true)
    }),
  )
})
