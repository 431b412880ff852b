import type { PurchaseData } from '@capi/core'
import { deliveryCategory } from '../map/delivery-category.ts'
import type { MappingRules } from '../map/mapping-options.ts'
import type { OrderEditLine } from '../read/after-sale-payloads.ts'
import { ask, skip } from '../read/guarded.ts'
import { defined, isRecord, records } from '../read/read.ts'
import { digitsOf, exactId } from '../read/shopify-id.ts'
import type { ShopifyOrder } from '../read/shopify-payloads.ts'
import { toNumber } from './amount.ts'
import { contentFields, type Portion, portionOf, portionsOf } from './contents.ts'
import { worthOf } from './money.ts'

/** What was bought and for how much. */
export function saleData(sale: ShopifyOrder, rules: MappingRules): PurchaseData {
  const { value, tender } = worthOf(sale, rules)
  const portions = portionsOf(sale, tender, rules)
  const { currency } = tender
  return { value: toNumber(value), currency, ...contentFields(portions, currency, rules.contentId) }
}

/** The same with the number of the order, how it reaches the shopper, and what the shop adds. */
export function orderData(order: ShopifyOrder, rules: MappingRules): PurchaseData {
  const known = {
    order_id: exactId(order),
    delivery_category: deliveryCategory(order),
  }
  return { ...saleData(order, rules), ...defined(known), ...ownData(order, rules) }
}

/** What an edit added to the order. @throws Skip `no_value` where nothing was, or the order does not have it. */
export function upsellData(
  order: ShopifyOrder,
  additions: readonly OrderEditLine[] | null | undefined,
  rules: MappingRules,
): PurchaseData {
  const { tender } = worthOf(order, { ...rules, value: 'total' })
  const { currency } = tender
  const lines = records(order.line_items)
  const portions = records(additions).map(({ id, delta }): Portion => {
    const line = lines.find((one) => one.id !== undefined && digitsOf(one.id) === digitsOf(id))
    const count = Number.isSafeInteger(delta) && Number(delta) > 0 ? Number(delta) : 1
    return portionOf(line ?? skip('no_value'), order, { tender, rules, count })
  })
  let value = 0n
  for (const { total } of portions) value += total ?? skip('no_value')
  if (value === 0n) return skip('no_value')
  const contents = contentFields(portions, currency, rules.contentId)
  const order_id = exactId(order)
  return { value: toNumber(value), currency, ...contents, ...defined({ order_id }) }
}

/** @throws Skip `option_failed` where it is no object of fields. */
function ownData(order: ShopifyOrder, { customData }: MappingRules): Partial<PurchaseData> {
  const own: unknown = customData && ask(() => customData(order))
  if (own === undefined) return {}
  return isRecord(own) && !('then' in own) ? own : skip('option_failed')
}
