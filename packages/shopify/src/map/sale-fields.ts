import type { EventFields } from '@capi/core'
import { browserOf } from '../person/browser.ts'
import { personOf } from '../person/person.ts'
import { defined } from '../read/read.ts'
import type { ShopifyCheckout } from '../read/shopify-payloads.ts'
import { placeOf } from './action-source.ts'
import { dataProcessing } from './consent.ts'
import { eventFields } from './event-fields.ts'
import type { MappingOptions, OrderActionSource } from './mapping-options.ts'
import { pageOf, webAddress } from './page.ts'

type TimeOf<S> = (sale: S, actionSource: OrderActionSource, options: MappingOptions) => number

/** Who bought, where and when. */
export function saleFields<S extends ShopifyCheckout>(
  sale: S,
  event_id: string,
  timeOf: TimeOf<S>,
  options: MappingOptions,
): EventFields {
  const page = pageOf(sale, options)
  const { actionSource, isShoppersBrowser } = placeOf(sale, page, options)
  return eventFields({
    actionSource,
    event_id,
    event_time: timeOf(sale, actionSource, options),
    person: personOf(sale),
    browser: browserOf(sale, isShoppersBrowser, options),
    page: defined({
      event_source_url: page,
      referrer_url: webAddress(sale.referring_site)?.href,
    }),
    dataProcessing: dataProcessing(sale, options),
  })
}
