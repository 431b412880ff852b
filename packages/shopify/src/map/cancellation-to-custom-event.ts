import { orderData } from '../money/order-data.ts'
import { guarded, skip } from '../read/guarded.ts'
import { exactId } from '../read/shopify-id.ts'
import type { ShopifyOrder } from '../read/shopify-payloads.ts'
import { afterSaleFields } from './after-sale-fields.ts'
import { cancellationEventId } from './event-ids.ts'
import type { Mapped } from './mapped.ts'
import type { MappingOptions } from './mapping-options.ts'
import { isCancelled, isFiltered, isUnwantedTest } from './order-rules.ts'

/**
 * The custom event `OrderCancelled` of an `orders/cancelled` payload, or why it is none. Meta has no event that takes a
 * Purchase back: this one is for your own reports and audiences.
 */
export function cancellationToCustomEvent(
  order: ShopifyOrder,
  options: MappingOptions = {},
): Mapped {
  return guarded(order, options, () => {
    if (isUnwantedTest(order, options)) return { skipped: 'test' }
    if (isFiltered(order, options)) return { skipped: 'filtered' }
    if (!isCancelled(order)) return { skipped: 'not_cancelled' }
    const event_id = cancellationEventId(exactId(order) ?? skip('no_id'))
    const fields = afterSaleFields(order, event_id, [order.cancelled_at], options)
    return {
      event: { event_name: 'OrderCancelled', ...fields, custom_data: orderData(order, options) },
    }
  })
}
