import type { IncomingMessage } from 'node:http'
import { fastifyProxies, type RequestLike, type TrustedProxies } from '@capi/core/adapter'

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
  if (request.raw !== undefined) return fastifyProxies(request)
  const trusts = request.app?.get?.('trust proxy fn')
  return typeof trusts === 'function' ? (...proxy) => trusts(...proxy) === true : 0
}
