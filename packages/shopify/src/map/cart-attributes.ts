import { records, text } from '../read/read.ts'
import type { ShopifyOrder } from '../read/shopify-payloads.ts'

/**
 * Cart attributes by which a storefront hands ids to the order. Two underscores in front make them private: not shown in
 * themes, and no page falls out of Shopify's cache. Source: Shopify, Liquid reference, cart.attributes, read 2026-09.
 */
export const CART_ATTRIBUTES = {
  fbp: '__capi_fbp',
  fbc: '__capi_fbc',
  consent: '__capi_consent',
} as const

/** The first of these attributes that says something. */
export function cartAttribute(order: ShopifyOrder, names: readonly string[]): string | undefined {
  const attributes = records(order.note_attributes)
  for (const name of names) {
    const found = text(attributes.find((attribute) => attribute.name === name)?.value)
    if (found !== undefined) return found
  }
  return undefined
}
