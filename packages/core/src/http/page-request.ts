import { headerOf, type RequestLike } from './request-like.ts'

/** Safari, Firefox of old and Facebook's app say each in their own way that a page is fetched ahead. */
const PURPOSES = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz']

/**
 * Programs that read pages, as they name themselves (a CUBOT is a telephone), and pages that Facebook's app fetches
 * before anybody taps on them (`FBRV/` and a number above 0; crawler-user-agents #73, read 2026-11).
 */
const NOBODY =
  /(?<!cu)bot(?![a-z])|crawl|spider|slurp|archiver|facebookexternal|facebookcatalog|meta-external|meta-webindexer|googleother|google-inspection|mediapartners|lighthouse|preview|^whatsapp|chatgpt-user|FBRV\/[1-9]/i
/** Longer than any browser's own. */
const MAX_AGENT = 1_024

/**
 * Whether a person navigates to a page by this request. A cached image must not carry somebody's cookie, and a page that
 * is fetched ahead, or read by a robot, nobody has seen.
 */
export function isPageRequest(method: string | undefined, request: RequestLike): boolean {
  if (method !== 'GET') return false
  const isAhead = PURPOSES.some((name) => /prefetch|preview/.test(headerOf(request, name) ?? ''))
  if (isAhead || NOBODY.test((headerOf(request, 'user-agent') ?? '').slice(0, MAX_AGENT)))
    return false
  const destination = headerOf(request, 'sec-fetch-dest')
  if (destination !== undefined) return destination === 'document'
  return headerOf(request, 'accept')?.includes('text/html') ?? false
}
