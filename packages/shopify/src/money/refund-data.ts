import type { PurchaseData } from '@capi/core'
import { contentIdOf } from '../map/content-id.ts'
import type { MappingRules } from '../map/mapping-options.ts'
import type { RefundTransaction, ShopifyRefund } from '../read/after-sale-payloads.ts'
import { skip } from '../read/guarded.ts'
import { firstOf, record, records } from '../read/read.ts'
import type { ShopifyOrder } from '../read/shopify-payloads.ts'
import { type Amount, toNumber } from './amount.ts'
import { contentFields, type Portion } from './contents.ts'
import { amountOf, currencyOf, type Tender } from './tender.ts'

/**
 * What was given back. Transactions have all of it, shipping too, in the currency of the payment; where that is not the one asked
 * for, the lines with their taxes.
 * @throws Skip `no_value` for a refund without money, as when goods only go back to stock or are exchanged
 */
export function refundData(
  refund: ShopifyRefund,
  order: ShopifyOrder,
  rules: MappingRules,
): PurchaseData {
  const tender = tenderOf(refund, order, rules) ?? skip('no_value')
  if (!isPaidBack(refund)) return skip('no_value')
  const value = paidBack(refund, tender) ?? linesWorth(refund, tender) ?? skip('no_value')
  if (value <= 0n) return skip('no_value')
  const { currency } = tender
  const contents = contentFields(
    portionsOf(refund, order, tender, rules),
    currency,
    rules.contentId,
  )
  return { value: toNumber(value), currency, ...contents }
}

function tenderOf(
  refund: ShopifyRefund,
  order: ShopifyOrder,
  rules: MappingRules,
): Tender | undefined {
  const side = rules.money === 'presentment' ? 'presentment_money' : 'shop_money'
  const ofLines = firstOf(records(refund.refund_line_items), ({ subtotal_set }) =>
    currencyOf(record(record(subtotal_set)[side]).currency_code),
  )
  const ofOrder = currencyOf(side === 'shop_money' ? order.currency : order.presentment_currency)
  const ofPayment = firstOf(records(refund.transactions), ({ currency }) => currencyOf(currency))
  const currency = ofLines ?? ofOrder ?? ofPayment
  return currency === undefined ? undefined : { side, currency, isScalar: side === 'shop_money' }
}

/** Payments that went back; undefined where the payload does not say. An exchange has a list without any. */
function paymentsOf({ transactions }: ShopifyRefund): readonly RefundTransaction[] | undefined {
  if (!Array.isArray(transactions)) return undefined
  return records<RefundTransaction>(transactions).filter(
    ({ kind, status }) => kind === 'refund' && status === 'success',
  )
}

function isPaidBack(refund: ShopifyRefund): boolean {
  return paymentsOf(refund)?.length !== 0
}

function paidBack(refund: ShopifyRefund, tender: Tender): Amount | undefined {
  const payments = paymentsOf(refund) ?? []
  return sum(
    payments.map(({ amount, amount_set, currency }) => {
      const own = currencyOf(currency)
      // Without a currency of its own, a payment is in the shop's.
      const isScalar = own === undefined ? tender.isScalar : own === tender.currency
      return amountOf(amount_set, amount, { ...tender, isScalar })
    }),
  )
}

function linesWorth(refund: ShopifyRefund, tender: Tender): Amount | undefined {
  return sum(
    records(refund.refund_line_items).flatMap(({ subtotal_set, total_tax_set }) => [
      amountOf(subtotal_set, undefined, tender),
      amountOf(total_tax_set, undefined, tender) ?? 0n,
    ]),
  )
}

/** Undefined where one is unknown, or where there is none. */
function sum(amounts: readonly (Amount | undefined)[]): Amount | undefined {
  if (amounts.length === 0) return undefined
  return amounts.reduce<Amount | undefined>(
    (total, amount) => (total === undefined || amount === undefined ? undefined : total + amount),
    0n,
  )
}

function portionsOf(
  refund: ShopifyRefund,
  order: ShopifyOrder,
  tender: Tender,
  rules: MappingRules,
): Portion[] {
  return records(refund.refund_line_items).map(({ line_item, quantity, subtotal_set }) => ({
    id: contentIdOf(record(line_item), order, rules.contentId),
    quantity: Number.isSafeInteger(quantity) ? Math.max(Number(quantity), 0) : 1,
    total: amountOf(subtotal_set, undefined, tender),
  }))
}
