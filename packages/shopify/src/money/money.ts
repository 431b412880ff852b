import type { MappingRules } from '../map/mapping-options.ts'
import { ask, skip } from '../read/guarded.ts'
import { firstOf, record } from '../read/read.ts'
import type { ShopifyOrder } from '../read/shopify-payloads.ts'
import { type Amount, parseAmount } from './amount.ts'
import { partsTotal } from './parts-total.ts'
import { amountOf, currencyOf, type Tender } from './tender.ts'

const SIDES = {
  shop: ['shop_money'],
  presentment: ['presentment_money', 'shop_money'],
} as const

/** In order: checkouts and old payloads have no current total. */
const VALUE_FIELDS = {
  total: ['total_price'],
  subtotal: ['subtotal_price'],
  current_total: ['current_total_price', 'total_price'],
} as const

type ValueField = (typeof VALUE_FIELDS)[keyof typeof VALUE_FIELDS][number]

/**
 * What the sale is worth, and in which money. Without presentment money, as in checkouts, it is the shop's.
 * @throws Skip `no_value`
 */
export function worthOf(
  order: ShopifyOrder,
  rules: MappingRules,
): { readonly value: Amount; readonly tender: Tender } {
  const worth = firstOf(SIDES[rules.money ?? 'shop'], (side) => {
    const tender = tenderOf(order, side)
    if (tender === undefined) return undefined
    const value = saleValue(order, tender, rules)
    return value === undefined || value < 0n ? undefined : { value, tender }
  })
  return worth ?? skip('no_value')
}

function tenderOf(order: ShopifyOrder, side: Tender['side']): Tender | undefined {
  const inSet = currencyOf(record(record(order.total_price_set)[side]).currency_code)
  const [shop, presentment] = [currencyOf(order.currency), currencyOf(order.presentment_currency)]
  const currency = inSet ?? (side === 'shop_money' ? shop : presentment)
  if (currency === undefined) return undefined
  return { side, currency, isScalar: side === 'shop_money' || currency === shop }
}

function saleValue(order: ShopifyOrder, tender: Tender, rules: MappingRules): Amount | undefined {
  const { value = 'total' } = rules
  if (typeof value === 'function') return parseAmount(ask(() => value(order)))
  if (typeof value === 'object') {
    const total = amountOf(order.total_price_set, order.total_price, tender)
    return total === undefined ? undefined : partsTotal(order, total, tender, value)
  }
  return firstOf<ValueField, Amount>(VALUE_FIELDS[value], (field) =>
    amountOf(order[`${field}_set`], order[field], tender),
  )
}
