import { afterEach, expect, it } from 'vitest'
import { buildEvent } from '../../src/event/build-event.ts'

const EVENT = {
  event_name: 'Purchase',
  action_source: 'phone_call',
  event_id: 'order.1',
  user_data: { external_id: 'user-1' },
  custom_data: { value: 1, currency: 'EUR', contents: [{ id: 'sku-1', quantity: 1 }] },
} as const

function inheriting<T extends object>(own: T, inherited: object): T {
  return Object.assign(Object.create(inherited) as object, own)
}

afterEach(() => {
  Reflect.deleteProperty(Object.prototype, 'campaign')
})

it('sends own keys only, and reports none that an object inherits', () => {
  const usual = buildEvent(EVENT)
  const { event, issues } = buildEvent(
    inheriting(
      {
        ...EVENT,
        user_data: inheriting(EVENT.user_data, { ph: '+41791234567', nickname: 'x' }),
        custom_data: inheriting(
          {
            ...EVENT.custom_data,
            contents: [inheriting({ id: 'sku-1', quantity: 1 }, { price: 2 })],
          },
          { colour: 'red' },
        ),
      },
      { referrer_url: 'https://shop.example/', unknown: 1 },
    ),
  )
  expect(issues).toEqual(usual.issues)
  expect(event).toEqual({ ...usual.event, event_time: event?.event_time })
  expect(JSON.stringify(event)).not.toMatch(/red|nickname|"price"|referrer/)
})

it('sends nothing that somebody put on the prototype of all objects', () => {
  Reflect.set(Object.prototype, 'campaign', 'polluted')
  const { event, issues } = buildEvent(EVENT)
  expect(issues).toEqual([])
  expect(JSON.stringify(event)).not.toContain('polluted')
})

it('copies a list that would write itself as JSON in its own way', () => {
  const contents = Object.assign([{ id: 'sku-1', quantity: 1 }], { toJSON: () => 'mine' })
  const { event } = buildEvent({ ...EVENT, custom_data: { ...EVENT.custom_data, contents } })
  expect(JSON.parse(JSON.stringify(event)).custom_data.contents).toEqual([
    { id: 'sku-1', quantity: 1 },
  ])
})

it('leaves out what a list lacks, and keeps the list that was given where nothing is wrong', () => {
  const contents = [{ id: 'sku-1', quantity: 1 }]
  const kept = buildEvent({ ...EVENT, custom_data: { ...EVENT.custom_data, contents } })
  expect(kept.event?.custom_data?.['contents']).toBe(contents)
  const content_ids = ['a', undefined, 'b', '', 'c'] as unknown as string[]
  const { event } = buildEvent({ ...EVENT, custom_data: { ...EVENT.custom_data, content_ids } })
  expect(event?.custom_data?.['content_ids']).toEqual(['a', 'b', 'c'])
  expect(content_ids).toHaveLength(5)
})
