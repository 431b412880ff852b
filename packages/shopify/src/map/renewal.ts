import { text } from '../read/read.ts'
import type { ShopifyOrder } from '../read/shopify-payloads.ts'

/** Orders made from a subscription contract; the first name was used until 2023. Order payloads name no selling plan. */
const RENEWAL_SOURCES: ReadonlySet<unknown> = new Set([
  'subscription_contract',
  'subscription_contract_checkout_one',
])
/** Recharge tags its orders; the first one of a subscription is the shopper's own purchase. */
const RENEWAL_TAG = 'subscription recurring order'
const FIRST_ORDER_TAG = 'subscription first order'

/** Whether a subscription made this order, and not the shopper. Source: Shopify and Recharge order data, read 2026-09. */
export function isRenewal(order: ShopifyOrder): boolean {
  const tags = (text(order.tags) ?? '').split(',').map((tag) => tag.trim().toLowerCase())
  if (tags.includes(FIRST_ORDER_TAG)) return false
  return RENEWAL_SOURCES.has(order.source_name) || tags.includes(RENEWAL_TAG)
}
