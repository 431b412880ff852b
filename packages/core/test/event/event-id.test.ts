import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRequestTracker } from '../../src/adapter.ts'
import { buildEvent, eventIdFrom } from '../../src/index.ts'
import { page, person, testWorld } from '../test-world.ts'

it('is what a page can write by hand', () => {
  expect(eventIdFrom('order', 1001)).toBe('order.1001')
})

const said = fc.string().filter((text) => /\d/.test(text.trim().at(-1) ?? ''))

it('differs whenever the parts differ', () => {
  const parts = fc.array(said, { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      expect(eventIdFrom(...a) === eventIdFrom(...b)).toBe(JSON.stringify(a) === JSON.stringify(b))
    }),
  )
})

it.each([
  [['test', 1001], 'test.1001'],
  [['none', 'a1'], 'none.a1'],
  [['order', 0], 'order.0'],
  [['order', 1.5], 'order.1%2E5'],
  [['order', 'null-island-7'], 'order.null-island-7'],
  [['order', { toString: () => '65f0c1' } as never], 'order.65f0c1'],
  [['order', 12345678901234567890n as never], 'order.12345678901234567890'],
])('keeps parts that say which event it is: %s', (parts, id) => {
  expect(eventIdFrom(...parts)).toBe(id)
})

const NOTHING: readonly unknown[][] = [
  [],
  ['order', undefined],
  ['order', null],
  ['order', Number.NaN],
  ['order', new Date(Number.NaN)],
  ['order', Number.POSITIVE_INFINITY],
  ['order', 2 ** 53],
  ['order', ''],
  ['order', ' \n'],
  ['order', 'undefined'],
  ['order', 'null'],
  ['order', 'NaN'],
  ['order', 'N/A'],
  ['order', 'unknown'],
  ['order', '-'],
  ['order', '{{order.id}}'],
  ['order', 'cart-undefined'],
  ['order', {}],
  ['order', '[object Object]'],
  ['order', []],
  ['order', Object.create(null)],
  ['order', true],
  ['order', () => 1],
  ['undefined', 1001],
  [undefined, 1001],
  ['order', 1001, undefined],
  ['n/a'],
  ['n', 'a'],
]

describe.each(NOTHING.map((parts) => [parts]))('of parts that say nothing, %o,', (parts) => {
  const given = parts as string[]

  it('is a random one', () => {
    expect(eventIdFrom(...given)).toMatch(/^no-id\.[0-9a-f-]{36}$/)
    expect(eventIdFrom(...given)).not.toBe(eventIdFrom(...given))
  })

  it('is sent as the page has it, with an issue', () => {
    const event_id = eventIdFrom(...given)
    const { event, issues } = buildEvent({ event_name: 'Lead', ...page, ...person, event_id })
    expect(event?.event_id).toBe(event_id)
    expect(issues).toMatchObject([{ path: 'event_id', code: 'event_id_missing' }])
  })
})

it('never makes duplicates of three orders without an id', async () => {
  const { client } = testWorld()
  const capi = client()
  const tracker = createRequestTracker(capi, () => ({
    scope: { ...page, ...person },
    setCookies: [],
    warnings: [],
  }))
  for (let order = 0; order < 3; order++) {
    const event_id = tracker.eventId('order', undefined as never)
    const receipt = await tracker.track('Purchase', { value: 1, currency: 'EUR' }, { event_id })
    expect(receipt).toMatchObject({
      event_id,
      outcome: 'accepted',
      issues: [{ path: 'event_id', code: 'event_id_missing' }],
    })
  }
})

it('is random without an issue where a request is asked for one without parts', () => {
  const context = () => ({ scope: page, setCookies: [], warnings: [] })
  const event_id = createRequestTracker(testWorld().client(), context).eventId()
  expect(event_id).toMatch(/^[0-9a-f-]{36}$/)
})
