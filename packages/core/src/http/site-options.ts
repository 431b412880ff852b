/**
 * Whether pages' addresses can begin with it: `https://shop.example`, also with a path.
 * @internal
 */
export function isSiteAddress(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\/[^/?#]/i.test(value)
}

/**
 * Whether a page's address can be it: a whole one, or a path of the site.
 * @internal
 */
export function isPageAddress(value: unknown): boolean {
  return typeof value === 'string' && /^(?:\/|https?:\/\/[^/?#])/i.test(value)
}

/**
 * Whether a cookie's domain can be it: a host name alone. A leading dot is how old cookies were written.
 * @internal
 */
export function isCookieDomain(value: unknown): boolean {
  return typeof value === 'string' && /^\.?[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i.test(value)
}
