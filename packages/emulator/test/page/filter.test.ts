import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FILTER_KEYS, SOURCES, STATUSES } from '../../page/src/model/filter-keys.ts'
import { compileFilter } from '../../page/src/model/match-event.ts'
import {
  formatTerm,
  parseFilter,
  type Term,
  toggleTerm,
} from '../../page/src/model/parse-filter.ts'
import type { CapturedEvent } from '../../src/store/captured-event.ts'
import { captured } from './events.ts'

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
          compileFilter({ terms: [each], problems: [] })(purchase),
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
  value: fc.constantFrom('>100', '<=-5', '49.9', '10..20'),
} as Readonly<Record<Term['key'], fc.Arbitrary<string>>>

const terms: fc.Arbitrary<Term> = fc
  .constantFrom(...(Object.keys(values) as Term['key'][]))
  .chain((key) => fc.record({ key: fc.constant(key), value: values[key], isNegated: fc.boolean() }))
