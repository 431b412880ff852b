import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  FILTER_KEYS,
  HALVES,
  SEVERITIES,
  SOURCES,
  STATUSES,
} from '../../page/src/model/filter-keys.ts'
import { compileFilter } from '../../page/src/model/match-event.ts'
import {
  formatTerm,
  parseFilter,
  type Term,
  toggleTerm,
} from '../../page/src/model/parse-filter.ts'
import type { CapturedEvent } from '../../src/store/captured-event.ts'
import { captured } from './events.ts'

const NOTHING = { halfOf: () => undefined, nowMs: 0, isFoundBy: () => false }
const matches = (query: string, event: CapturedEvent) => compileFilter(parseFilter(query))(event)

const purchase = captured({
  event_id: 'order-1001',
  test_event_code: 'TEST31415',
  upload_tag: 'stores-October',
  payload: {
    event_name: 'Purchase',
    event_source_url: 'https://shop.example/Thank-You',
    user_data: { em: 'a'.repeat(64), fbc: '', ph: null },
    custom_data: { value: '129.5', currency: 'EUR', contents: [{ id: 'mug' }] },
  },
  issues: [
    {
      rule: 'fbc_modified',
      severity: 'high',
      path: 'user_data.fbc',
      title: 'Changed',
      fix: 'Send it raw.',
    },
  ],
})

describe('the filter language', () => {
  it.each([
    ['name:purch', true],
    ['name:Lead', false],
    ['-name:Lead', true],
    ['!name:Lead', true],
    ['source:server', true],
    ['source:b', false],
    ['status:proc', true],
    ['id:1001', true],
    ['has:em', true],
    ['has:user_data.em', true],
    ['has:custom_data.contents', true],
    ['has:fbc', false],
    ['missing:fbc', true],
    ['missing:ph', true],
    ['missing:em', false],
    ['has:constructor', false],
    ['severity:high', true],
    ['severity:low', false],
    ['-severity:low', true],
    ['issue:fbc', true],
    ['issue:*', true],
    ['-issue:*', false],
    ['issue:currency', false],
    ['value:>100', true],
    ['value:<=100', false],
    ['value:129.5', true],
    ['value:100..200', true],
    ['test:TEST', true],
    ['tag:october', true],
    ['-tag:*', false],
    ['-test:*', false],
    ['pixel:42', true],
    ['pixel:4', false],
    ['call:1', true],
    ['thank-you', true],
    ['mug', true],
    ['"no such words"', false],
    ['name:Purchase source:server -id:99 eur', true],
    ['name:Purchase source:browser', false],
    ['', true],
  ])('%s: %s', (query, expected) => {
    expect(matches(query, purchase)).toBe(expected)
  })

  it('finds the rule and the path of a refusal as an issue', () => {
    const error = {
      rule: 'purchase_value_missing',
      code: 100,
      title: 'No value',
      path: "$['data'][0]['custom_data']['value']",
      fix: 'Set it.',
    }
    expect(matches('issue:value', captured({ status: 'refused', error }))).toBe(true)
  })

  it('finds a refused event as one of high severity', () => {
    const error = { rule: 'body_unreadable', code: 100, title: 'No JSON', fix: 'Send JSON.' }
    expect(matches('severity:high', captured({ status: 'refused', error }))).toBe(true)
  })

  it.each([
    ['since:5m', 4 * 60_000, true],
    ['since:5m', 6 * 60_000, false],
    ['-since:5m', 6 * 60_000, true],
    ['since:1.5h', 89 * 60_000, true],
    ['since:2d', 3 * 86_400_000, false],
  ])('%s of an event %i ms old: %s', (query, ageMs, expected) => {
    const context = { ...NOTHING, nowMs: purchase.received_at + ageMs }
    expect(compileFilter(parseFilter(query), context)(purchase)).toBe(expected)
  })

  it('knows where the halves of an event are from its surroundings', () => {
    const context = { ...NOTHING, halfOf: () => 'browser' as const }
    const holds = (query: string) => compileFilter(parseFilter(query), context)(purchase)
    expect(['half:browser', 'half:both', '-half:twice'].map(holds)).toEqual([true, false, true])
  })

  it('knows which diagnostics affect an event', () => {
    const context = {
      ...NOTHING,
      isFoundBy: (_: unknown, id: string) => id === 'counted_twice:x y',
    }
    const holds = (query: string) => compileFilter(parseFilter(query), context)(purchase)
    expect(holds('finding:"Counted_twice:X y"')).toBe(true)
    expect(holds('finding:coverage_low')).toBe(false)
  })

  it('says what a span is', () => {
    expect(parseFilter('since:yesterday half:full').problems).toEqual([
      'since: takes a span, such as since:30s, since:5m, since:1h or since:2d.',
      'half: is one of both, browser, server, twice.',
    ])
  })

  it('leaves out what is half typed', () => {
    expect(parseFilter('name: source:')).toEqual({ terms: [], problems: [] })
  })

  it('says what it does not understand and goes on with the rest', () => {
    const { terms, problems } = parseFilter('source:sever value:much stat:x name:Lead')
    expect(problems).toEqual([
      'source: is one of server, browser.',
      'value: takes a number, such as value:>100 or value:10..20.',
      'There is no filter stat:, so this is searched as text. Did you mean status: ?',
    ])
    expect(terms.map(formatTerm)).toEqual(['"stat:x"', 'name:Lead'])
  })

  it('takes an address for text', () => {
    expect(parseFilter('https://shop.example').problems).toEqual([])
  })

  it('reads back every term that it writes', () => {
    fc.assert(
      fc.property(fc.array(terms), (written) => {
        const query = written.map(formatTerm).join(' ')
        expect(parseFilter(query).terms).toEqual(written)
      }),
    )
  })

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (query) => {
        expect(typeof matches(query, purchase)).toBe('boolean')
      }),
    )
  })

  it('is turned round by a minus', () => {
    fc.assert(
      fc.property(terms, (term) => {
        const turned = { ...term, isNegated: !term.isNegated }
        const [one, other] = [term, turned].map((each) =>
          compileFilter({ terms: [each] })(purchase),
        )
        expect(one).toBe(!other)
      }),
    )
  })
})

describe('a quick filter', () => {
  it('is added to the query and taken away again', () => {
    const on = toggleTerm('name:Lead', 'source:server')
    expect(on).toBe('name:Lead source:server')
    expect(toggleTerm(on, 'source:server')).toBe('name:Lead')
  })
})

const words = fc.stringMatching(/^[^"\s][^"]{0,11}$/).map((text) => text.trim())
const values: Readonly<Record<Term['key'], fc.Arbitrary<string>>> = {
  ...Object.fromEntries(Object.keys(FILTER_KEYS).map((key) => [key, words])),
  text: words,
  source: fc.constantFrom(...SOURCES),
  status: fc.constantFrom(...STATUSES),
  half: fc.constantFrom(...HALVES),
  severity: fc.constantFrom(...SEVERITIES),
  since: fc.constantFrom('30s', '5m', '1.5h', '2d'),
  value: fc.constantFrom('>100', '<=-5', '49.9', '10..20'),
} as Readonly<Record<Term['key'], fc.Arbitrary<string>>>

const terms: fc.Arbitrary<Term> = fc
  .constantFrom(...(Object.keys(values) as Term['key'][]))
  .chain((key) => fc.record({ key: fc.constant(key), value: values[key], isNegated: fc.boolean() }))
