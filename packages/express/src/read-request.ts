import type { IncomingMessage } from 'node:http'
import type { RequestLike } from '@capi/core'

/** What Express adds to Node's request; on a bare server it is absent. */
interface MaybeExpress {
  readonly ip?: string
  readonly protocol?: string
  readonly originalUrl?: string
  readonly app?: { get?: (setting: 'trust proxy fn') => unknown }
}

/**
 * Reads what core wants from an Express or a bare Node request. Which proxies are believed is the
 * application's `trust proxy` setting and nothing else.
 */
export function readRequest(
  req: IncomingMessage & MaybeExpress,
  clientIp: ((req: IncomingMessage) => string | undefined) | undefined,
): RequestLike {
  const socket: { remoteAddress?: string | undefined; encrypted?: boolean } = req.socket
  const protocol = req.protocol ?? (socket.encrypted ? 'https' : 'http')
  const path = req.originalUrl ?? req.url ?? ''
  return {
    header: (name) => header(req, name),
    url: `${protocol}://${host(req, socket.remoteAddress)}${path.startsWith('/') ? path : '/'}`,
    ip: ownAddress(req, clientIp) ?? req.ip ?? socket.remoteAddress,
  }
}

/** A callback of the application's must not fail the request. */
function ownAddress(
  req: IncomingMessage,
  clientIp: ((req: IncomingMessage) => string | undefined) | undefined,
): string | undefined {
  try {
    return clientIp?.(req)
  } catch {
    return undefined // Falls back to the framework's address.
  }
}

function header(req: IncomingMessage, name: string): string | undefined {
  const value = req.headers[name]
  return Array.isArray(value) ? value[0] : value
}

/** As Express reads it, but with the port, which `req.hostname` leaves out. */
function host(req: IncomingMessage & MaybeExpress, remoteAddress: string | undefined): string {
  const own = header(req, 'host') ?? header(req, ':authority') ?? ''
  const trusts = req.app?.get?.('trust proxy fn')
  if (typeof trusts !== 'function' || trusts(remoteAddress, 0) !== true) return own
  return header(req, 'x-forwarded-host')?.split(',')[0]?.trim() || own
}
