import { createCapi } from '@capi/core'
import { createEmulator } from '@capi/emulator'
import { fakeClock } from '@capi/testing'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  memoryOrderStore,
  type OrderStore,
  type ShopifyCapiOptions,
  shopifyCapi,
} from '../../src/index.ts'
import { realShopify, SHOP, webOrder } from './test-shop.ts'

const DAY_MS = 86_400_000
const emitted = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
afterEach(() => emitted.mockClear())

/** A shop of which only the time is false; `restart` makes another process of it. */
function shopInTime(options: Partial<ShopifyCapiOptions> = {}) {
  const clock = fakeClock(Date.parse('2026-09-15T12:00:00Z'))
  const now = () => clock.now()
  const emulator = createEmulator({ now })
  const failures: unknown[] = []
  const start = () => {
    // A new client has a new outbox: nothing of it stands between two deliveries.
    const capi = createCapi({
      pixelId: '1234567890',
      accessToken: 'token',
      fetch: emulator.fetch,
      clock,
      logger: { warn() {}, error() {} },
    })
    onTestFinished(async () => void (await capi.close({ timeoutMs: 0 })))
    const webhooks = shopifyCapi({
      shopify: realShopify(),
      client: capi,
      now,
      orders: memoryOrderStore({ now }),
      onError: (_, where) => failures.push(where),
      ...options,
    })
    return { capi, webhooks }
  }
  let running = start()
  let deliveries = 0
  return {
    failures,
    pass: (days: number) => clock.advance(days * DAY_MS),
    restart: () => {
      running = start()
    },
    async deliver(topic: string, order: object) {
      const at = new Date(clock.now()).toISOString()
      const { status, kind, reason } = await running.webhooks.fromAuthenticated({
        topic,
        shop: SHOP,
        payload: order,
        webhookId: `delivery-${deliveries++}`,
        triggeredAt: at,
      })
      const flushed = running.capi.flush()
      await clock.advance(0)
      await flushed
      return status === 200 ? (reason ?? kind) : `${status} ${reason}`
    },
    order: (id: number, financial_status: string) => {
      const at = new Date(clock.now()).toISOString()
      return webOrder(id, { financial_status, created_at: at, processed_at: at })
    },
    values: () =>
      emulator
        .events()
        .map(({ event_id, payload }) => [event_id, (payload as { event_time: number }).event_time]),
  }
}

