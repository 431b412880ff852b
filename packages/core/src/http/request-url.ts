import { pageUrl } from '../event/page-url.ts'
import { inOnePiece } from '../field/clean.ts'
import { headerOf, isTrusted, type RequestLike, type TrustedProxies } from './request-like.ts'

const HOST = /^(?:[a-z0-9_.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i

/**
 * The address the visitor asked for, without personal data; behind a trusted proxy with the scheme
 * and host it reports. Not parsed and put together again: a click id must stay as it is.
 */
export function visitedUrl(
  request: RequestLike,
  proxies: TrustedProxies | undefined,
  siteUrl: string | undefined,
): string | undefined {
  const parts = /^(https?):\/\/([^/?#]*)(.*)$/is.exec(request.url)
  const given = parts === null ? request.url : (parts[3] ?? '')
  const path = given.startsWith('/') ? given : `/${given}`
  if (siteUrl !== undefined) return webUrl(siteUrl.replace(/\/$/, '') + path)
  const isBehind = isTrusted(proxies, request.remoteAddress ?? '', 0)
  const forwarded = (name: string) =>
    isBehind ? headerOf(request, name)?.split(',')[0]?.trim() : undefined
  const scheme =
    forwarded('x-forwarded-proto') ?? parts?.[1] ?? (request.isEncrypted ? 'https' : 'http')
  const own = parts?.[2] ?? headerOf(request, 'host') ?? headerOf(request, ':authority')
  const host = forwarded('x-forwarded-host') ?? own
  if (host === undefined || !HOST.test(host) || !/^https?$/i.test(scheme)) return undefined
  return webUrl(`${scheme.toLowerCase()}://${host}${path}`)
}

/** An address that a page can have, as `event_source_url` takes it. */
export function webUrl(text: string | undefined): string | undefined {
  const url = text && pageUrl(text, '', '', [])
  return url && inOnePiece(url)
}
