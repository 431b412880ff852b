import fc from 'fast-check'
import { expect, it } from 'vitest'
import { buildEvent, createFbc, eventIdFrom, parseFbc, parseFbp } from '../../src/index.ts'
import { parseGraphResponse } from '../../src/transport/graph-response.ts'
import { app, lead, now } from './samples.ts'

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withNullPrototype: true,
  withMap: true,
  withTypedArray: true,
})
const KEYS = [
  'event_name',
  'event_time',
  'event_id',
  'action_source',
  'user_data',
  'custom_data',
  'app_data',
  'opt_out',
  'messaging_channel',
  'data_processing_options',
  'original_event_data',
  'attribution_data',
  'event_source_url',
  'referrer_url',
  '__proto__',
  'constructor',
  'x',
]
const CUSTOM = [
  'value',
  'currency',
  'contents',
  'content_ids',
  'order_id',
  'num_items',
  'status',
  'store_data',
  'delivery_category',
  'toJSON',
  '__proto__',
  'own',
]

const total = (input: unknown) => {
  const { event, issues } = buildEvent(input as never, { nowMs: now })
  expect(event !== undefined || issues.some((one) => one.severity === 'error')).toBe(true)
  if (event !== undefined) expect(JSON.parse(JSON.stringify(event))).toBeTypeOf('object')
}

it('gives an event or an error, and throws on nothing', () => {
  fc.assert(fc.property(anything, total))
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...KEYS), anything), (more) =>
      total({ ...lead, ...more }),
    ),
  )
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...KEYS), anything), (more) =>
      total({ ...app, ...more }),
    ),
  )
})

it('writes every custom_data it accepts as JSON', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...CUSTOM), anything), (custom_data) =>
      total({ ...lead, custom_data }),
    ),
    { numRuns: 1_000 },
  )
})

it('changes nothing of what it is handed', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...CUSTOM), fc.jsonValue()), (custom_data) => {
      const input = { ...lead, custom_data }
      const before = structuredClone(input)
      buildEvent(input as never, { nowMs: now })
      expect(input).toEqual(before)
    }),
  )
})

it('throws on no click id, answer or id of any type', () => {
  fc.assert(
    fc.property(anything, fc.integer(), fc.string(), (value, status, body) => {
      createFbc(value, now)
      parseFbc(value as never)
      parseFbp(value as never)
      expect(parseGraphResponse(status, body).ok).toBeTypeOf('boolean')
      expect(eventIdFrom('a', body)).toMatch(/./)
      expect(eventIdFrom(value as string)).toMatch(/./)
    }),
  )
})
