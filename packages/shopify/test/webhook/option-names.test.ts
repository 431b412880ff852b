import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import {
  identityEndpoint,
  memoryIdentityStore,
  orderToPurchase,
  type ShopifyCapiOptions,
  shopifyCapi,
} from '../../src/index.ts'
import { sqliteIdentityStore } from '../../src/sqlite.ts'
import { SHOPIFY_OPTIONS } from '../../src/webhook/options.ts'

const emitted = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
beforeEach(() => {
  emitted.mockClear()
})
afterEach(() => {
  emitted.mockClear()
})
const lines = () => emitted.mock.calls.map(([line]) => String(line))

const OPTIONS = {
  shopify: { webhooks: { validate: async () => ({ valid: false }) } },
  client: { track() {} },
  pending: 'skip',
} as unknown as ShopifyCapiOptions
const make = (more: object) => shopifyCapi({ ...OPTIONS, ...more })

it('reports unknown options with the nearest name, each function its own', () => {
  expect(() => make({ contentIds: 'sku', timeout: 1 })).toThrow(
    'shopifyCapi ignores options it does not know: "contentIds", meant "contentId"?; "timeout", meant "timeoutMs"? (option_unknown)',
  )
  make({}).handlers({ callbackURL: '/x' } as object)
  identityEndpoint({
    store: memoryIdentityStore({ ttl: 1 } as object),
    shops: {},
    perMinutes: 1,
  } as object as never)
  void sqliteIdentityStore({ path: ':memory:', maxEntry: 1 } as object as never)
  expect(lines()).toEqual([
    expect.stringContaining(
      'handlers ignores an option it does not know: "callbackURL", meant "callbackUrl"?',
    ),
    expect.stringContaining(
      'memoryIdentityStore ignores an option it does not know: "ttl", meant "ttlMs"?',
    ),
    expect.stringContaining(
      'identityEndpoint ignores an option it does not know: "perMinutes", meant "perMinute"?',
    ),
    expect.stringContaining('sqliteIdentityStore ignores an option it does not know: "maxEntry"'),
  ])
  expect(emitted.mock.calls.map((given: readonly unknown[]) => given[2])).toEqual(
    Array(4).fill('option_unknown'),
  )
})

it.each(['concent', 'Consent', 'consents'])('stops at a name like consent: %s', (name) => {
  expect(() => make({ [name]: () => 'denied' })).toThrow('write "consent"')
  expect(orderToPurchase({ id: 1 }, { [name]: () => 'denied' })).not.toHaveProperty('event')
})

it.each([undefined, null])('stops at a consent that is there but empty: %s', (consent) => {
  expect(() => make({ consent })).toThrow('is there but empty')
})

it('has no option that is like consent by its name', () => {
  const names = Object.keys(SHOPIFY_OPTIONS).filter((name) => name !== 'consent')
  for (const name of names) expect(() => make({ [name]: undefined })).not.toThrow(/consent/)
})

it('trims texts, and a blank one is unset', () => {
  make({
    purchaseOn: ' orders/create ',
    pending: ' skip ',
    contentId: ' ',
    topics: [' refunds/create '],
  })
  expect(lines()).toEqual([])
})

it('says of a middleware that is mounted without parentheses what to write', () => {
  const request = { headers: {}, method: 'POST', url: '/webhooks' }
  const { middleware } = make({})
  expect(() => (middleware as (req: object) => unknown)(request)).toThrow(
    'middleware(), with parentheses',
  )
  expect(() => identityEndpoint(request as never)).toThrow('identityEndpoint(), with parentheses')
})
