import { readFileSync } from 'node:fs'
import { buildEvent, hashUserData, type Issue } from '@capi/core'
import { expect, it } from 'vitest'
import type { Answers } from '../../src/import/map/plan.ts'
import { NOW_MS, outcomesOf, sample } from './golden.ts'

/** A file in the shape of a real export, what its owner has to say, and what it becomes, as `golden/<name>.json` has it. */
const SAMPLES: readonly (readonly [string, Answers])[] = [
  ['shopify-orders', {}],
  ['square-transactions', { currency: 'USD' }],
  ['stripe-payments', {}],
  ['paypal-activity', {}],
  ['magento-orders', { currency: 'EUR', timezone: 'Europe/Vienna' }],
  ['meta-leads', {}],
  ['meta-gateway', { timezone: 'Europe/Berlin' }],
  ['google-enhanced-leads', {}],
]

it.each(SAMPLES)('makes of %s the events that stand in its golden file', async (name, answers) => {
  const { source, asks, all } = await outcomesOf(sample(name), answers)
  expect({ source, asks }).toEqual({ source: name, asks: [] })
  const shown = all.map((outcome) => {
    if (outcome.kind !== 'event') return outcome
    const { event, issues } = buildEvent(outcome.input, { nowMs: NOW_MS })
    return { sent: event ?? null, issues: issues.map(({ code, path }: Issue) => `${path} ${code}`) }
  })
  await expect(`${JSON.stringify(shown, null, 2)}\n`).toMatchFileSnapshot(`golden/${name}.golden`)
})

const golden = (name: string) =>
  JSON.parse(readFileSync(new URL(`golden/${name}.golden`, import.meta.url), 'utf8'))

it('gives an order of Shopify the event_id of @capi/shopify, both its products, and no second event for its second row', () => {
  const [first, second, third, ...rest] = golden('shopify-orders')
  expect(first.sent).toMatchObject({
    event_id: 'shopify.order.5678901234567',
    event_time: Date.UTC(2026, 10, 20, 9) / 1_000,
    custom_data: {
      value: 54.97,
      currency: 'CHF',
      contents: [
        { id: 'MUG-B-L', quantity: 2 },
        { id: 'TT-1', quantity: 1 },
      ],
    },
  })
  const { user_data } = hashUserData({
    em: 'anna.muster@example.com',
    ph: '+41795550101',
    zp: '3011',
    country: 'CH',
  })
  expect(first.sent.user_data).toMatchObject(user_data)
  expect(second).toEqual({ kind: 'skipped', reason: 'voided' })
  expect(third).toMatchObject({ sent: null, issues: ['user_data customer_information_missing'] })
  expect(rest).toEqual([])
})

it('takes the buyer of PayPal, not the shop, and a lead id to its last digit', () => {
  const [payment, withdrawal] = golden('paypal-activity')
  expect(payment.sent.user_data).toMatchObject(hashUserData({ em: 'emil@example.com' }).user_data)
  expect(payment.sent.custom_data).toMatchObject({ value: 1234.56, currency: 'EUR' })
  expect(payment.sent.event_time).toBe(Date.UTC(2026, 10, 20, 13, 2, 11) / 1_000)
  expect(withdrawal).toMatchObject({ kind: 'skipped' })
  expect(golden('meta-leads')[0].sent.user_data.lead_id).toBe('12345678901234567')
})

it('counts the value of Square without the tip, unless it is asked for', async () => {
  expect(golden('square-transactions')[0].sent.custom_data.value).toBe(1240)
  const { all } = await outcomesOf(sample('square-transactions'), {
    currency: 'USD',
    withTip: true,
  })
  expect(all[0]).toMatchObject({ input: { custom_data: { value: '$ 1243.5' } } })
})

it('asks for what a file does not say', async () => {
  const { asks } = await outcomesOf(sample('magento-orders'), { currency: 'EUR' })
  expect(asks).toEqual(['timezone'])
})
