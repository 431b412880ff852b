import { clientIp } from '../field/client-ip.ts'
import { headerOf, isTrusted, type RequestLike, type TrustedProxies } from './request-like.ts'

/** Longer chains are not proxies at work. */
const MAX_HOPS = 32

/**
 * The visitor's public address: who is connected, or the last one in X-Forwarded-For that no trusted proxy wrote. Where
 * nobody says who is connected, a number of proxies counts from the right of that header. Without trusted proxies
 * the header is not read: any visitor can send one.
 */
export function visitorAddress(
  request: RequestLike,
  proxies: TrustedProxies | undefined,
): string | undefined {
  const { remoteAddress = '' } = request
  const forwarded = headerOf(request, 'x-forwarded-for')
  const hops = forwarded === undefined ? [] : forwarded.split(',').slice(-MAX_HOPS).reverse()
  let address = remoteAddress
  for (const [distance, next] of hops.entries()) {
    if (!isTrusted(proxies, address, distance)) break
    address = next
  }
  return clientIp(address)
}

/**
 * Whether the visitor's own address passes for a proxy, however far away: then all of X-Forwarded-For is believed, and its
 * first entry is what the client wrote.
 */
export function isAnybodyTrusted(
  request: RequestLike,
  proxies: TrustedProxies | undefined,
  address: string,
): boolean {
  if (typeof proxies !== 'function' || headerOf(request, 'x-forwarded-for') === undefined)
    return false
  return isTrusted(proxies, address, MAX_HOPS)
}
