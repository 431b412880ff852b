import { orderData } from '../money/order-data.ts'
import { ask, guarded, skip } from '../read/guarded.ts'
import { text } from '../read/read.ts'
import { exactId } from '../read/shopify-id.ts'
import type { ShopifyOrder } from '../read/shopify-payloads.ts'
import { checkoutEventId, purchaseEventId } from './event-ids.ts'
import type { Mapped } from './mapped.ts'
import type { MappingOptions } from './mapping-options.ts'
import { noPurchase } from './order-rules.ts'
import { orderTime } from './order-time.ts'
import { isRenewal } from './renewal.ts'
import { saleFields } from './sale-fields.ts'

/**
 * The Purchase of an `orders/create` or `orders/paid` payload, or why it is none. Pure: nothing is fetched, the payload
 * is not changed, nothing is thrown. The same order always gives the same `event_id`.
 * @example
 * const mapped = orderToPurchase(order)
 * if ('event' in mapped) await capi.enqueue(mapped.event)
 * else console.log(mapped.skipped)
 */
export function orderToPurchase(order: ShopifyOrder, options: MappingOptions = {}): Mapped {
  return guarded(order, options, () => {
    const reason = noPurchase(order, options)
    if (reason !== undefined) return { skipped: reason }
    const fields = saleFields(order, eventIdOf(order, options), orderTime, options)
    const custom_data = orderData(order, options)
    const isCustom = options.renewals === 'custom' && isRenewal(order)
    const event_name = isCustom ? 'RecurringPurchase' : 'Purchase'
    return { event: { event_name, ...fields, custom_data } }
  })
}

/** Deterministic: a delivery may come twice, on two topics, and beside the browser's event. */
function eventIdOf(order: ShopifyOrder, { eventId = 'order' }: MappingOptions): string {
  if (typeof eventId === 'function') {
    const given: unknown = ask(() => eventId(order))
    // A promise would become one id for all orders.
    if (given !== undefined) return text(given) ?? skip('option_failed')
  }
  const token = eventId === 'checkout-token' ? text(order.checkout_token) : undefined
  if (token !== undefined) return checkoutEventId(token)
  return purchaseEventId(exactId(order) ?? skip('no_id'))
}
