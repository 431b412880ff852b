import { refundData } from '../money/refund-data.ts'
import type { ShopifyRefund } from '../read/after-sale-payloads.ts'
import { guarded, skip } from '../read/guarded.ts'
import { record, records } from '../read/read.ts'
import { digitsOf, exactId } from '../read/shopify-id.ts'
import type { ShopifyOrder } from '../read/shopify-payloads.ts'
import { afterSaleFields } from './after-sale-fields.ts'
import { refundEventId } from './event-ids.ts'
import type { Mapped } from './mapped.ts'
import type { MappingOptions } from './mapping-options.ts'
import { isFiltered, isUnwantedTest } from './order-rules.ts'

/** How a refund is read, and the order it belongs to. */
export interface RefundOptions extends MappingOptions {
  /** The order it belongs to, from your database or the Admin API: a refund alone knows no person. */
  readonly order?: ShopifyOrder | undefined
}

/**
 * The custom event `OrderRefunded` of a `refunds/create` payload, or why it is none. Meta has no event that takes a
 * Purchase back: this one is for your own reports and audiences.
 */
export function refundToCustomEvent(refund: ShopifyRefund, options: RefundOptions = {}): Mapped {
  return guarded(refund, options, () => {
    const order = record(options.order)
    const transactions = records(refund.transactions)
    if ([order, ...transactions].some((one) => isUnwantedTest(one, options)))
      return { skipped: 'test' }
    if (options.order !== undefined && isFiltered(order, options)) return { skipped: 'filtered' }
    const event_id = refundEventId(exactId(refund) ?? skip('no_id'))
    const times = [refund.processed_at, refund.created_at]
    const fields = afterSaleFields(order, event_id, times, options)
    const order_id = exactId(order) ?? digitsOf(refund.order_id)
    const custom_data = {
      ...refundData(refund, order, options),
      ...(order_id === undefined ? {} : { order_id }),
    }
    return { event: { event_name: 'OrderRefunded', ...fields, custom_data } }
  })
}
