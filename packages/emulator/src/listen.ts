import { createServer, type Server } from 'node:http'
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { EmulatorError } from './emulator-error.ts'
import { FAULT_HEADER } from './faults/apply-fault.ts'
import { ConnectionFault } from './faults/connection-fault.ts'
import { knownOptions } from './known-options.ts'
import { isLoopback, isLoopbackHostHeader } from './loopback.ts'
import { LISTEN_OPTIONS } from './option-tables.ts'
import type { ListenOptions } from './options.ts'

type Outgoing = (HttpBindings | Http2Bindings)['outgoing']

/** An emulator that is being served. */
export interface Listener {
  /** Base URL without a trailing slash: what `CAPI_BASE_URL` is set to. */
  readonly url: string
  /** The port, also when it was any free one. */
  readonly port: number
  /** Ends at once, open streams and kept-alive connections included. */
  close(): Promise<void>
}

/** Serves `fetch` over HTTP. Rejects with `port_in_use` when the port is taken, with `listen_failed` when it cannot be had. */
export async function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  options: ListenOptions = {},
): Promise<Listener> {
  const { port = 2274, host = '127.0.0.1' } = knownOptions(options, LISTEN_OPTIONS, 'listen')
  const guarded = isLoopback(host)
    ? (request: Request) =>
        isLoopbackHostHeader(request.headers.get('host')) ? fetch(request) : foreignHost()
    : fetch
  const breakable = async (request: Request, { outgoing }: { readonly outgoing: Outgoing }) => {
    try {
      const response = await guarded(request)
      return isWhole(response) ? await sendWhole(response, outgoing) : response
    } catch (error) {
      if (!(error instanceof ConnectionFault)) throw error
      if (error.kind === 'reset') outgoing.socket?.resetAndDestroy()
      if (error.kind === 'cut') outgoing.socket?.destroy()
      return RESPONSE_ALREADY_SENT
    }
  }
  // The adapter would otherwise replace the process's own Request and Response.
  const answer = getRequestListener(breakable, { overrideGlobalObjects: false })
  // void: the adapter answers its own failures and never rejects.
  const server = createServer((incoming, outgoing) => void answer(incoming, outgoing))
  await bind(server, port, host)

  const address = server.address()
  const boundPort = typeof address === 'object' && address !== null ? address.port : port
  return {
    url: `http://${reachable(host)}:${boundPort}`,
    port: boundPort,
    close: () => stop(server),
  }
}

/** JSON is made in one piece, unless a fault drips it. */
function isWhole({ headers }: Response): boolean {
  const isJson = headers.get('content-type')?.startsWith('application/json') ?? false
  return isJson && headers.get(FAULT_HEADER) !== 'slow_loris'
}

/** The adapter waits a timer's tick for the end of a body; a test sends thousands of calls. */
async function sendWhole(response: Response, outgoing: Outgoing): Promise<Response> {
  const body = Buffer.from(await response.arrayBuffer())
  for (const [name, value] of response.headers) outgoing.setHeader(name, value)
  outgoing.statusCode = response.status
  outgoing.setHeader('content-length', body.length)
  outgoing.end(body)
  return RESPONSE_ALREADY_SENT
}

function bind(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? portTaken(port, error) : notBound(port, host, error)),
    )
    server.listen(port, host, resolve)
  })
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // An error here only says that it was closed before, which is what was asked for.
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function portTaken(port: number, cause: Error): EmulatorError {
  const message = `Port ${port} is already in use. Stop what uses it, or choose another with --port or listen({ port }).`
  return new EmulatorError('port_in_use', message, cause)
}

function notBound(port: number, host: string, cause: NodeJS.ErrnoException): EmulatorError {
  const message = `The emulator cannot listen on port ${port} of ${host} (${cause.code}). Choose another with --port and --host or listen({ port, host }).`
  return new EmulatorError('listen_failed', message, cause)
}

/**
 * A site can point its own name at 127.0.0.1 and read what answers there (DNS rebinding). Its
 * requests still carry that name, which distinguishes them.
 */
function foreignHost(): Response {
  return Response.json(
    { error: { message: 'Use 127.0.0.1 or localhost: other host names are refused.' } },
    { status: 403 },
  )
}

function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
