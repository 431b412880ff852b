import type { Content } from '@capi/core'
import { contentIdOf, contentTypeOf } from '../map/content-id.ts'
import type { MappingRules } from '../map/mapping-options.ts'
import { records } from '../read/read.ts'
import { digitsOf } from '../read/shopify-id.ts'
import type { LineItem, LineItemGroup, ShopifyOrder } from '../read/shopify-payloads.ts'
import { type Amount, smallestStep, toNumber } from './amount.ts'
import { amountOf, type Tender } from './tender.ts'

/** One product of a sale: how many, and what they cost together after every discount. */
export interface Portion {
  readonly id: string | undefined
  readonly quantity: number
  readonly total: Amount | undefined
}

/** The lines of a sale; what was edited out counts only where the value is the original one. */
export function portionsOf(order: ShopifyOrder, tender: Tender, rules: MappingRules): Portion[] {
  const isCurrent = rules.value === 'current_total'
  const bundles = rules.bundles === 'parent' ? records(order.line_item_groups) : []
  const portions: Portion[] = []
  const parts = new Map<LineItemGroup, Portion[]>()
  for (const line of records(order.line_items)) {
    const count = isCurrent ? wholeNumber(line.current_quantity) : undefined
    const portion = portionOf(line, order, { tender, rules, count })
    const group = digitsOf(line.sales_line_item_group_id)
    const bundle = group && bundles.find(({ id }) => digitsOf(id) === group)
    if (!bundle) portions.push(portion)
    else if (parts.get(bundle)?.push(portion) === undefined) parts.set(bundle, [portion])
  }
  for (const [bundle, components] of parts)
    portions.push(parentOf(bundle, components, order, rules))
  return portions
}

/** `count`: how many of it are meant; absent: as many as were ordered. */
export function portionOf(
  line: LineItem,
  order: ShopifyOrder,
  { tender, rules, count }: { tender: Tender; rules: MappingRules; count: number | undefined },
): Portion {
  const ordered = wholeNumber(line.quantity) ?? 1
  const total = lineTotal(line, ordered, tender)
  return {
    id: contentIdOf(line, order, rules.contentId),
    quantity: count ?? ordered,
    total: total && shareOf(total, count ?? ordered, ordered, tender.currency),
  }
}

/** The bundle in place of its components: what they cost together. */
function parentOf(
  bundle: LineItemGroup,
  components: readonly Portion[],
  order: ShopifyOrder,
  { contentId }: MappingRules,
): Portion {
  const isLeft = components.some(({ quantity }) => quantity > 0)
  const line: LineItem = { ...bundle, sku: bundle.variant_sku ?? null }
  return {
    id: contentIdOf(line, order, contentId),
    quantity: isLeft ? (wholeNumber(bundle.quantity) ?? 1) : 0,
    total: components.reduce<Amount | undefined>(
      (sum, { total }) => (sum === undefined || total === undefined ? undefined : sum + total),
      0n,
    ),
  }
}

/** The lines as `contents`, `content_ids`, `content_type` and `num_items`. Lines without an id count in `num_items`. */
export function contentFields(
  portions: readonly Portion[],
  currency: string,
  contentId: MappingRules['contentId'],
) {
  const bought = portions.filter(({ quantity }) => quantity > 0)
  const num_items = bought.reduce((sum, { quantity }) => sum + quantity, 0)
  const contents = bought.flatMap((portion) => contentsOf(portion, currency))
  if (contents.length === 0) return num_items > 0 ? { num_items } : {}
  const content_ids = [...new Set(contents.map(({ id }) => id))]
  return { contents, content_ids, content_type: contentTypeOf(contentId), num_items }
}

/**
 * Three for 10.00 are two at 3.33 and one at 3.34: the prices of a line add up to what was paid for it, to the cent.
 */
function contentsOf({ id, quantity, total }: Portion, currency: string): Content[] {
  if (id === undefined) return []
  if (total === undefined) return [{ id, quantity }]
  const step = smallestStep(currency, total)
  const [count, steps] = [BigInt(quantity), total / step]
  const [low, dearer] = [steps / count, Number(steps % count)]
  const entry = (many: number, price: Amount) => ({
    id,
    quantity: many,
    item_price: toNumber(price * step),
  })
  return [
    ...(quantity > dearer ? [entry(quantity - dearer, low)] : []),
    ...(dearer > 0 ? [entry(dearer, low + 1n)] : []),
  ]
}

/** `price` is before discounts, and `total_discount` leaves out those of the whole order: the allocations have all. */
function lineTotal(line: LineItem, quantity: number, tender: Tender): Amount | undefined {
  const price = amountOf(line.price_set, line.price, tender)
  if (price === undefined) return undefined
  const gross = price * BigInt(quantity)
  const net = records(line.discount_allocations).reduce<Amount | undefined>((rest, discount) => {
    const off = amountOf(discount.amount_set, discount.amount, tender)
    return rest === undefined || off === undefined ? undefined : rest - off
  }, gross)
  return net === undefined || net < 0n ? undefined : net
}

/** What of it is left after some were taken back, in whole coins. */
function shareOf(total: Amount, part: number, whole: number, currency: string): Amount | undefined {
  if (part === whole) return total
  if (whole === 0) return undefined
  const step = smallestStep(currency, total)
  return (((total / step) * BigInt(part)) / BigInt(whole)) * step
}

function wholeNumber(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined
}
