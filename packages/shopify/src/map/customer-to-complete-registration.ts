import { guarded, skip } from '../read/guarded.ts'
import { text } from '../read/read.ts'
import { exactId } from '../read/shopify-id.ts'
import type { ShopifyCustomer } from '../read/shopify-payloads.ts'
import { customerEventId } from './event-ids.ts'
import { eventTime } from './event-time.ts'
import type { Mapped } from './mapped.ts'
import type { MappingOptions } from './mapping-options.ts'
import { topicOf } from './order-rules.ts'
import { saleFields } from './sale-fields.ts'

/**
 * The CompleteRegistration of a `customers/create` or `customers/enable` payload, or why it is none. Shopify also makes customers
 * of guests, imports and invitations: only an enabled account is a registration.
 */
export function customerToCompleteRegistration(
  customer: ShopifyCustomer,
  options: MappingOptions = {},
): Mapped {
  return guarded(customer, options, () => {
    if (customer.state !== 'enabled') return { skipped: 'no_account' }
    const event_id = customerEventId(exactId(customer) ?? skip('no_id'))
    // Enabled later than created: a guest of last year who opens an account today.
    const times =
      topicOf(options) === 'customers/enable'
        ? [options.triggeredAt, customer.updated_at]
        : [customer.created_at]
    const fields = saleFields(
      { customer },
      event_id,
      (_, actionSource) => eventTime(times, actionSource, options),
      options,
    )
    return {
      event: {
        event_name: 'CompleteRegistration',
        ...fields,
        custom_data: { status: text(customer.state) },
      },
    }
  })
}
