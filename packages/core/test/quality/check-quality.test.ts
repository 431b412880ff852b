import { expect, it } from 'vitest'
import { checkQuality, type Quality } from '../../src/quality.ts'

const empty = { match_keys: [], diagnostics: [], dedupe_keys: [] }
const QUALITY: Quality = {
  web: [
    { event_name: 'Purchase', score: 8.1, coverage: { percentage: 60, goal: 75 }, ...empty },
    { event_name: 'Lead', score: 5.9, ...empty },
    { event_name: 'Contact', ...empty },
  ],
  offline: [],
  missing: [],
  readAtMs: 0,
}

it('finds each number below its gate, and none that equals it', () => {
  expect(checkQuality(QUALITY, { minScore: 6, minCoverage: 75 })).toEqual([
    { code: 'coverage_low', event_name: 'Purchase', actual: 60, wanted: 75 },
    { code: 'score_low', event_name: 'Lead', actual: 5.9, wanted: 6 },
  ])
  expect(checkQuality(QUALITY, { minScore: 5.9, minCoverage: 60 })).toEqual([])
})

it('takes a number that Meta does not have for none: a finding only where the event is named', () => {
  expect(checkQuality(QUALITY, { minScore: 1, events: ['Contact', 'Refund', 'Purchase'] })).toEqual(
    [
      { code: 'not_measured', event_name: 'Contact', wanted: 1 },
      { code: 'not_measured', event_name: 'Refund', wanted: 1 },
    ],
  )
})

it('finds nothing without gates', () => {
  expect(checkQuality(QUALITY, {})).toEqual([])
})

it.each([
  [{ minScore: 11 }],
  [{ minScore: Number.NaN }],
  [{ minCoverage: -1 }],
  [{ events: 'Lead' }],
  [undefined],
])('refuses gates that cannot work: %j', (gates) => {
  expect(() => checkQuality(QUALITY, gates as never)).toThrow(/minScore|minCoverage|events|gates/)
})
