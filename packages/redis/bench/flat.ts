// What put, lease and settle of 100 events cost with 1,000 waiting, and with 1,000,000: two servers, in turn, medians. Then the memory
// of a worker of its own with each, and what Redis takes for a waiting event. By hand: `npm run bench`.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { LeasedItem, Outbox } from '@capi/core/outbox'
import { Redis } from 'ioredis'
import {
  fill,
  item,
  items,
  lease,
  median,
  ms,
  open,
  print,
  settle,
  startServer,
  time,
  timed,
} from './workload.ts'

const FEW = 1_000
const MANY = Number(process.env['BENCH_QUEUE'] ?? 1_000_000)
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 300)

/** As much is delivered as is put: the outbox holds as many as before. */
async function round(outbox: Outbox) {
  const given = items(100)
  let leased: readonly LeasedItem[] = []
  const put = await timed(() => outbox.put(given, time()))
  const leasing = await timed(async () => {
    leased = await lease(outbox)
  })
  const settling = await timed(() => settle(outbox, leased))
  return { put, lease: leasing, settle: settling, all: put + leasing + settling }
}

/** @returns bytes that each of the events takes beside its body. */
async function measuredFill(port: number, outbox: Outbox, count: number): Promise<number> {
  const redis = new Redis(port, '127.0.0.1')
  const used = async () => Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1])
  await outbox.counts()
  const before = await used()
  await fill(outbox, count)
  const bytes = ((await used()) - before) / count - item().body.length
  redis.disconnect()
  return bytes
}

async function race(): Promise<void> {
  const servers = { few: await startServer(), many: await startServer() }
  const few = open(servers.few.port)
  const many = open(servers.many.port)
  await fill(few, FEW)
  const bytes = await measuredFill(servers.many.port, many, MANY)
  print(`each of ${MANY} that wait takes its body and ${bytes.toFixed(0)} bytes of Redis`)
  const found: Record<'few' | 'many', Awaited<ReturnType<typeof round>>[]> = { few: [], many: [] }
  for (let n = 0; n < ROUNDS; n++) {
    found.few.push(await round(few))
    found.many.push(await round(many))
  }
  for (const step of ['put', 'lease', 'settle', 'all'] as const) {
    const a = median(found.few.map((one) => one[step]))
    const b = median(found.many.map((one) => one[step]))
    print(`${step}: ${ms(a)} with ${FEW} waiting, ${ms(b)} with ${MANY}: ${(b / a).toFixed(2)} ×`)
  }
  const [small = 1, large = 1] = [servers.few, servers.many].map(({ port }) => {
    const node = ['--conditions=@capi/source', '--expose-gc', fileURLToPath(import.meta.url), port]
    return Number(spawnSync(process.execPath, node.map(String), { encoding: 'utf8' }).stdout)
  })
  const mib = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`
  print(`worker: ${mib(small)} and ${mib(large)}: ${(large / small).toFixed(2)} ×`)
  for (const server of Object.values(servers)) await server.stop()
  process.exit()
}

const [, , port] = process.argv
if (port === undefined) await race()
const worker = open(Number(port))
for (let n = 0; n < ROUNDS; n++) await round(worker)
globalThis.gc?.()
process.stdout.write(String(process.memoryUsage().rss))
process.exit()
