import type { MiddlewareHandler } from 'hono'

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/**
 * Any page may send a request here, though without CORS it cannot read the answer. Browsers name the page's
 * origin on each request that changes something; tests and commands name none.
 */
export const sameOriginOnly: MiddlewareHandler = async (c, next) => {
  if (!READING.has(c.req.method) && !isOwn(c.req.raw)) {
    return c.json({ error: { message: 'Other origins may not change anything here.' } }, 403)
  }
  return next()
}

function isOwn({ headers, url }: Request): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return false
  const origin = headers.get('origin')
  if (origin === null) return true
  // The host alone: behind a proxy that ends TLS, this side is plain http.
  return URL.canParse(origin) && new URL(origin).host === new URL(url).host
}
