// How fast 1, 2 and 4 worker processes deliver to a Meta that answers after 50 ms, next to BullMQ's own bare job rate.
// By hand: `npm run bench`. Ratios are what to compare between machines; Redis, Meta and the workers share this one.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { createEmulator } from '@capi/emulator'
import { startRedis } from '@capi/testing'
import { Queue } from 'bullmq'
import { fill, open, print } from './redis.ts'

const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 40_000)
const LATENCY_MS = 50

/** @returns the microseconds of processor time it took */
async function run(name: string, ...args: readonly string[]): Promise<number> {
  const file = fileURLToPath(new URL(`./${name}.ts`, import.meta.url))
  const child = spawn(process.execPath, ['--conditions=@capi/source', file, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let printed = ''
  child.stdout.on('data', (text) => {
    printed += text
  })
  await once(child, 'close')
  return Number(printed)
}

/** A Meta that checks nothing: the emulator's rules cost more than the outbox. */
async function bareMeta() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      setTimeout(() => response.end('{"events_received":100}'), LATENCY_MS)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() }
}

interface Rate {
  readonly perSecond: number
  /** Processor time for one event: the workers' and that of Redis. */
  readonly cost: string
}

async function rate(workers: number, name: string, baseUrl = ''): Promise<Rate> {
  const redis = await startRedis('appendonly yes')
  const outbox = open(redis.port, 'producer')
  await fill(outbox, EVENTS)
  const queue = new Queue('capi', { connection: { host: redis.host, port: redis.port } })
  const waiting = async () => (await queue.getWaitingCount()) + (await queue.getActiveCount())
  const redisUs = async () => {
    const cpu = await (await queue.getBackend().client).info()
    const parts = [...cpu.matchAll(/^used_cpu_(?:sys|user):([\d.]+)/gm)]
    return parts.reduce((sum, [, seconds]) => sum + Number(seconds) * 1e6, 0)
  }
  const redisBeforeUs = await redisUs()
  const children = Array.from({ length: workers }, () => run(name, String(redis.port), baseUrl))
  // From a tenth to nine tenths: starting and ending are not counted.
  const until = async (left: number) => {
    while ((await waiting()) > left) await new Promise((resolve) => setTimeout(resolve, 20))
    return performance.now()
  }
  const startMs = await until(EVENTS * 0.9)
  const endMs = await until(EVENTS * 0.1)
  const workerUs = (await Promise.all(children)).reduce((sum, us) => sum + us, 0) / EVENTS
  const ofRedisUs = ((await redisUs()) - redisBeforeUs) / EVENTS
  await queue.close()
  await outbox.close()
  await redis.stop()
  const perSecond = (EVENTS * 0.8) / ((endMs - startMs) / 1_000)
  return { perSecond, cost: `${workerUs.toFixed(0)} + ${ofRedisUs.toFixed(0)} us` }
}

print(`${EVENTS} events of 1.4 KB, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)} before`)
const bare = await rate(1, 'bare-worker')
print(`BullMQ alone, one process   ${bare.perSecond.toFixed(0)} jobs a second, ${bare.cost}`)
for (const kind of (process.env['BENCH_META'] ?? 'bare Meta,emulator').split(',')) {
  const emulator = createEmulator()
  const meta = kind === 'emulator' ? await emulator.listen({ port: 0 }) : await bareMeta()
  if (kind === 'emulator') emulator.fail({ action: { type: 'latency', ms: LATENCY_MS } })
  let one = 0
  for (const workers of [1, 2, 4]) {
    const { perSecond, cost } = await rate(workers, 'worker', meta.url)
    one ||= perSecond
    const ratios = `${(perSecond / one).toFixed(2)} of one, ${(perSecond / bare.perSecond).toFixed(2)} of bare`
    print(
      `${kind}, ${workers} worker(s)   ${perSecond.toFixed(0)} events a second, ${ratios}, ${cost}`,
    )
  }
  await meta.close()
}
