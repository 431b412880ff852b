import type { IncomingMessage } from 'node:http'
import type { RequestLike, TrustedProxies } from '@capi/core/adapter'

/** What Express adds to Node's request; on a bare server it is absent. */
interface MaybeExpress {
  readonly originalUrl?: string
  readonly app?: { get?: (setting: 'trust proxy fn') => unknown }
}

/** Reads what core wants from an Express or a bare Node request: at once, for a closed connection has no address. */
export function readRequest(req: IncomingMessage & MaybeExpress): RequestLike {
  const socket: { remoteAddress?: string | undefined; encrypted?: boolean } = req.socket
  return {
    method: req.method,
    header: (name) => req.headers[name],
    url: req.originalUrl ?? req.url ?? '/',
    remoteAddress: socket.remoteAddress,
    isEncrypted: socket.encrypted === true,
  }
}

/** Express compiles its `trust proxy` setting to this function. */
export function trustedProxies(req: IncomingMessage & MaybeExpress): TrustedProxies {
  const trusts = req.app?.get?.('trust proxy fn')
  return typeof trusts === 'function'
    ? (address, distance) => trusts(address, distance) === true
    : 0
}