describe('an order is sold once', () => {
  it.each([
    ['partially_paid', 30],
    ['authorized', 10],
    ['paid', 60],
  ])('%s at its creation, paid in full %i days later', async (state, days) => {
    const shop = shopInTime()
    const order = shop.order(9500, state)
    expect(await shop.deliver('orders/create', order)).toBe('tracked')
    await shop.pass(days)
    shop.restart()
    const paid = { ...order, financial_status: 'paid' }
    expect(await shop.deliver('orders/paid', paid)).toBe('not_pending')
    expect(shop.values()).toHaveLength(1)
  })

  it('pending at its creation: at its payment, and not again when an edit is paid', async () => {
    const orders = memoryOrderStore({ now: () => 0 })
    const shop = shopInTime({ orders })
    const order = shop.order(9500, 'pending')
    expect(await shop.deliver('orders/create', order)).toBe('pending')
    await shop.pass(30)
    shop.restart()
    const paid = { ...order, financial_status: 'paid' }
    expect(await shop.deliver('orders/paid', paid)).toBe('tracked')
    await shop.pass(30)
    shop.restart()
    expect(await shop.deliver('orders/paid', { ...paid, total_price: '99.50' })).toBe(
      'already_sold',
    )
    const paidAt = Date.parse('2026-10-15T12:00:00Z') / 1000
    expect(shop.values()).toEqual([['shopify.order.9500', paidAt]])
  })

  it('in whatever order Shopify delivers', async () => {
    const shop = shopInTime()
    const order = shop.order(1, 'pending')
    const paid = { ...order, financial_status: 'paid' }
    expect(await shop.deliver('orders/paid', paid)).toBe('not_pending')
    expect(await shop.deliver('orders/create', order)).toBe('tracked')
    expect(await shop.deliver('orders/create', order)).toBe('already_sold')
    expect(await shop.deliver('orders/paid', paid)).toBe('already_sold')
    expect(shop.values()).toHaveLength(1)
  })

  it('when the two deliveries come at once', async () => {
    const shop = shopInTime()
    const order = shop.order(1, 'pending')
    const answers = await Promise.all([
      shop.deliver('orders/create', order),
      shop.deliver('orders/paid', { ...order, financial_status: 'paid' }),
    ])
    expect(answers).toContain('tracked')
    expect(shop.values()).toHaveLength(1)
  })

  it("with purchaseOn 'orders/paid', when an edit is paid a month later", async () => {
    const shop = shopInTime({ purchaseOn: 'orders/paid', orders: memoryOrderStore() })
    const order = shop.order(1, 'paid')
    expect(await shop.deliver('orders/create', order)).toBe('other_topic')
    expect(await shop.deliver('orders/paid', order)).toBe('tracked')
    await shop.pass(30)
    shop.restart()
    expect(await shop.deliver('orders/paid', order)).toBe('already_sold')
  })

  it('when the store fails: Shopify delivers again', async () => {
    const memory = memoryOrderStore()
    let broken: string | undefined = 'pending'
    const orders: OrderStore = {
      async mark(order, mark) {
        if (mark === broken) throw new Error('away')
        return await memory.mark(order, mark)
      },
      forget: () => {},
    }
    const shop = shopInTime({ orders })
    const order = shop.order(1, 'pending')
    const paid = { ...order, financial_status: 'paid' }
    expect(await shop.deliver('orders/create', order)).toBe('503 failed')
    broken = 'sold'
    expect(await shop.deliver('orders/create', order)).toBe('pending')
    expect(await shop.deliver('orders/paid', paid)).toBe('503 failed')
    broken = undefined
    expect(await shop.deliver('orders/paid', paid)).toBe('duplicate')
    expect(await shop.deliver('orders/paid', paid)).toBe('already_sold')
    expect(shop.failures).toEqual(['orders', 'orders'])
    expect(shop.values()).toHaveLength(1)
  })
})

it.each([
  ['skip', 'pending', 'other_topic'],
  ['purchase', 'tracked', 'other_topic'],
] as const)('remembers nothing with pending %s', async (pending, created, payed) => {
  const orders = { mark: vi.fn(), forget: vi.fn() }
  const shop = shopInTime({ pending, orders })
  const order = shop.order(1, 'pending')
  expect(await shop.deliver('orders/create', order)).toBe(created)
  expect(await shop.deliver('orders/paid', order)).toBe(payed)
  expect(orders.mark).not.toHaveBeenCalled()
})

it('forgets the orders of a person and of a shop that Shopify names', async () => {
  const forgotten: unknown[] = []
  const memory = memoryOrderStore()
  const orders: OrderStore = {
    mark: (order, mark) => memory.mark(order, mark),
    forget: (shop, ids) => {
      forgotten.push([shop, ids])
      return memory.forget(shop, ids)
    },
  }
  const shop = shopInTime({ orders })
  const request = { shop_domain: SHOP, customer: { id: 7 }, orders_to_redact: [1, 2] }
  expect(await shop.deliver('customers/redact', request)).toBe('acknowledged')
  expect(await shop.deliver('customers/data_request', request)).toBe('acknowledged')
  expect(await shop.deliver('shop/redact', { shop_domain: SHOP })).toBe('acknowledged')
  expect(forgotten).toEqual([
    [SHOP, ['1', '2']],
    [SHOP, undefined],
  ])
})

it('warns at the start that a restart forgets, unless a store is named or none is needed', () => {
  const given = { shopify: realShopify(), client: createCapi() } as ShopifyCapiOptions
  emitted.mockClear()
  shopifyCapi({ ...given, orders: memoryOrderStore() })
  shopifyCapi({ ...given, pending: 'skip' })
  expect(emitted).not.toHaveBeenCalled()
  shopifyCapi(given)
  expect(emitted).toHaveBeenCalledExactlyOnceWith(
    expect.stringContaining('after a restart their payment makes no Purchase'),
    'CapiShopifyWarning',
    'orders_in_memory',
  )
})
