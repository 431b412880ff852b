import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/** A collector that takes OTLP over HTTP as JSON, and keeps what it was sent by path: `/v1/metrics`, `/v1/traces`. */
export async function startCollector() {
  const taken: { readonly path: string; readonly body: string }[] = []
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    taken.push({ path: request.url ?? '', body: await text(request) })
    response.setHeader('content-type', 'application/json').end('{}')
  }
  const server = createServer((request, response) => void take(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, taken }
}
