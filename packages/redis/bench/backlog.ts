// What a call costs with 1,000 and with 1,000,000 events waiting, and how much of Redis one takes. By hand: `npm run bench`.
import { startRedis } from '@capi/testing'
import { Redis } from 'ioredis'
import { fill, item, items, LANE, LEASE_MS, median, open, print, time, timed } from './redis.ts'

const BACKLOGS = (process.env['BENCH_BACKLOGS'] ?? '1000,1000000').split(',').map(Number)
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 60)

const server = await startRedis('appendonly yes')
const admin = new Redis(server.port, server.host)
const outbox = open(server.port)
const request = { lane: LANE, maxEvents: 100, maxBytes: 1e6, leaseMs: LEASE_MS }
const used = async () => Number(/used_memory:(\d+)/.exec(await admin.info('memory'))?.[1])

const emptyBytes = await used()
let waiting = 0
for (const backlog of BACKLOGS) {
  await fill(outbox, backlog - waiting)
  waiting = backlog
  const eachBytes = ((await used()) - emptyBytes) / backlog
  const times = { put: [] as number[], lease: [] as number[], settle: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    const given = items(100)
    times.put.push(await timed(() => outbox.put(given, time())))
    let leased: Awaited<ReturnType<typeof outbox.lease>>['items'] = []
    times.lease.push(
      await timed(async () => {
        leased = (await outbox.lease(request, time())).items
      }),
    )
    const done = leased.map((token) => ({ kind: 'delivered', token }) as const)
    times.settle.push(await timed(() => outbox.settle(done, time())))
  }
  const figures = Object.entries(times).map(([name, all]) => `${name} ${median(all).toFixed(2)} ms`)
  const bytes = Math.round(eachBytes - item().body.length)
  print(`${backlog} wait: ${figures.join(', ')} for 100; body and ${bytes} bytes each`)
}
await server.stop()
process.exit()
