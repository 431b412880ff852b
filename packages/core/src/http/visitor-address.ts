import { clientIp } from './client-ip.ts'
import { headerOf, isTrusted, type RequestLike, type TrustedProxies } from './request-like.ts'

/** Longer chains are not proxies at work. */
const MAX_HOPS = 32

/**
 * The visitor's public address: who is connected, or the last one in X-Forwarded-For that no
 * trusted proxy wrote. Without trusted proxies that header is anybody's word and is not read.
 */
export function visitorAddress(
  request: RequestLike,
  proxies: TrustedProxies | undefined,
): string | undefined {
  const { remoteAddress } = request
  if (remoteAddress === undefined) return undefined
  const forwarded = headerOf(request, 'x-forwarded-for')
  const hops = forwarded === undefined ? [] : forwarded.split(',').slice(-MAX_HOPS).reverse()
  let address = remoteAddress
  for (const [distance, next] of hops.entries()) {
    if (!isTrusted(proxies, bare(address), distance)) break
    address = next
  }
  return clientIp(address)
}

/** As a trust function expects it: `::ffff:10.0.0.1` is 10.0.0.1. */
function bare(address: string): string {
  const trimmed = address.trim().toLowerCase()
  return trimmed.startsWith('::ffff:') && trimmed.includes('.') ? trimmed.slice(7) : trimmed
}
