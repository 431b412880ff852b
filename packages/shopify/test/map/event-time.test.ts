import { buildEvent, type EventInput } from '@capi/core'
import { describe, expect, it } from 'vitest'
import type { MappingOptions, ShopifyOrder } from '../../src/index.ts'
import { orderToPurchase } from '../../src/index.ts'
import { eventOf, NOW, posOrder, SHOP, webOrder } from '../fixtures/orders.ts'

const DAY_MS = 86_400_000
const ago = (ms: number) => new Date(NOW - ms).toISOString()
const at = (ms: number) => ({ created_at: ago(ms), processed_at: ago(ms) })
const map = (order: ShopifyOrder, options: MappingOptions = {}) =>
  orderToPurchase(order, { nowMs: NOW, shop: SHOP, ...options })
const timeOf = (order: ShopifyOrder, options: MappingOptions = {}) =>
  eventOf(map(order, options)).event_time * 1000

describe('when an order happened', () => {
  it('is processed_at, else created_at, else the delivery, else now', () => {
    const triggeredAt = ago(5_000)
    expect(timeOf(webOrder({ processed_at: ago(2_000), created_at: ago(1_000) }))).toBe(NOW - 2_000)
    expect(timeOf(webOrder({ processed_at: null, created_at: ago(1_000) }))).toBe(NOW - 1_000)
    expect(timeOf(webOrder({ processed_at: 'soon', created_at: null }), { triggeredAt })).toBe(
      NOW - 5_000,
    )
    expect(timeOf(webOrder({ processed_at: null, created_at: null }))).toBe(NOW)
  })

  it("takes the clock's time where none is given", () => {
    const created_at = new Date(Date.now() - 5_000).toISOString()
    expect(orderToPurchase(webOrder({ created_at, processed_at: null }))).toHaveProperty('event')
    expect(
      orderToPurchase(webOrder({ created_at: '2020-01-01T00:00:00Z', processed_at: null })),
    ).toEqual({
      skipped: 'stale',
    })
  })

  it('never lies in the future, which Meta refuses', () => {
    expect(timeOf(webOrder(at(-3_600_000)))).toBe(NOW)
  })

  it.each([
    ['6 days', webOrder(at(6 * DAY_MS)), true],
    ['7 days', webOrder(at(7 * DAY_MS)), false],
    [
      'an import of last year',
      webOrder({ processed_at: ago(365 * DAY_MS), created_at: ago(0) }),
      false,
    ],
    ['61 days, at a till', posOrder(at(61 * DAY_MS)), true],
    ['62 days, at a till', posOrder(at(62 * DAY_MS)), false],
  ])('drops stale ones with a reason: %s', (_, order, isSent) => {
    const mapped = map(order)
    expect('event' in mapped ? 'sent' : mapped.skipped).toBe(isSent ? 'sent' : 'stale')
  })

  it('draws the line where core draws it', () => {
    for (const [make, days] of [
      [webOrder, 7],
      [posOrder, 62],
    ] as const) {
      const spareMs = days === 7 ? 600_000 : 3_600_000
      const oldest = days * DAY_MS - spareMs
      const mapped = map(make(at(oldest)))
      expect(
        buildEvent((mapped as { event: EventInput }).event, { nowMs: NOW }).event,
      ).toBeDefined()
      expect(map(make(at(oldest + 1_000)))).toEqual({ skipped: 'stale' })
    }
  })

  describe('paid after a week', () => {
    const late = webOrder(at(10 * DAY_MS))
    const delivery = { topic: 'orders/paid', triggeredAt: ago(60_000) }

    it('is the payment, where that is the sale', () => {
      expect(timeOf(late, { ...delivery, purchaseOn: 'orders/paid' })).toBe(NOW - 60_000)
      expect(timeOf(late, { ...delivery, marks: ['pending'] })).toBe(NOW - 60_000)
    })
    it('is stale without the time of the delivery, or when that is old itself', () => {
      const options = { topic: 'orders/paid', purchaseOn: 'orders/paid' } as const
      expect(map(late, options)).toEqual({ skipped: 'stale' })
      const triggeredAt = ago(8 * DAY_MS)
      expect(map(late, { ...options, triggeredAt })).toEqual({ skipped: 'stale' })
    })
    it('is no excuse for an import, nor for orders/create', () => {
      const imported = webOrder({ processed_at: ago(365 * DAY_MS), created_at: ago(60_000) })
      expect(map(imported, { ...delivery, purchaseOn: 'orders/paid' })).toEqual({
        skipped: 'stale',
      })
      expect(map(late, { ...delivery, topic: 'orders/create' })).toEqual({ skipped: 'stale' })
    })
    it("keeps the order's own time while Meta takes it", () => {
      const order = webOrder(at(3 * DAY_MS))
      expect(timeOf(order, { ...delivery, purchaseOn: 'orders/paid' })).toBe(NOW - 3 * DAY_MS)
    })
  })
})
