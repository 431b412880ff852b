import type { IdentityKey, IdentityOwner } from '../identity/identity-store.ts'
import { cleanToken } from '../identity/token.ts'
import { digitsOf, exactId } from '../read/shopify-id.ts'
import type { ShopifyId } from '../read/shopify-payloads.ts'
import type { EventTopic } from './topics.ts'

type Payload = Readonly<Record<string, unknown>>

/** The id of an object that may be missing. */
function idOf(thing: unknown): string | undefined {
  return typeof thing === 'object' && thing !== null ? exactId(thing) : undefined
}

/** By what the identity of a payload's shopper is found; undefined where it names neither cart nor checkout. */
export function identityKey(
  shop: string,
  { checkoutToken: field }: EventTopic,
  payload: Payload,
): IdentityKey | undefined {
  const cartToken = cleanToken(payload['cart_token'])
  const checkoutToken = field === undefined ? undefined : cleanToken(payload[field])
  if (cartToken === undefined && checkoutToken === undefined) return undefined
  return { shop, cartToken, checkoutToken }
}

export function ownerOf({ idOf: whose }: EventTopic, payload: Payload): IdentityOwner {
  const isCustomer = whose === 'customer'
  return {
    customerId: idOf(isCustomer ? payload : payload['customer']),
    orderId: whose === 'order' ? idOf(payload) : undefined,
  }
}

/** Whom `customers/redact` names. Source: shopify.dev, Privacy law compliance, read 2026-09. */
export function redactedOwners(payload: Payload): readonly IdentityOwner[] {
  const orders = payload['orders_to_redact']
  return [
    { customerId: idOf(payload['customer']) },
    ...(Array.isArray(orders) ? orders : []).map((id: ShopifyId) => ({ orderId: digitsOf(id) })),
  ]
}

/** The shop that the signed body itself names; the header is not signed. */
export function shopOfBody(payload: Payload): unknown {
  return payload['shop_domain'] ?? payload['myshopify_domain']
}
