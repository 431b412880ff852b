// What a call costs with 1,000 and with 1,000,000 events waiting, round by round, and how much of Redis one takes. By hand: `npm run bench`.
import { startRedis } from '@capi/testing'
import { Redis } from 'ioredis'
import { fill, item, items, LANE, LEASE_MS, median, open, print, time, timed } from './redis.ts'

const BACKLOGS = (process.env['BENCH_BACKLOGS'] ?? '1000,1000000').split(',').map(Number)
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 60)

async function contender(backlog: number) {
  const server = await startRedis('appendonly yes', 'auto-aof-rewrite-percentage 0')
  const admin = new Redis(server.port, server.host)
  const outbox = open(server.port)
  const used = async () => Number(/used_memory:(\d+)/.exec(await admin.info('memory'))?.[1])
  await outbox.counts()
  const emptyBytes = await used()
  await fill(outbox, backlog)
  const eachBytes = ((await used()) - emptyBytes) / backlog - item().body.length
  const times = { put: [] as number[], lease: [] as number[], settle: [] as number[] }
  const request = { lane: LANE, maxEvents: 100, maxBytes: 1e6, leaseMs: LEASE_MS }
  async function round(): Promise<void> {
    const given = items(100)
    times.put.push(await timed(() => outbox.put(given, time())))
    let leased: Awaited<ReturnType<typeof outbox.lease>>['items'] = []
    const lease = async () => {
      leased = (await outbox.lease(request, time())).items
    }
    times.lease.push(await timed(lease))
    const done = leased.map((token) => ({ kind: 'delivered', token }) as const)
    times.settle.push(await timed(() => outbox.settle(done, time())))
  }
  return { backlog, eachBytes, times, round, stop: () => server.stop() }
}

const all = []
for (const backlog of BACKLOGS) all.push(await contender(backlog))
for (let n = 0; n < ROUNDS; n++) for (const { round } of all) await round()
for (const { backlog, eachBytes, times, stop } of all) {
  const figures = Object.entries(times).map(([name, ms]) => `${name} ${median(ms).toFixed(2)} ms`)
  const bytes = eachBytes.toFixed(0)
  print(`${backlog} wait: ${figures.join(', ')} for 100; each its body and ${bytes} bytes`)
  await stop()
}
process.exit()
