import { DEFECTS, messyOrders } from '@capi/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { type BuiltEvent, buildEvent, type EventInput } from '../src/index.ts'

const now = Date.UTC(2026, 10, 23)
const orders = messyOrders(10_000, { seed: 20_261_123, defective: 0.25 })
const NOTHING =
  /e3b0c44298fc1c149afbf4c8996fb924|eb045d78d273107348b0300c01d29b75|74234e98afe7498fb5daf1f36ac2d78a/

let built: { readonly order: (typeof orders)[number]; readonly result: BuiltEvent }[] = []

beforeAll(() => {
  built = orders.map((order) => {
    const { id, user_data, custom_data } = order
    const input = {
      event_name: 'Purchase',
      event_id: `order.${id}`,
      action_source: 'website',
      event_source_url: 'https://s.example/',
      user_data,
      custom_data,
    }
    return { order, result: buildEvent(input as unknown as EventInput, { nowMs: now }) }
  })
})

describe('10,000 orders, one in four with a defect', () => {
  it('hold every defect there is', () => {
    const seen = new Set(orders.map((order) => order.defect))
    expect(Object.keys(DEFECTS).filter((name) => !seen.has(name))).toEqual([])
    expect(orders.filter((order) => order.defect !== undefined).length).toBeGreaterThan(2_300)
  })

  it('lose no event', () => {
    expect(built.filter(({ result }) => result.event === undefined)).toEqual([])
  })

  it('send no null, no hash of nothing, no empty list and no empty text', () => {
    for (const { result } of built) {
      const json = JSON.stringify(result.event)
      expect(json).not.toMatch(/null|\[\]|""/)
      expect(json).not.toMatch(NOTHING)
    }
  })

  it('report every field that was given and is not sent', () => {
    for (const { order, result } of built) {
      for (const place of ['user_data', 'custom_data'] as const) {
        const given = Object.entries(order[place]).filter(
          ([, value]) => value !== undefined && value !== null && value !== '',
        )
        const gone = given
          .map(([key]) => key)
          .filter((key) => !(key in (result.event?.[place] ?? {})))
        const reported = result.issues.map((one) => one.path)
        for (const key of gone) expect(reported).toContain(`${place}.${key}`)
      }
    }
  })

  it('find fault with the defective ones only', () => {
    const blamed = built.filter(
      ({ order, result }) => order.defect === undefined && result.issues.length > 0,
    )
    expect(blamed.map(({ result }) => result.issues)).toEqual([])
  })

  it('put no value into an issue', () => {
    for (const { result } of built)
      expect(JSON.stringify(result.issues)).not.toMatch(/customer\.|example\.com|anna/)
  })
})
