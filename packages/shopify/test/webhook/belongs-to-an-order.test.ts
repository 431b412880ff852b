import { expect, it } from 'vitest'
import { SHOP, testShop, webOrder } from './test-shop.ts'

it('asks for the order of an edit and of a subscription, and makes an event of each', async () => {
  const asked: unknown[] = []
  const shop = testShop({
    topics: ['orders/edited', 'subscription_contracts/create'],
    findOrder: ({ order_id }, domain) => {
      asked.push([domain, order_id])
      return webOrder(Number(order_id))
    },
  })
  const take = async (topic: string, payload: object) => {
    const { kind, reason, event_id } = await shop.shopify.fromAuthenticated({
      topic,
      shop: SHOP,
      payload,
    })
    return reason ?? `${kind} ${event_id}`
  }
  const line_items = { additions: [{ id: 410, delta: 1 }], removals: [] }
  expect(await take('ORDERS_EDITED', { order_edit: { id: 5, order_id: 41, line_items } })).toBe(
    'tracked shopify.edit.5',
  )
  const contract = { id: 6, origin_order_id: 42, status: 'active' }
  expect(await take('SUBSCRIPTION_CONTRACTS_CREATE', contract)).toBe(
    'tracked shopify.subscription.6',
  )
  expect(asked).toEqual([
    [SHOP, 41],
    [SHOP, 42],
  ])
  const events = await shop.delivered()
  expect(events.map(({ event_name, status }) => [event_name, status])).toEqual([
    ['OrderUpsell', 'processed'],
    ['Subscribe', 'processed'],
  ])
})
