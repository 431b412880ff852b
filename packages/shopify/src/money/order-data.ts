import type { PurchaseData } from '@capi/core'
import type { MappingRules } from '../map/mapping-options.ts'
import { exactId } from '../read/shopify-id.ts'
import type { ShopifyOrder } from '../read/shopify-payloads.ts'
import { toNumber } from './amount.ts'
import { contentFields, portionsOf } from './contents.ts'
import { worthOf } from './money.ts'

/** What was bought and for how much. */
export function saleData(sale: ShopifyOrder, rules: MappingRules): PurchaseData {
  const { value, tender } = worthOf(sale, rules)
  const portions = portionsOf(sale, tender, rules)
  const { currency } = tender
  return { value: toNumber(value), currency, ...contentFields(portions, currency, rules.contentId) }
}

/** The same with the number of the order. */
export function orderData(order: ShopifyOrder, rules: MappingRules): PurchaseData {
  const order_id = exactId(order)
  return { ...saleData(order, rules), ...(order_id === undefined ? {} : { order_id }) }
}
