import { upsellData } from '../money/order-data.ts'
import type { ShopifyOrderEdit } from '../read/after-sale-payloads.ts'
import { guarded, skip } from '../read/guarded.ts'
import { record } from '../read/read.ts'
import { digitsOf } from '../read/shopify-id.ts'
import type { ShopifyOrder } from '../read/shopify-payloads.ts'
import { afterSaleFields } from './after-sale-fields.ts'
import { editEventId } from './event-ids.ts'
import type { Mapped } from './mapped.ts'
import type { MappingOptions } from './mapping-options.ts'
import { isFiltered, isUnwantedTest } from './order-rules.ts'

/** How an edit is read, and the order it belongs to. */
export interface EditOptions extends MappingOptions {
  /** The order after the edit, from your database or the Admin API: an edit alone knows neither person nor price. */
  readonly order?: ShopifyOrder | undefined
}

/**
 * What an `orders/edited` payload added, a post-purchase upsell for example: the custom event `OrderUpsell`, or with `upsells: 'purchase'` a
 * Purchase of its own, with the value of the added items alone. Or why it is none.
 */
export function editToUpsell(edit: ShopifyOrderEdit, options: EditOptions = {}): Mapped {
  return guarded(edit, options, () => {
    const { id, committed_at, created_at, line_items } = record(edit.order_edit)
    const order: ShopifyOrder = record(options.order)
    if (isUnwantedTest(order, options)) return { skipped: 'test' }
    if (isFiltered(order, options)) return { skipped: 'filtered' }
    const event_id = editEventId(digitsOf(id) ?? skip('no_id'))
    const custom_data = upsellData(order, record(line_items).additions, options)
    const fields = afterSaleFields(order, event_id, [committed_at, created_at], options)
    const event_name = options.upsells === 'purchase' ? 'Purchase' : 'OrderUpsell'
    return { event: { event_name, ...fields, custom_data } }
  })
}
