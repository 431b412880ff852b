import type { Capi } from '@capi/core'
import { orderToPurchase, type ShopifyOrder } from '@capi/shopify'

/** Orders of last week are reported afterwards. */
export async function backfill(capi: Capi, orders: readonly ShopifyOrder[]) {
  const purchases = orders.flatMap((order) => {
    const mapped = orderToPurchase(order, { shop: 'kobalt.myshopify.com' })
    return 'event' in mapped ? [mapped.event] : []
  })
  return await capi.send(purchases)
}
