import { describe, expect, it } from 'vitest'
import { build, custom, lead } from './samples.ts'

const line = (given: object) => {
  const { event, found } = build(custom({ contents: [{ id: 'cheese', ...given }] }))
  const [first] = (event?.custom_data?.['contents'] ?? []) as object[]
  return { line: first, found }
}
const CORRECTED = 'custom_data.contents[0].quantity:quantity_corrected'

describe('the quantity of a product', () => {
  it.each<[unknown, number]>([
    [1, 1],
    [0, 0],
    ['3', 3],
    ['2.0', 2],
  ])('is sent as it is when it is whole: %j', (quantity, whole) => {
    expect(line({ quantity, item_price: 2 })).toEqual({
      line: { id: 'cheese', quantity: whole, item_price: 2 },
      found: [],
    })
  })

  it.each<[unknown, number, number]>([
    [0.5, 2, 1],
    ['0.5', 2, 1],
    ['1,5', 3, 4.5],
    [1.1, 3, 3.3],
    [0.333, 29.9, 9.9567],
  ])('of %j at %d is 1 at %d: the sum holds', (quantity, item_price, total) => {
    expect(line({ quantity, item_price })).toEqual({
      line: { id: 'cheese', quantity: 1, item_price: total },
      found: [CORRECTED],
    })
  })

  it('multiplies the price of offline events, too', () => {
    expect(line({ quantity: 0.5, price: 3 }).line).toEqual({
      id: 'cheese',
      quantity: 1,
      price: 1.5,
    })
  })

  it.each([undefined, null])('is 1 when it is %j, and that is reported', (quantity) => {
    expect(line({ quantity, item_price: 2 })).toEqual({
      line: { id: 'cheese', quantity: 1, item_price: 2 },
      found: [CORRECTED],
    })
  })

  it.each([-1, 'two', Number.NaN, {}, true])(
    'is 1 when it is %j, and both is reported',
    (given) => {
      expect(line({ quantity: given, item_price: 2 })).toEqual({
        line: { id: 'cheese', quantity: 1, item_price: 2 },
        found: ['custom_data.contents[0].quantity:wrong_type', CORRECTED],
      })
    },
  )
})

describe('an event of a CRM', () => {
  const crm = (custom_data: object, more: object = {}) =>
    build({
      ...lead,
      event_name: 'Qualified',
      action_source: 'system_generated',
      custom_data,
      ...more,
    }).found
  const EVENT_SOURCE = 'custom_data.event_source:crm_source_missing'
  const CRM_NAME = 'custom_data.lead_event_source:crm_source_missing'
  const byLead = { user_data: { lead_id: '1234567890123456' } }

  it.each<[string, object, object, string[]]>([
    ['both', { event_source: 'crm', lead_event_source: 'Acme' }, {}, []],
    ['no name of the CRM', { event_source: 'crm' }, {}, [CRM_NAME]],
    ['no source', { lead_event_source: 'Acme' }, {}, [EVENT_SOURCE]],
    ['a lead alone', {}, byLead, [EVENT_SOURCE, CRM_NAME]],
    ['a lead of a CRM without a name', { event_source: 'crm' }, byLead, [CRM_NAME]],
    [
      'a lead of elsewhere',
      { event_source: 'web', lead_event_source: 'A' },
      byLead,
      [EVENT_SOURCE],
    ],
    ['neither: a renewal', { value: 1, currency: 'EUR' }, {}, []],
    ['another program', { event_source: 'billing' }, {}, []],
  ])('is reported for what it lacks: %s', (_name, custom_data, more, found) => {
    expect(crm(custom_data, more)).toEqual(found)
  })

  it('is still sent', () => {
    const input = { ...lead, action_source: 'system_generated', ...byLead }
    expect(build(input).event).toBeDefined()
  })
})
