import type { OptionTable } from '@capi/core/adapter'
import { demand } from '../read/demand.ts'

/**
 * What is known of an order. `pending`: its `orders/create` was skipped, for it was not paid. `paid`: its `orders/paid` came.
 * `sold`: a Purchase was made when it was paid.
 */
export type OrderMark = 'pending' | 'paid' | 'sold'

/** An order, by its shop and Shopify's number. */
export interface OrderKey {
  /** The shop's `myshopify.com` domain. */
  readonly shop: string
  /** Shopify's number of the order, digits. */
  readonly orderId: string
}

/**
 * Remembers which orders were skipped as pending, so that an `orders/paid` is a sale for these only, and once. Shopify may pay out a
 * deposit or an edit months after the order. A store may answer at once or with a promise; when it fails, the delivery is answered
 * 503, and Shopify sends it again.
 */
export interface OrderStore {
  /**
   * Adds the mark to the order and returns all marks it has now. Two processes that mark one order at once: at least one of them
   * must see both marks. Keep marks for at least 90 days after the last one.
   */
  mark(order: OrderKey, mark: OrderMark): readonly OrderMark[] | Promise<readonly OrderMark[]>
  /** Forgets these orders of a shop; without `orderIds`, all of them. */
  forget(shop: string, orderIds?: readonly string[]): void | Promise<void>
}

/** How long orders are remembered. */
export interface OrderStoreOptions {
  /** How long an order is remembered after its last mark, milliseconds; at least 90 days, default 120 days. */
  readonly ttlMs?: number | undefined
  /** Default `Date.now`. */
  readonly now?: (() => number) | undefined
}

export const ORDER_STORE_OPTIONS = {
  ttlMs: 'any',
  now: 'any',
} as const satisfies OptionTable<OrderStoreOptions>

const DAY_MS = 86_400_000
const DEFAULT_DAYS = 120
const LEAST_DAYS = 90

/** Time and bounds, with defaults. @throws CapiConfigError */
export function orderLimits({ ttlMs = DEFAULT_DAYS * DAY_MS, now = Date.now }: OrderStoreOptions) {
  demand(
    Number.isFinite(ttlMs) && ttlMs >= LEAST_DAYS * DAY_MS,
    'ttlMs',
    `of an order store must be ${LEAST_DAYS} days or more, in milliseconds: balances of deposits are paid that late`,
  )
  demand(typeof now === 'function', 'now', 'must be a function')
  return { ttlMs, now }
}
