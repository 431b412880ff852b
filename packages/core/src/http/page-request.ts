import { headerOf, type RequestLike } from './request-like.ts'

/**
 * Whether the visitor navigates to a page by this request. A cached image must not carry somebody's cookie,
 * and a page that is fetched ahead (`Sec-Purpose: prefetch`) nobody has seen.
 */
export function isPageRequest(method: string | undefined, request: RequestLike): boolean {
  if (method !== 'GET') return false
  const purpose = headerOf(request, 'sec-purpose') ?? headerOf(request, 'purpose') ?? ''
  if (purpose.includes('prefetch')) return false
  const destination = headerOf(request, 'sec-fetch-dest')
  if (destination !== undefined) return destination === 'document'
  return headerOf(request, 'accept')?.includes('text/html') ?? false
}
