import { orderData } from '../money/order-data.ts'
import type { ShopifySubscription } from '../read/after-sale-payloads.ts'
import { guarded, skip } from '../read/guarded.ts'
import { exactId } from '../read/shopify-id.ts'
import type { ShopifyOrder } from '../read/shopify-payloads.ts'
import { subscriptionEventId } from './event-ids.ts'
import { eventTime } from './event-time.ts'
import type { Mapped } from './mapped.ts'
import type { MappingOptions } from './mapping-options.ts'
import { isFiltered, isUnwantedTest } from './order-rules.ts'
import { saleFields } from './sale-fields.ts'

/** How a subscription is read, and the order that began it. */
export interface SubscriptionOptions extends MappingOptions {
  /** The order that began it, for the person and the value; a contract names the customer's number only. */
  readonly order?: ShopifyOrder | undefined
}

/**
 * The Subscribe of a `subscription_contracts/create` payload, or why it is none: with the value of the order that began it, where that is
 * known. Contracts that are not active are none.
 */
export function subscriptionToSubscribe(
  contract: ShopifySubscription,
  options: SubscriptionOptions = {},
): Mapped {
  return guarded(contract, options, () => {
    const { order } = options
    const customer = {
      id: contract.customer_id ?? null,
      admin_graphql_api_id: contract.admin_graphql_api_customer_id ?? null,
    }
    const sale: ShopifyOrder = order ?? { customer }
    if (isUnwantedTest(sale, options)) return { skipped: 'test' }
    if (order !== undefined && isFiltered(order, options)) return { skipped: 'filtered' }
    if (contract.status !== undefined && contract.status !== 'active')
      return { skipped: 'not_active' }
    const event_id = subscriptionEventId(exactId(contract) ?? skip('no_id'))
    const fields = saleFields(
      sale,
      event_id,
      ({ processed_at, created_at }, actionSource) =>
        eventTime([options.triggeredAt, processed_at, created_at], actionSource, options),
      options,
    )
    const custom_data = order === undefined ? {} : orderData(order, options)
    return { event: { event_name: 'Subscribe', ...fields, custom_data } }
  })
}
