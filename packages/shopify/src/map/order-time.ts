import type { ShopifyOrder } from '../read/shopify-payloads.ts'
import { eventTime, isStale, nowMs, secondsOf } from './event-time.ts'
import type { MappingOptions, OrderActionSource } from './mapping-options.ts'
import { topicOf, waitsForPayment } from './order-rules.ts'

const DAY_SEC = 86_400

/**
 * When the shopper bought: `processed_at`, which imports set to the past, else `created_at`. Where the payment is the sale and
 * came too late for that time, the sale is the payment's delivery.
 * @throws Skip `stale`
 */
export function orderTime(
  order: ShopifyOrder,
  actionSource: OrderActionSource,
  options: MappingOptions,
): number {
  const times = isPaidLate(order, actionSource, options)
    ? [options.triggeredAt]
    : [order.processed_at, order.created_at]
  return eventTime(times, actionSource, options)
}

/** An import was created long after it was processed; it is no late payment. */
function isPaidLate(
  order: ShopifyOrder,
  actionSource: OrderActionSource,
  options: MappingOptions,
): boolean {
  const isSalesPayment = options.purchaseOn === 'orders/paid' || waitsForPayment(options)
  if (!isSalesPayment || topicOf(options) !== 'orders/paid') return false
  const placed = secondsOf([order.processed_at, order.created_at])
  const created = secondsOf([order.created_at])
  if (placed === undefined || created === undefined || options.triggeredAt === undefined)
    return false
  const nowSec = Math.floor(nowMs(options) / 1000)
  return isStale(placed, nowSec, actionSource) && created - placed < DAY_SEC
}
