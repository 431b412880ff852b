// What one event costs as more of them wait, and how much of Redis it takes. By hand: `npm run bench`.
import { startRedis } from '@capi/testing'
import { Redis } from 'ioredis'
import { fill, item, LANE, open, print } from './redis.ts'

const BACKLOGS = (process.env['BENCH_BACKLOGS'] ?? '1000,10000,100000,1000000')
  .split(',')
  .map(Number)
const ROUNDS = 2_000
const DAY_MS = 86_400_000

const redis = await startRedis()
const client = new Redis(redis.port, redis.host)
const outbox = open(redis.port)
await outbox.recover()

async function usedBytes(): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1])
}

/** @returns microseconds for each event */
async function timed(count: number, work: () => Promise<void>): Promise<number> {
  const startMs = performance.now()
  await work()
  return ((performance.now() - startMs) * 1_000) / count
}

/** One event in each call, a hundred at a time, as requests of a shop come. */
async function putOneByOne(count: number, rememberUntilMs = 0): Promise<void> {
  let left = count
  const caller = async () => {
    while (left-- > 0) await outbox.put([item({ rememberUntilMs })], Date.now())
  }
  await Promise.all(Array.from({ length: 100 }, caller))
}

async function deliver(count: number): Promise<void> {
  for (let left = count; left > 0; ) {
    const request = { lane: LANE, maxEvents: Math.min(left, 100), maxBytes: 1e6, tickMs: 0 }
    const { items } = await outbox.lease(request)
    const settlements = items.map((token) => ({ kind: 'delivered', token }) as const)
    await outbox.settle(settlements, { tickMs: 0, nowMs: Date.now() })
    left -= items.length
  }
}

const emptyBytes = await usedBytes()
await putOneByOne(ROUNDS)
await deliver(ROUNDS)
let waiting = 0
for (const backlog of BACKLOGS) {
  await fill(outbox, backlog - waiting)
  waiting = backlog
  const perEvent = ((await usedBytes()) - emptyBytes) / waiting
  const putUs = await timed(ROUNDS, () => putOneByOne(ROUNDS))
  const deliverUs = await timed(ROUNDS, () => deliver(ROUNDS))
  const sweepMs = (await timed(1, async () => void (await outbox.sweep(Date.now())))) / 1_000
  const statsMs = (await timed(1, async () => void (await outbox.stats()))) / 1_000
  print(
    `${backlog} wait: put ${putUs.toFixed(0)} us, lease and settle ${deliverUs.toFixed(0)} us, ` +
      `sweep ${sweepMs.toFixed(1)} ms, stats ${statsMs.toFixed(1)} ms, ${perEvent.toFixed(0)} bytes each`,
  )
}

await client.flushall()
const cleanBytes = await usedBytes()
await putOneByOne(20_000, Date.now() + 9 * DAY_MS)
await deliver(20_000)
print(`remembered: ${(((await usedBytes()) - cleanBytes) / 20_000).toFixed(0)} bytes each`)
await outbox.close()
client.disconnect()
await redis.stop()
