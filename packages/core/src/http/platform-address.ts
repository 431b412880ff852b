import { headerOf, type RequestLike, type TrustedProxies } from './request-like.ts'

/**
 * The header in which each platform says who is connected to it; it replaces what the visitor sent under that name. Sources, read
 * 2026-11: Cloudflare, HTTP headers; Vercel, Request headers; Netlify, Request headers; Fly, Request headers.
 */
const HEADERS = {
  cloudflare: 'cf-connecting-ip',
  fly: 'fly-client-ip',
  netlify: 'x-nf-client-connection-ip',
  vercel: 'x-vercel-forwarded-for',
} as const

/** A platform that says in a header of its own who is connected to it. */
export type AddressPlatform = keyof typeof HEADERS

export function isAddressPlatform(value: unknown): value is AddressPlatform {
  return typeof value === 'string' && Object.hasOwn(HEADERS, value)
}

/** What is the visitor's own word behind these platforms. `X-Forwarded-Proto` is theirs. */
const UNTRUSTED: ReadonlySet<string> = new Set(['x-forwarded-for', 'x-forwarded-host'])

/** A request as the option `address` has it read. */
interface Judged {
  readonly request: RequestLike
  readonly clientIp?: string | undefined
  readonly trustedProxies?: TrustedProxies
}

/**
 * What an adapter's option `address` says of this request. Its function is watched: it answers a text or nothing. A request that
 * did not pass the platform, on a developer's machine, has no such header: then nothing of it is trusted.
 */
export function addressFrom<R>(
  source: AddressPlatform | number | ((native: R) => string | undefined) | undefined,
  request: RequestLike,
  native: R,
): Judged {
  if (source === undefined) return { request }
  if (typeof source === 'number') return { request, trustedProxies: source }
  if (typeof source === 'function') return { request, clientIp: source(native) }
  const clientIp = headerOf(request, HEADERS[source])
  if (clientIp === undefined) return { request }
  const header = (name: string) => (UNTRUSTED.has(name) ? undefined : request.header(name))
  return { request: { ...request, header }, clientIp, trustedProxies: 1 }
}
