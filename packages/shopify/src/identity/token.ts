/**
 * A cart's or checkout's token: of the Ajax API's `token?key=…` and the Storefront API's
 * `gid://shopify/Cart/token?key=…` the part that orders repeat. Undefined when it has not the form of one.
 */
export function cleanToken(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 300) return undefined
  const [token = ''] = value.replace(/^gid:\/\/shopify\/Cart\//, '').split('?')
  // Guessing a short one would let a stranger write to somebody's order.
  return /^[\w-]{16,128}$/.test(token) ? token : undefined
}
