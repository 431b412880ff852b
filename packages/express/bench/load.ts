import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface Load {
  readonly requests: number
  readonly perSec: number
  readonly p99Ms: number
}

const BODY = JSON.stringify({
  email: 'anna.keller@example.com',
  items: [
    { id: 'mug', price: 24 },
    { id: 'vase', price: 38 },
    { id: 'bowl', price: 31 },
  ],
})
const HEADERS = [
  'Host: shop.example',
  'Accept: application/json',
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36',
  'X-Forwarded-For: 203.0.113.7',
  'Referer: https://shop.example/checkout',
  `Cookie: session=0123456789abcdef; _fbp=fb.1.1596403881668.1116446470; _fbc=fb.1.${Date.now() - 86_400_000}.AbC_d-E`,
]
const ORDER = [
  'POST /order?ref=home HTTP/1.1',
  ...HEADERS,
  'Content-Type: application/json',
  `Content-Length: ${BODY.length}`,
  '',
  BODY,
].join('\r\n')

/** A request of a page’s script for an address, without a body. */
export const getting = (path: string) => [`GET ${path} HTTP/1.1`, ...HEADERS, '', ''].join('\r\n')

/** Connections to a server that are kept; each has one request on its way at a time. */
export async function openLoad(
  port: number,
  connections: number,
  request = ORDER,
): Promise<(durationMs: number) => Promise<Load>> {
  const sockets = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(port, '127.0.0.1').setNoDelay().unref()
      await once(socket, 'connect')
      return socket
    }),
  )
  return async (durationMs) => {
    const latencies: number[] = []
    const startMs = performance.now()
    const endMs = startMs + durationMs
    await Promise.all(sockets.map((socket) => drive(socket, { request, endMs, latencies })))
    const tookMs = performance.now() - startMs
    latencies.sort((a, b) => a - b)
    return {
      requests: latencies.length,
      perSec: (latencies.length * 1_000) / tookMs,
      p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? Number.NaN,
    }
  }
}

interface Drive {
  readonly request: string
  readonly endMs: number
  readonly latencies: number[]
}

function drive(socket: Socket, { request, endMs, latencies }: Drive): Promise<void> {
  return new Promise((resolve, reject) => {
    let sentMs = 0
    const next = () => {
      sentMs = performance.now()
      if (sentMs < endMs) return void socket.write(request)
      socket.removeAllListeners('data')
      resolve()
    }
    // An answer of this size comes in one piece.
    socket.on('data', (chunk: Buffer) => {
      if (chunk.toString('latin1', 9, 12) !== '200') reject(new Error(chunk.toString()))
      latencies.push(performance.now() - sentMs)
      next()
    })
    next()
  })
}
