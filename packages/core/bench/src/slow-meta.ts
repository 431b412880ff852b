import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server in a process of its own that takes every batch after a while: `node slow-meta.ts <latency ms>`. */
const latencyMs = Number(process.argv[2])

const server = createServer((request, response) => {
  let text = ''
  request.setEncoding('utf8')
  request.on('data', (chunk: string) => {
    text += chunk
  })
  request.on('end', () => {
    const events_received = (text.match(/"event_name"/g) ?? []).length
    setTimeout(() => response.end(JSON.stringify({ events_received })), latencyMs)
  })
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
