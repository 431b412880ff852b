import { saleData } from '../money/order-data.ts'
import { guarded, skip } from '../read/guarded.ts'
import { text } from '../read/read.ts'
import type { ShopifyCheckout } from '../read/shopify-payloads.ts'
import { checkoutEventId } from './event-ids.ts'
import { eventTime } from './event-time.ts'
import type { Mapped } from './mapped.ts'
import type { MappingOptions } from './mapping-options.ts'
import { saleFields } from './sale-fields.ts'

/**
 * The InitiateCheckout of a `checkouts/create` payload, or why it is none. The payload has neither address nor agent of the
 * browser: without `identity` it is no `website` event, and often matches no person.
 */
export function checkoutToInitiateCheckout(
  checkout: ShopifyCheckout,
  options: MappingOptions = {},
): Mapped {
  return guarded(checkout, options, () => {
    const event_id = checkoutEventId(text(checkout.token) ?? skip('no_id'))
    const fields = saleFields(
      checkout,
      event_id,
      (_, actionSource) => eventTime([checkout.created_at], actionSource, options),
      options,
    )
    return {
      event: {
        event_name: 'InitiateCheckout',
        ...fields,
        custom_data: saleData(checkout, options),
      },
    }
  })
}
