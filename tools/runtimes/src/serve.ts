import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'

/** What the runtimes hand to a handler beside the request, as Hono wants it. */
type Handler = (request: Request, env: object) => Response | Promise<Response>

interface Runtimes {
  readonly Bun?: {
    serve(options: object): {
      readonly port: number
      stop(closeActiveConnections?: boolean): Promise<void>
    }
  }
  readonly Deno?: {
    serve(
      options: object,
      handler: Handler,
    ): { readonly addr: { readonly port: number }; shutdown(): Promise<void> }
  }
}

/** The web server of this runtime on a free port of loopback, `server` as `closeOnShutdown` takes it. */
export async function serve(fetch: Handler) {
  const { Bun, Deno } = globalThis as Runtimes
  const hostname = '127.0.0.1'
  if (Bun !== undefined) {
    const server = Bun.serve({ port: 0, hostname, fetch })
    return { server, port: server.port }
  }
  if (Deno !== undefined) {
    const server = Deno.serve({ port: 0, hostname, onListen() {} }, fetch)
    return { server, port: server.addr.port }
  }
  const server = createAdaptorServer({ fetch })
  server.listen(0, hostname)
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}
