import type { IncomingMessage } from 'node:http'
import type { RequestTracker } from '@capi/core'
import type { HostedRequest } from '@capi/core/adapter'
import type { ExecutionContext } from '@nestjs/common'

/** One web request, as one client has it. */
export interface OpenVisit {
  readonly hosted: HostedRequest
  /** What a test put in the place of the client. */
  readonly standIn: RequestTracker | undefined
}

/**
 * One web request, by the name of each client that it was opened for: however many pixels there are, the visitor gets one
 * `_fbp`.
 */
export type Visits = Map<string, OpenVisit>

/** The ESM and the CommonJS copy of this package may meet on one request. */
const VISITS = Symbol.for('@capi/nest.visits')
const SOCKETS = Symbol.for('@capi/nest.sockets')
const HANDSHAKE = Symbol.for('@capi/nest.handshake')

type OpenSocket = (handshake: IncomingMessage, end: (listener: () => void) => void) => void
type Marked = { [VISITS]?: Visits | undefined }
/** The server that requests come in by knows who opens the handshakes of its sockets. */
type MarkedServer = { [SOCKETS]?: OpenSocket[] }
interface Upgraded {
  [HANDSHAKE]?: IncomingMessage | undefined
}
/** socket.io has the handshake's request; ws only the connection. */
interface SocketClient {
  readonly request?: IncomingMessage
  readonly _socket?: Upgraded
  once?(event: string, listener: () => void): unknown
}

export function visitsOn(raw: IncomingMessage & Marked): Visits {
  raw[VISITS] ??= new Map()
  return raw[VISITS]
}

/** Undefined where there is no web request, or the module does not know it. */
export function visitsOf(context: ExecutionContext): Visits | undefined {
  const type = context.getType<string>()
  if (type === 'ws') return visitsOfSocket(context.getArgByIndex(0))
  const isGraphql = type === 'graphql'
  const request = isGraphql ? context.getArgByIndex(2)?.req : context.getArgByIndex(0)
  const marked: Marked | null | undefined = request?.raw ?? request
  return typeof marked === 'object' && marked !== null ? marked[VISITS] : undefined
}

/** The tracker of this context's request: the client's own, or what a test put in its place. */
export function trackerAt(context: ExecutionContext, name = ''): RequestTracker | undefined {
  const visit = visitsOf(context)?.get(name)
  return visit?.standIn ?? visit?.hosted.tracker
}

/** A connection is one visit, from its handshake on. */
function visitsOfSocket(client: SocketClient | null | undefined): Visits | undefined {
  const handshake: (IncomingMessage & Marked) | undefined =
    client?.request ?? client?._socket?.[HANDSHAKE]
  if (handshake === undefined || handshake[VISITS] !== undefined) return handshake?.[VISITS]
  const { server } = handshake.socket as { readonly server?: MarkedServer }
  const end = (listener: () => void) => {
    client?.once?.('disconnect', listener)
    client?.once?.('close', listener)
  }
  for (const open of server?.[SOCKETS] ?? []) open(handshake, end)
  return handshake[VISITS]
}

/** Sockets of this server are visits, which `open` opens when they are first asked for. */
export function openSockets(server: MarkedServer & NodeJS.EventEmitter, open: OpenSocket): void {
  server[SOCKETS] ??= []
  server[SOCKETS].push(open)
  // Where no one else listens, a listener would leave requests for an upgrade unanswered.
  if (server[SOCKETS].length > 1 || server.listenerCount('upgrade') === 0) return
  server.prependListener('upgrade', (request: IncomingMessage, socket: Upgraded) => {
    socket[HANDSHAKE] = request
  })
}
