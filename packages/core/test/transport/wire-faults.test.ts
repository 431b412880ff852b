import { createServer as createHttpServer, type Server } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createCapi, memoryOutbox } from '../../src/index.ts'
import { PIXEL, page, person } from '../test-world.ts'

const TIMEOUT_MS = 400
/** What hangs does so for ever; all else is the machine's own affair. */
const SLOW_MACHINE_MS = 10_000
const open: { close: () => void }[] = []

afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

/** A server that speaks its part once the request is whole, and what it does with the connection. */
async function listen(speak: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let text = ''
    socket.on('error', () => {})
    socket.on('data', (chunk) => {
      text += chunk.toString()
      const [head = '', body = ''] = text.split('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1])
      if (Buffer.byteLength(body) >= length) speak(socket)
    })
  })
  open.push({
    close() {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function listenHttp(server: Server): Promise<string> {
  open.push({
    close() {
      server.closeAllConnections()
      server.close()
    },
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** What the real fetch makes of it: the verdict after one try, and how long that took. */
async function tryOnce(baseUrl: string) {
  const told: string[] = []
  const capi = createCapi({
    pixelId: PIXEL,
    accessToken: 'secret-token',
    baseUrl,
    timeoutMs: TIMEOUT_MS,
    retry: { baseDelayMs: 60_000 },
    random: () => 1,
    outbox: memoryOutbox(),
    logger: { warn: (text) => told.push(text), error: (text) => told.push(text) },
  })
  await capi.track('Lead', {}, { ...page, ...person })
  const startMs = performance.now()
  const flushed = await capi.flush({ timeoutMs: 5_000 })
  const tookMs = performance.now() - startMs
  const { tracked, delivered, queued, dropped, pixels } = await capi.stats()
  const lost = Object.values(dropped).reduce((sum, one) => sum + one, 0)
  expect(tracked).toBe(delivered + (queued ?? 0) + lost)
  expect(told.join()).not.toMatch(/muster|secret-token/i)
  const status = pixels[PIXEL]
  await capi.close({ timeoutMs: 0 })
  return { flushed, tookMs, state: status?.state, code: status?.cause?.code }
}

const head = (length: number) =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`
const drip = (socket: Socket, text: string) => {
  let at = 0
  const timer = setInterval(() => {
    if (at >= text.length || socket.destroyed) return clearInterval(timer)
    socket.write(text[at++] ?? '')
  }, 50)
  socket.on('close', () => clearInterval(timer))
}

it.each<[string, (socket: Socket) => void, string]>([
  ['says nothing', () => {}, 'timeout'],
  ['drips its headers', (socket) => drip(socket, head(1_000)), 'timeout'],
  [
    'drips its body',
    (socket) => {
      socket.write(head(1_000))
      drip(socket, '{'.padEnd(1_000))
    },
    'timeout',
  ],
  [
    'never ends its body',
    (socket) => void socket.write(`${head(1_000)}{"events_received":1`),
    'timeout',
  ],
])('ends the attempt at its timeout when the server %s', async (_name, speak, code) => {
  const { flushed, tookMs, ...lane } = await tryOnce(await listen(speak))
  expect({ flushed, ...lane }).toEqual({
    flushed: { delivered: 0, dropped: 0, queued: 1 },
    state: 'retrying',
    code,
  })
  expect(tookMs).toBeGreaterThan(TIMEOUT_MS - 50)
  expect(tookMs).toBeLessThan(TIMEOUT_MS + SLOW_MACHINE_MS)
})

it.each<[string, (socket: Socket) => void]>([
  ['cuts after its headers', (socket) => void socket.end(head(1_000))],
  ['cuts in the middle of its body', (socket) => void socket.end(`${head(1_000)}{"events`)],
  ['resets', (socket) => void socket.resetAndDestroy()],
  ['takes the events and cuts', (socket) => void socket.destroy()],
  ['speaks no HTTP', (socket) => void socket.end('SSH-2.0-OpenSSH_9.6\r\n')],
])('keeps the event when the server %s', async (_name, speak) => {
  const { flushed, state, code } = await tryOnce(await listen(speak))
  expect({ flushed, state }).toEqual({
    flushed: { delivered: 0, dropped: 0, queued: 1 },
    state: 'retrying',
  })
  expect(code).not.toBe('timeout')
})

it('reads no more than it needs of a page without end', async () => {
  const server = createHttpServer((_request, response) => {
    response.writeHead(503, { 'content-type': 'text/html' })
    const timer = setInterval(() => response.write('x'.repeat(65_536)), 1)
    response.on('close', () => clearInterval(timer))
  })
  // Read to its end, it would have ended in a timeout.
  expect((await tryOnce(await listenHttp(server))).code).toBe('http_503')
})

it('follows no redirect: it would carry the token elsewhere', async () => {
  let asked = 0
  const elsewhere = await listenHttp(
    createHttpServer((_request, response) => {
      asked++
      response.end('{"events_received":1}')
    }),
  )
  const server = createHttpServer((_request, response) => {
    response.writeHead(307, { location: elsewhere }).end()
  })
  const { code, state } = await tryOnce(await listenHttp(server))
  expect({ code, state, asked }).toEqual({ code: 'http_307', state: 'retrying', asked: 0 })
})

it('knows that nothing was sent when no server listens', async () => {
  const gone = await listen(() => {})
  for (const server of open.splice(0)) server.close()
  expect(await tryOnce(gone)).toMatchObject({ state: 'retrying', code: 'ECONNREFUSED' })
})
