import type { EventFields } from '@capi/core'
import { browserOf } from '../person/browser.ts'
import { personOf } from '../person/person.ts'
import type { ShopifyOrder } from '../read/shopify-payloads.ts'
import { dataProcessing } from './consent.ts'
import { eventFields } from './event-fields.ts'
import { eventTime } from './event-time.ts'
import type { MappingOptions } from './mapping-options.ts'

/** What comes after the sale happens in no browser: that of the sale is left out. */
export function afterSaleFields(
  order: ShopifyOrder,
  event_id: string,
  times: readonly unknown[],
  options: MappingOptions,
): EventFields {
  return eventFields({
    actionSource: 'other',
    event_id,
    event_time: eventTime(times, 'other', options),
    person: personOf(order),
    browser: browserOf(order, false, options),
    dataProcessing: dataProcessing(order, options),
  })
}
