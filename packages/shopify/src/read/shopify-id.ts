import type { ShopifyId } from './shopify-payloads.ts'

const DIGITS = /^\d{1,20}$/

/**
 * Digits of an id as the payload holds it. A number beyond 2^53 has lost some in `JSON.parse`: it names another
 * product, or none, and is refused.
 */
export function digitsOf(id: ShopifyId | undefined): string | undefined {
  const isExact = typeof id === 'number' ? Number.isSafeInteger(id) : typeof id !== 'object'
  const digits = isExact ? String(id) : ''
  return DIGITS.test(digits) ? digits : undefined
}

/** Digits at the end of `gid://shopify/Order/<id>`, which are exact, else of `id`. */
export function exactId(resource: {
  readonly admin_graphql_api_id?: string | null
  readonly id?: ShopifyId
}): string | undefined {
  const gid = resource.admin_graphql_api_id
  const tail = typeof gid === 'string' ? /\/(\d{1,20})$/.exec(gid)?.[1] : undefined
  return tail ?? digitsOf(resource.id)
}
