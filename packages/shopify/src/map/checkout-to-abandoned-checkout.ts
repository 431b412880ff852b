import { saleData } from '../money/order-data.ts'
import { guarded, skip } from '../read/guarded.ts'
import { text } from '../read/read.ts'
import type { ShopifyCheckout } from '../read/shopify-payloads.ts'
import { afterSaleFields } from './after-sale-fields.ts'
import { abandonedEventId } from './event-ids.ts'
import type { Mapped } from './mapped.ts'
import type { MappingOptions } from './mapping-options.ts'

/**
 * The custom event `AbandonedCheckout` of a checkout that you found abandoned, in the Admin API's list of such or by a timer of your own:
 * Shopify has no webhook for it. A completed one is none.
 */
export function checkoutToAbandonedCheckout(
  checkout: ShopifyCheckout,
  options: MappingOptions = {},
): Mapped {
  return guarded(checkout, options, () => {
    if (text(checkout.completed_at) !== undefined) return { skipped: 'completed' }
    const event_id = abandonedEventId(text(checkout.token) ?? skip('no_id'))
    const times = [checkout.updated_at, checkout.created_at]
    const fields = afterSaleFields(checkout, event_id, times, options)
    const custom_data = saleData(checkout, options)
    return { event: { event_name: 'AbandonedCheckout', ...fields, custom_data } }
  })
}
