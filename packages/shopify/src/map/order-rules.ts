import { parseAmount } from '../money/amount.ts'
import { ask, skip } from '../read/guarded.ts'
import { record } from '../read/read.ts'
import type { ShopifyOrder } from '../read/shopify-payloads.ts'
import { isByStaff } from './action-source.ts'
import type { SkipReason } from './mapped.ts'
import type { MappingOptions, MappingRules } from './mapping-options.ts'
import { isRenewal } from './renewal.ts'

interface OrderRule {
  readonly reason: SkipReason
  readonly applies: (order: ShopifyOrder, options: MappingOptions) => boolean
}

/** Orders that are no Purchase; the first rule that applies gives the reason. */
const ORDER_RULES: readonly OrderRule[] = [
  { reason: 'other_topic', applies: (_, options) => !isSaleTopic(options) },
  { reason: 'test', applies: isUnwantedTest },
  { reason: 'filtered', applies: isFiltered },
  { reason: 'zero_value', applies: isStaffsNothing },
  { reason: 'cancelled', applies: isCancelled },
  { reason: 'voided', applies: hasStatus('voided', 'expired') },
  { reason: 'refunded', applies: hasStatus('refunded') },
  {
    reason: 'pending',
    applies: (order, { pending, marks }) =>
      pending !== 'purchase' && isPending(order) && !marks?.includes('paid'),
  },
  { reason: 'already_sold', applies: (_, { marks }) => marks?.includes('sold') === true },
  {
    reason: 'not_pending',
    applies: (_, options) => takesPaidOfPending(options) && !options.marks?.includes('pending'),
  },
  {
    reason: 'renewal',
    applies: (order, { renewals = 'skip' }) => renewals === 'skip' && isRenewal(order),
  },
]

export const isPending = hasStatus('pending', 'unpaid')

export function noPurchase(order: ShopifyOrder, options: MappingOptions): SkipReason | undefined {
  return ORDER_RULES.find(({ applies }) => applies(order, options))?.reason
}

/** Whether it was paid with a test gateway, and tests are not asked for. */
export function isUnwantedTest(
  { test }: { readonly test?: boolean | null | undefined },
  options: MappingRules,
): boolean {
  return test === true && options.test !== 'send'
}

/** Whether the shop leaves the order out. @throws Skip `option_failed` where `when` answers neither yes nor no. */
export function isFiltered(order: ShopifyOrder, { when }: MappingRules): boolean {
  const answer: unknown = when === undefined || ask(() => when(order))
  return typeof answer === 'boolean' ? !answer : skip('option_failed')
}

/** An exchange at a till, or a replacement that staff sent: not bought, a ruling of ours. */
function isStaffsNothing(order: ShopifyOrder): boolean {
  const total = record(order.total_price_set).shop_money?.amount ?? order.total_price
  return isByStaff(order) && parseAmount(total) === 0n
}

export function isCancelled(order: ShopifyOrder): boolean {
  return typeof order.cancelled_at === 'string' && order.cancelled_at !== ''
}

/** `financial_status` in lower case; `authorized` and `partially_paid` are sales. Source: Shopify, Order resource, read 2026-09. */
function hasStatus(...statuses: readonly string[]): (order: ShopifyOrder) => boolean {
  return ({ financial_status: status }) =>
    typeof status === 'string' && statuses.includes(status.toLowerCase())
}

function isSaleTopic(options: MappingOptions): boolean {
  const { purchaseOn = 'orders/create' } = options
  const topic = topicOf(options)
  return topic === undefined || topic === purchaseOn || takesPaidOfPending(options)
}

/** Whether the delivery is an `orders/paid`, which is a sale only for orders that were pending. */
function takesPaidOfPending(options: MappingOptions): boolean {
  return topicOf(options) === 'orders/paid' && waitsForPayment(options)
}

/** Whether pending orders are sold when they are paid, and all others before. */
export function waitsForPayment({ purchaseOn, pending = 'when-paid' }: MappingRules): boolean {
  return purchaseOn !== 'orders/paid' && pending === 'when-paid'
}

/** `orders/create` of `ORDERS_CREATE`: both are in use. */
export function topicOf({ topic }: MappingOptions): string | undefined {
  const lower = topic?.toLowerCase()
  return lower?.includes('/') ? lower : lower?.replace('_', '/')
}
