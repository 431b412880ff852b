import { ConnectionFault, type ConnectionFaultKind } from './connection-fault.ts'

/** What Node's `fetch` gives as the cause, by what happened to the socket. Run on Node 22 and 26, 2026-11. */
const CAUSES: { readonly [Kind in ConnectionFaultKind]?: readonly [code: string, text: string] } = {
  reset: ['ECONNRESET', 'read ECONNRESET'],
  cut: ['UND_ERR_SOCKET', 'other side closed'],
}

/**
 * Asks the app as `fetch` asks a server: a connection that breaks rejects with a TypeError, one that
 * stays silent waits for the signal, and so does whatever the app is still busy with.
 */
export function createFetch(
  app: (request: Request) => Response | Promise<Response>,
): (input: Request | string | URL, init?: RequestInit) => Promise<Response> {
  // Node passes the caller's signal on to a Request only while somebody holds it.
  const underWay = new Set<readonly unknown[]>()

  return async (input, init) => {
    const request = toRequest(input, init)
    request.signal.throwIfAborted()
    const held = [input, request]
    underWay.add(held)
    try {
      return await settle(app(request), request.signal)
    } finally {
      underWay.delete(held)
    }
  }
}

function toRequest(input: Request | string | URL, init: RequestInit | undefined): Request {
  if (input instanceof Request) return init === undefined ? input : new Request(input, init)
  // A bare path is allowed in tests; the host never matters in-process.
  return new Request(new URL(input, 'http://localhost'), init)
}

function settle(answer: Response | Promise<Response>, signal: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
    Promise.resolve(answer)
      .then(resolve, (error: unknown) => {
        if (!(error instanceof ConnectionFault)) return reject(error)
        const cause = CAUSES[error.kind]
        if (cause) reject(fetchFailed(...cause))
      })
      .catch(reject)
  })
}

function fetchFailed(code: string, text: string): TypeError {
  // biome-ignore lint/plugin: what the fetch of Node.js rejects with
  return new TypeError('fetch failed', { cause: Object.assign(new Error(text), { code }) })
}
