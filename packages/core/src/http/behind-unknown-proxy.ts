import { headerOf, isTrusted, type RequestLike, type TrustedProxies } from './request-like.ts'

const FORWARDING = ['x-forwarded-for', 'cf-connecting-ip', 'x-real-ip', 'forwarded']

/** Whether an untrusted proxy sent the request: the visitor's address then stays unknown, and a warning is logged. */
export function isBehindUnknownProxy(
  request: RequestLike,
  proxies: TrustedProxies | undefined,
): boolean {
  if (!FORWARDING.some((name) => headerOf(request, name) !== undefined)) return false
  return !isTrusted(proxies, request.remoteAddress ?? '', 0)
}
