import { describe, expect, it } from 'vitest'
import { fitChips } from '../../page/src/model/fit-chips.ts'
import { suggestFilters } from '../../page/src/model/suggest.ts'
import { captured } from './events.ts'

const kept = [
  captured({ event_name: 'Purchase', test_event_code: 'TEST1', pixel_id: '42' }),
  captured({
    event_name: 'My own event',
    pixel_id: '43',
    payload: { user_data: { em: 'x', ph: 'y' }, custom_data: { value: 1 } },
    issues: [{ rule: 'fbc_modified', severity: 'high', title: 'Changed', fix: 'Send it raw.' }],
  }),
]
const suggest = (query: string) => suggestFilters(query, kept)

describe('suggestions of the filter', () => {
  it.each([
    ['', []],
    ['na', ['name:']],
    ['source:server -te', ['source:server -test:']],
    ['name:', ['name:"My own event"', 'name:Purchase']],
    ['name:pur', ['name:Purchase']],
    ['name:Purchase', []],
    ['status:re', ['status:refused']],
    ['half:b', ['half:both', 'half:browser']],
    ['has:e', ['has:em']],
    ['x missing:v', ['x missing:value']],
    ['-test:', ['-test:TEST1']],
    ['pixel:4', ['pixel:43', 'pixel:42']],
    ['issue:', ['issue:fbc_modified']],
    ['nothing:', []],
    ['constructor:', []],
  ])('%j goes on as %j', (query, expected) => {
    expect(suggest(query)).toEqual(expected)
  })
})

describe('chips in a cell', () => {
  const keys = ['em', 'external_id', 'fbp', 'ip', 'ua']

  it('are all drawn where they fit', () => {
    expect(fitChips(keys, 400)).toBe(5)
  })

  it('leave room for the count of the others', () => {
    expect(fitChips(keys, 200)).toBe(3)
    expect(fitChips(keys, 0)).toBe(1)
    expect(fitChips([], 0)).toBe(0)
  })
})
