import type { ValueParts } from '../map/value-parts.ts'
import { record, records } from '../read/read.ts'
import type { MoneySet, ShopifyOrder, TaxLine } from '../read/shopify-payloads.ts'
import type { Amount } from './amount.ts'
import { amountOf, type Tender } from './tender.ts'

/**
 * The total without the parts that are switched off. The tax of the delivery is a part of both `shipping` and `tax`, and is taken off
 * once; where prices include taxes, it is inside of what the delivery cost. Undefined where a part that is taken off is unknown.
 */
export function partsTotal(
  order: ShopifyOrder,
  total: Amount,
  tender: Tender,
  { shipping = true, tax = true, tips = true, duties = true }: ValueParts,
): Amount | undefined {
  const off: (Amount | undefined)[] = []
  const needsShippingTax = !shipping && (order.taxes_included === true) !== tax
  const ofShipping = needsShippingTax ? shippingTax(order, tender) : 0n
  if (!shipping) off.push(shippingCost(order, tender))
  if (!tax) off.push(amountOf(order.total_tax_set, order.total_tax, tender))
  // Beside the cost, the tax of the delivery goes with it; inside of it, it must not go twice.
  if (needsShippingTax) off.push(tax ? ofShipping : ofShipping && -ofShipping)
  if (!tips) off.push(orNothing(order.total_tip_received, undefined, tender))
  if (!duties) off.push(orNothing(undefined, order.original_total_duties_set, tender))
  return off.reduce<Amount | undefined>(
    (rest, part) => (rest === undefined || part === undefined ? undefined : rest - part),
    total,
  )
}

/** What an order without such a thing has not is nothing; what is there and cannot be read is unknown. */
function orNothing(
  scalar: ShopifyOrder['total_tip_received'],
  set: MoneySet | null | undefined,
  tender: Tender,
): Amount | undefined {
  if ((scalar ?? set ?? undefined) === undefined || Number(scalar ?? 1) === 0) return 0n
  return amountOf(set, scalar, tender)
}

/** After discounts, free delivery by a code included; `total_shipping_price_set` is before them. */
function shippingCost(order: ShopifyOrder, tender: Tender): Amount | undefined {
  if (!Array.isArray(order.shipping_lines))
    return amountOf(order.total_shipping_price_set, undefined, tender)
  return sumOf(deliveries(order), (line) => {
    const price = amountOf(line.price_set, line.price, tender)
    const off = sumOf(records(line.discount_allocations), (one) =>
      amountOf(one.amount_set, one.amount, tender),
    )
    return price === undefined || off === undefined ? undefined : price - off
  })
}

/** Of the lines of the delivery; else all taxes but those of the products. */
function shippingTax(order: ShopifyOrder, tender: Tender): Amount | undefined {
  const lines = deliveries(order)
  if (Array.isArray(order.shipping_lines) && lines.every(({ tax_lines }) => tax_lines))
    return sumOf(lines, ({ tax_lines }) => taxOf(tax_lines, tender))
  const all = amountOf(order.total_tax_set, order.total_tax, tender)
  const products = records(order.line_items)
  if (all === undefined || !products.every(({ tax_lines }) => tax_lines)) return undefined
  const ofProducts = sumOf(products, ({ tax_lines }) => taxOf(tax_lines, tender))
  return ofProducts === undefined ? undefined : all - ofProducts
}

function deliveries(order: ShopifyOrder) {
  return records(order.shipping_lines).filter((line) => record(line).is_removed !== true)
}

function taxOf(lines: readonly TaxLine[] | null | undefined, tender: Tender): Amount | undefined {
  return sumOf(records(lines), ({ price, price_set }) => amountOf(price_set, price, tender))
}

function sumOf<T>(items: readonly T[], read: (item: T) => Amount | undefined): Amount | undefined {
  return items.reduce<Amount | undefined>((sum, item) => {
    const amount = read(item)
    return sum === undefined || amount === undefined ? undefined : sum + amount
  }, 0n)
}
