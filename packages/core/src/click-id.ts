/**
 * The click ids of Meta's cookies, and nothing else: a page can afford it.
 * @example
 * const fbclid = new URLSearchParams(location.search).get('fbclid')
 * const fbc = createFbc(fbclid, Date.now())
 */
export { createFbc, type Fbc, parseFbc } from './click-id/fbc.ts'
export { createFbp, type Fbp, parseFbp } from './click-id/fbp.ts'
