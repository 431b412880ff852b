import type { IncomingMessage } from 'node:http'
import type { RequestLike, TrustedProxies } from '@capi/core/adapter'

/**
 * The platform's own request: Express' `Request` or Fastify's `FastifyRequest`. Callbacks may say which, with
 * what guards and sessions put on it: `user: (request: Request) => …`.
 */
export interface PlatformRequest {
  /** `GET`, `POST`, … */
  readonly method?: string | undefined
  /** The address asked for, without the host. */
  readonly url?: string | undefined
  /** The same before a router took a part of it away. */
  readonly originalUrl?: string | undefined
  /** By name in lower case. */
  readonly headers: IncomingMessage['headers']
  /** The visitor's address, as far as the platform trusts its proxies. */
  readonly ip?: string | undefined
}

interface PlatformParts {
  readonly socket?: { readonly encrypted?: boolean }
  /** Express. */
  readonly app?: { readonly get?: (setting: 'trust proxy fn') => unknown }
  /** Fastify. */
  readonly raw?: IncomingMessage
  readonly ips?: readonly string[]
}

/** How core reads the request: at once, for a closed connection has no address. */
export function readRequest(
  request: PlatformRequest & PlatformParts,
  { socket }: IncomingMessage,
): RequestLike {
  return {
    method: request.method,
    header: (name) => request.headers[name],
    url: request.originalUrl ?? request.url ?? '/',
    remoteAddress: socket.remoteAddress,
    isEncrypted: request.socket?.encrypted === true,
  }
}

/** What Express' `trust proxy` or Fastify's `trustProxy` says, and nothing else. */
export function trustedProxies(request: PlatformRequest & PlatformParts): TrustedProxies {
  if (request.raw !== undefined) return request.ips === undefined ? 0 : fastifyTrust(request)
  const trusts = request.app?.get?.('trust proxy fn')
  return typeof trusts === 'function' ? (...proxy) => trusts(...proxy) === true : 0
}

/** An address reserved for documentation (RFC 5737): no visitor has it. */
const RESERVED_ADDRESS = '192.0.2.1'

/**
 * Fastify does not expose how it read `trustProxy`. It follows a chain of addresses one step beyond those it trusts, so the length of
 * the chain says which it trusts.
 */
function fastifyTrust(request: object): TrustedProxies {
  const chain: string[] = []
  return (address, distance) => {
    chain[distance] = address
    const [remoteAddress, ...hops] = chain.slice(0, distance + 1)
    const headers = { 'x-forwarded-for': [RESERVED_ADDRESS, ...hops.reverse()].join(', ') }
    const raw = { headers, socket: { remoteAddress }, connection: { remoteAddress } }
    const { ips }: PlatformParts = Object.create(request, { raw: { value: raw } })
    return ips !== undefined && ips.length > distance + 1
  }
}
