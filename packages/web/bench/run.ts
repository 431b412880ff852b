// CPU of workerd for each tracked request: Hono with @capi/web, and the same by hand. Linux only: it reads /proc. After a build:
//   node bench/run.ts [requests] [rounds]
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createSocket } from 'node:net'
import { loadavg } from 'node:os'
import { type Served, serveWorkerd } from './serve-workerd.ts'

const ROUNDS = Number(process.argv[3] ?? 9)
const REQUESTS = Number(process.argv[2] ?? 2_000)
const AT_ONCE = 10

async function freePort(): Promise<number> {
  const socket = createSocket()
  await new Promise<void>((resolve) => socket.listen(0, '127.0.0.1', resolve))
  const { port } = socket.address() as AddressInfo
  await new Promise((resolve) => socket.close(resolve))
  return port
}

/** Takes every event, and counts the requests. */
let arrived = 0
const meta = createServer((req, res) => {
  req.resume().on('end', () => {
    arrived++
    res.setHeader('Content-Type', 'application/json').end('{"events_received":1}')
  })
})
await new Promise<void>((resolve) => meta.listen(0, '127.0.0.1', resolve))

const bindings = {
  META_PIXEL_ID: '1234567890',
  META_CAPI_ACCESS_TOKEN: 'token',
  CAPI_BASE_URL: `http://127.0.0.1:${(meta.address() as AddressInfo).port}`,
}

async function order(port: number): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/orders`, {
    method: 'POST',
    headers: {
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      'cf-connecting-ip': '81.6.1.2',
      cookie: 'session=1; _fbp=fb.1.1596403881668.1116446470',
    },
  })
  if (response.status !== 200) throw new Error(`answered ${response.status}`)
  await response.arrayBuffer()
}

/** @returns microseconds of CPU for each request, delivery included. */
async function round({ port, cpuUs }: Served, requests: number): Promise<number> {
  const due = arrived + requests
  const before = cpuUs()
  let left = requests
  const visitor = async () => {
    while (left-- > 0) await order(port)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, visitor))
  while (arrived < due) await new Promise((resolve) => setTimeout(resolve, 20))
  return (cpuUs() - before) / requests
}

async function started(file: string): Promise<Served> {
  const served = await serveWorkerd(file, await freePort(), bindings)
  for (let tries = 0; ; tries++) {
    try {
      await order(served.port)
      return served
    } catch (error) {
      if (tries === 100) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

const byHand = await started('by-hand.ts')
const byHono = await started('by-hono.ts')
const hand: number[] = []
const hono: number[] = []
for (const served of [byHand, byHono]) await round(served, REQUESTS)
for (let index = 0; index < ROUNDS; index++) {
  hand.push(await round(byHand, REQUESTS))
  hono.push(await round(byHono, REQUESTS))
}
const ratio = median(hono.map((us, index) => us / (hand[index] ?? Number.NaN)))
console.log(`CPU of workerd for a tracked request, median of ${ROUNDS} rounds of ${REQUESTS}, load ${loadavg()[0]?.toFixed(1)}
by hand                ${median(hand).toFixed(0)} µs
Hono with @capi/web    ${median(hono).toFixed(0)} µs
ratio                  ${ratio.toFixed(2)}`)
byHand.close()
byHono.close()
meta.close()
