import { headerOf, isTrusted, type RequestLike, type TrustedProxies } from './request-like.ts'

const FORWARDING = ['x-forwarded-for', 'cf-connecting-ip', 'x-real-ip', 'forwarded']

/** Whether a proxy speaks that nobody trusts: then the visitor's address stays unknown, and somebody should say so. */
export function isBehindUnknownProxy(
  request: RequestLike,
  proxies: TrustedProxies | undefined,
): boolean {
  if (!FORWARDING.some((name) => headerOf(request, name) !== undefined)) return false
  return !isTrusted(proxies, request.remoteAddress ?? '', 0)
}
