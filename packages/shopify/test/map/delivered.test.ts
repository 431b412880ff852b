import { buildEvent, createCapi } from '@capi/core'
import { createEmulator } from '@capi/emulator'
import { describe, expect, it } from 'vitest'
import type { Mapped } from '../../src/index.ts'
import {
  cancellationToCustomEvent,
  checkoutToInitiateCheckout,
  customerToCompleteRegistration,
  orderToPurchase,
  refundToCustomEvent,
} from '../../src/index.ts'
import {
  AGENT,
  checkout,
  customer,
  draftOrder,
  moneySet,
  posOrder,
  refund,
  renewalOrder,
  SHOP,
  webOrder,
} from '../fixtures/orders.ts'

const ms = Date.now()
const recently = new Date(ms - 60_000).toISOString()
const times = { created_at: recently, processed_at: recently }
/** Cookies of a browser that came by an hour ago. */
const identity = {
  fbp: `fb.1.${ms - 3_600_000}.1234567890`,
  fbc: `fb.1.${ms - 3_600_000}.IwAR0aBcDeFgHiJkLmNoP`,
  client_user_agent: AGENT,
}
const base = { nowMs: ms, shop: SHOP }
const lines = Array.from({ length: 45 }, (_, index) => ({
  product_id: 1,
  variant_id: index + 1,
  quantity: 3,
  price: '3.35',
  discount_allocations: [{ amount: '0.05' }],
}))

/** One of each kind that a day in a shop brings. */
const EVENTS: readonly (readonly [string, Mapped])[] = [
  ['web', orderToPurchase(webOrder(times), base)],
  ['guest', orderToPurchase(webOrder({ ...times, customer: null, email: '', phone: null }), base)],
  ['45 lines', orderToPurchase(webOrder({ ...times, line_items: lines }), base)],
  [
    'two currencies',
    orderToPurchase(
      webOrder({ ...times, total_price_set: moneySet('30.00', '4500', ['CHF', 'JPY']) }),
      { ...base, money: 'presentment' },
    ),
  ],
  ['free', orderToPurchase(webOrder({ ...times, total_price_set: moneySet('0.00') }), base)],
  ['Limited Data Use', orderToPurchase(webOrder(times), { ...base, consent: () => 'ldu' })],
  ['draft', orderToPurchase(draftOrder(times), base)],
  ['till', orderToPurchase(posOrder(times), base)],
  ['renewal', orderToPurchase(renewalOrder(times), { ...base, renewals: 'custom' })],
  [
    'identity store',
    orderToPurchase(webOrder({ ...times, client_details: null }), { ...base, identity }),
  ],
  ['checkout', checkoutToInitiateCheckout(checkout(times), base)],
  ['customer', customerToCompleteRegistration(customer(times), base)],
  ['cancellation', cancellationToCustomEvent(webOrder({ ...times, cancelled_at: recently }), base)],
  ['refund', refundToCustomEvent(refund(times), { ...base, order: webOrder() })],
]

function sent(mapped: Mapped) {
  if ('skipped' in mapped) throw new Error(mapped.skipped)
  return mapped.event
}

describe('what the mappers make', () => {
  it.each(EVENTS)('passes core without an error or a dropped field: %s', (_, mapped) => {
    const { event, issues } = buildEvent(sent(mapped), { nowMs: ms })
    expect(event).toBeDefined()
    expect(issues).toEqual([])
  })

  it('is taken by the emulator, every one', async () => {
    const emulator = createEmulator()
    const capi = createCapi({ pixelId: '1234567890', accessToken: 'token', fetch: emulator.fetch })
    for (const [, mapped] of EVENTS) {
      const { event_name, custom_data, ...fields } = sent(mapped)
      // The ids of the fixtures are the same: each event gets one of its own here.
      const event = { ...fields, event_id: `test.${EVENTS.findIndex(([, one]) => one === mapped)}` }
      const receipt = await capi.track(event_name, custom_data, event)
      expect(receipt.outcome).toBe('accepted')
    }
    await capi.close()
    expect(emulator.events().map(({ status }) => status)).toEqual(EVENTS.map(() => 'processed'))
    const rules = emulator.events().flatMap(({ issues = [] }) => issues.map(({ rule }) => rule))
    // Shipping is in the value and in no line; one order was free.
    expect([...new Set(rules)].sort()).toEqual(['purchase_value_zero', 'value_not_sum'])
  })

  it('counts once, however often and on whichever topic an order is delivered', async () => {
    const emulator = createEmulator()
    const capi = createCapi({ pixelId: '1234567890', accessToken: 'token', fetch: emulator.fetch })
    const outcomes: string[] = []
    for (const topic of ['orders/create', 'orders/paid', 'orders/create']) {
      const mapped = orderToPurchase(webOrder(times), { ...base, topic, marks: ['pending'] })
      const { event_name, custom_data, ...fields } = sent(mapped)
      outcomes.push((await capi.track(event_name, custom_data, fields)).outcome)
    }
    await capi.close()
    expect(outcomes).toEqual(['accepted', 'duplicate', 'duplicate'])
    expect(emulator.events()).toHaveLength(1)
  })
})
