import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cancellationToCustomEvent,
  checkoutToInitiateCheckout,
  customerToCompleteRegistration,
  orderToPurchase,
  refundToCustomEvent,
} from '../../src/index.ts'
import { checkout, customer, NOW, refund, SHOP, webOrder } from '../fixtures/orders.ts'

const MAPPERS = {
  orderToPurchase,
  checkoutToInitiateCheckout,
  customerToCompleteRegistration,
  cancellationToCustomEvent,
  refundToCustomEvent,
}
const PAYLOADS = {
  orderToPurchase: webOrder(),
  checkoutToInitiateCheckout: checkout(),
  customerToCompleteRegistration: customer(),
  cancellationToCustomEvent: webOrder({ cancelled_at: '2026-09-15T13:50:00+02:00' }),
  refundToCustomEvent: refund(),
}
type Name = keyof typeof MAPPERS
const NAMES = Object.keys(MAPPERS) as Name[]
const options = { nowMs: NOW, shop: SHOP, identity: { fbp: 'fb.1.1789400000000.7' } }

/** What no type allows, and any network can bring. */
function call(name: Name, payload: unknown, given: unknown = options) {
  const map = MAPPERS[name] as (payload: unknown, options: unknown) => unknown
  return map(payload, given)
}

describe.each(NAMES)('%s', (name) => {
  it.each([null, undefined, 0, 7, '', 'text', true, [], [[]], Symbol('s'), () => 1])(
    'calls %s unreadable',
    (payload) => expect(call(name, payload)).toEqual({ skipped: 'unreadable' }),
  )

  it('gives a reason for an empty payload', () => {
    expect(call(name, {})).toEqual({ skipped: expect.stringMatching(/^no/) })
  })

  it('never throws on anything', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), (payload) => {
        const mapped = call(name, payload)
        expect(Object.keys(mapped as object)).toHaveLength(1)
      }),
    )
  })

  it('never throws when any one field holds anything', () => {
    const payload = PAYLOADS[name]
    const anything = fc.anything({
      withBigInt: true,
      withNullPrototype: true,
      withSparseArray: true,
    })
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(payload)), anything, (field, value) => {
        const mapped = call(name, { ...payload, [field]: value }) as object
        expect(Object.keys(mapped)).toHaveLength(1)
        expect(mapped).not.toEqual({ skipped: 'option_failed' })
      }),
      { numRuns: 300 },
    )
  })

  it('never throws when a field of a field holds anything', () => {
    const payload: Readonly<Record<string, unknown>> = PAYLOADS[name]
    const nested = Object.keys(payload).filter(
      (key) => typeof payload[key] === 'object' && payload[key] !== null,
    )
    fc.assert(
      fc.property(fc.constantFrom(...nested), fc.anything(), fc.nat(), (field, value, pick) => {
        const inner = payload[field] as object
        const isList = Array.isArray(inner)
        const target: object = isList ? (inner[0] ?? {}) : inner
        const keys = Object.keys(target)
        const key = keys[pick % Math.max(keys.length, 1)] ?? 'name'
        const changed = { ...target, [key]: value }
        const mapped = call(name, { ...payload, [field]: isList ? [changed] : changed }) as object
        expect(Object.keys(mapped)).toHaveLength(1)
      }),
      { numRuns: 300 },
    )
  })

  it('is not led astray by __proto__ keys', () => {
    const hostile =
      '{"__proto__":{"test":true,"cancelled_at":"x","admin_graphql_api_id":"gid://shopify/Order/666"},"constructor":{"prototype":{"polluted":1}}}'
    const payload: unknown = { ...PAYLOADS[name], ...(JSON.parse(hostile) as object) }
    expect(call(name, payload)).toEqual(call(name, PAYLOADS[name]))
    const own = JSON.parse(
      `{"__proto__":{"polluted":1},${JSON.stringify(PAYLOADS[name]).slice(1)}`,
    ) as unknown
    expect(call(name, own)).toEqual(call(name, PAYLOADS[name]))
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('calls a payload that throws when it is read unreadable', () => {
    const payload = new Proxy(PAYLOADS[name], {
      get: () => {
        throw new Error('secret')
      },
    })
    expect(call(name, payload)).toEqual({ skipped: 'unreadable' })
  })

  it('changes neither payload nor options', () => {
    const payload = deepFreeze(structuredClone(PAYLOADS[name]))
    expect(call(name, payload, deepFreeze(structuredClone(options)))).toHaveProperty('event')
  })

  it('gives the same for the same', () => {
    expect(call(name, PAYLOADS[name])).toEqual(call(name, structuredClone(PAYLOADS[name])))
  })

  it('never throws on wrong options', () => {
    for (const bad of [
      null,
      7,
      { identity: null },
      { identity: 7 },
      { topic: 7 },
      { nowMs: 'soon' },
      { money: 'gold' },
    ]) {
      expect(() => call(name, PAYLOADS[name], bad)).not.toThrow()
    }
  })
})

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) deepFreeze(inner)
    Object.freeze(value)
  }
  return value
}
