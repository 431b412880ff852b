import { hostOf } from '../field/host-of.ts'
import { type CookieDomain, cookiePlace } from './cookie-domain.ts'
import { headerOf, type RequestLike } from './request-like.ts'

/** What navigates, in a tab or in a frame of a page. Source: Fetch, request destinations, read 2026-11. */
const DOCUMENTS: readonly string[] = [
  'document',
  'iframe',
  'frame',
  'embed',
  'object',
  'fencedframe',
]

/**
 * Whether a page, or a frame of one, is asked for, by a link or a form. Else a page's script asks (`fetch`), or a part of
 * a page is loaded, and the address asked for is no page's.
 */
export function isDocumentRequest(request: RequestLike): boolean {
  const destination = headerOf(request, 'sec-fetch-dest')
  if (destination !== undefined) return DOCUMENTS.includes(destination)
  // Browsers before 2023, and every browser on plain http, do not say.
  const accepted = headerOf(request, 'accept')
  return accepted === undefined || accepted.includes('text/html')
}

/** What is known of the site beside the request. */
export interface Site {
  /** The address that was asked for. */
  readonly visited: string | undefined
  readonly siteUrl: string | undefined
  readonly cookieDomain: CookieDomain | undefined
}

/**
 * Whether the page that sent the request is one of the site: on the host of the request or of `siteUrl`, above or below
 * it, under the same `cookieDomain`, or so says the browser (`Sec-Fetch-Site`, which no page can set). Two hosts
 * beside each other are not compared: without a list of public suffixes, strangers under `co.uk` would be one site.
 */
export function isSameSite(request: RequestLike, page: string, site: Site): boolean {
  const { visited, siteUrl, cookieDomain } = site
  const relation = headerOf(request, 'sec-fetch-site')
  if (relation === 'same-origin' || relation === 'same-site') return true
  const own = relation === undefined ? (siteUrl ?? visited) : siteUrl
  if (own !== undefined && isRelated(siteOf(page), siteOf(own))) return true
  const { domain } = cookiePlace(page, cookieDomain)
  if (domain === undefined) return false
  return typeof cookieDomain === 'string' || cookiePlace(visited, cookieDomain).domain === domain
}

function isRelated(one: string, other: string): boolean {
  if (one === '' || other === '') return false
  return one === other || one.endsWith(`.${other}`) || other.endsWith(`.${one}`)
}

const siteOf = (url: string) => hostOf(url).replace(/^www\./, '')
