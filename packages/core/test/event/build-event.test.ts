import { describe, expect, it } from 'vitest'
import { buildEvent, type EventInput } from '../../src/index.ts'

const now = Date.UTC(2026, 10, 23, 12)
const nowSec = now / 1000
const base: EventInput = {
  event_name: 'Lead',
  action_source: 'website',
  event_source_url: 'https://shop.example/',
  user_data: { em: 'a@b.co', client_user_agent: 'UA/1' },
}
const codes = (input: unknown) =>
  buildEvent(input as EventInput, { nowMs: now }).issues.map((one) => `${one.path}:${one.code}`)

it('builds the wire event with Meta’s names', () => {
  const { event, issues } = buildEvent(
    {
      ...base,
      event_name: 'Purchase',
      event_id: 1001,
      custom_data: {
        value: 0,
        currency: 'eur',
        content_ids: ['a', 7],
        contents: [{ id: 7, quantity: 2, item_price: 1.5 }],
        order_id: 1001,
        gift: true,
      },
    },
    { nowMs: now },
  )
  expect(issues).toEqual([])
  expect(event).toEqual({
    event_name: 'Purchase',
    event_time: nowSec,
    event_id: '1001',
    action_source: 'website',
    event_source_url: 'https://shop.example/',
    user_data: { em: [expect.stringMatching(/^[0-9a-f]{64}$/)], client_user_agent: 'UA/1' },
    custom_data: {
      value: 0,
      currency: 'EUR',
      content_ids: ['a', '7'],
      contents: [{ id: '7', quantity: 2, item_price: 1.5 }],
      order_id: '1001',
      gift: true,
    },
  })
})

it('gives a random event_id when there is none', () => {
  const ids = [buildEvent(base).event?.event_id, buildEvent(base).event?.event_id]
  expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/)
  expect(ids[0]).not.toBe(ids[1])
})

describe('event_time', () => {
  it.each([
    ['seconds', nowSec - 60, nowSec - 60],
    ['a Date', new Date(now - 60_000), nowSec - 60],
    ['ISO text', new Date(now - 60_000).toISOString(), nowSec - 60],
    ['digits', String(nowSec - 60), nowSec - 60],
    ['nothing', undefined, nowSec],
    ['a clock that runs a little ahead', nowSec + 60, nowSec],
    ['almost seven days ago', nowSec - 7 * 86_400 + 600, nowSec - 7 * 86_400 + 600],
  ])('takes %s', (_name, event_time, seconds) => {
    expect(buildEvent({ ...base, event_time }, { nowMs: now }).event?.event_time).toBe(seconds)
  })

  it.each([
    ['milliseconds', now, 'event_time_milliseconds'],
    ['the future', nowSec + 301, 'event_time_future'],
    [
      'what would be over seven days old on arrival',
      nowSec - 7 * 86_400 + 599,
      'event_time_too_old',
    ],
    ['words', 'yesterday', 'event_time_invalid'],
    ['NaN', Number.NaN, 'event_time_invalid'],
    ['an invalid Date', new Date('x'), 'event_time_invalid'],
    ['an object', {}, 'event_time_invalid'],
  ])('refuses %s', (_name, event_time, code) => {
    expect(codes({ ...base, event_time })).toEqual([`event_time:${code}`])
  })

  it('lets a store event be almost 62 days old', () => {
    const input: EventInput = {
      ...base,
      action_source: 'physical_store',
      event_time: nowSec - 62 * 86_400 + 3_600,
      custom_data: { value: 1, currency: 'EUR' },
    }
    expect(buildEvent(input, { nowMs: now }).issues).toEqual([])
  })
})

it.each([
  ['no object', 7, ':event_not_object'],
  ['no name', { ...base, event_name: ' ' }, 'event_name:event_name_missing'],
  [
    'a misspelt action source',
    { ...base, action_source: 'webiste' },
    'action_source:action_source_missing',
  ],
  ['no person', { ...base, user_data: {} }, 'user_data:customer_information_missing'],
  [
    'only a user agent',
    { ...base, user_data: { client_user_agent: 'x' } },
    'user_data:customer_information_missing',
  ],
])('refuses an event with %s', (_name, input, found) => {
  expect(codes(input)).toContain(found)
  expect(buildEvent(input as EventInput, { nowMs: now }).event).toBeUndefined()
})

it('drops an unknown key that would fail the whole batch, and keeps the event', () => {
  const { event, issues } = buildEvent({ ...base, valeu: 1 } as EventInput, { nowMs: now })
  expect(event).not.toHaveProperty('valeu')
  expect(issues).toMatchObject([{ path: 'valeu', code: 'unknown_key', severity: 'warning' }])
})

it('never repeats a key that could be a value', () => {
  expect(codes({ ...base, 'anna@example.com': 1 })).toEqual(['*:unknown_key'])
})
