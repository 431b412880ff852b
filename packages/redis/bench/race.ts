// Races a bare stream of Redis, round by round, with the same events. By hand: `npm run bench`.
import type { OutboxItem } from '@capi/core/outbox'
import { startRedis } from '@capi/testing'
import { Redis } from 'ioredis'
import { items, LANE, LEASE_MS, median, open, print, time, timed } from './redis.ts'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 60)
const CALLERS = 50

interface Racer {
  /** 100 events in one call, out again in one, and settled in one. */
  readonly batch: (given: readonly OutboxItem[]) => Promise<void>
  readonly put: (one: OutboxItem) => Promise<unknown>
  readonly empty: () => Promise<void>
}

async function bareStream(port: number): Promise<Racer> {
  const redis = new Redis(port, '127.0.0.1')
  await redis.xgroup('CREATE', 'bare', 'workers', '$', 'MKSTREAM')
  const take = async () => {
    const answer = (await redis.xreadgroup(
      'GROUP',
      'workers',
      'me',
      'COUNT',
      100,
      'STREAMS',
      'bare',
      '>',
    )) as [string, [string, string[]][]][] | null
    const ids = answer?.[0]?.[1].map(([id]) => id) ?? []
    if (ids.length > 0)
      await redis
        .pipeline()
        .xack('bare', 'workers', ...ids)
        .xdel('bare', ...ids)
        .exec()
    return ids.length
  }
  return {
    async batch(given) {
      const pipeline = redis.pipeline()
      for (const { body } of given) pipeline.xadd('bare', '*', 'body', body)
      await pipeline.exec()
      await take()
    },
    put: ({ body }) => redis.xadd('bare', '*', 'body', body),
    async empty() {
      while ((await take()) > 0);
    },
  }
}

function ours(port: number): Racer {
  const outbox = open(port)
  const take = async () => {
    const request = { lane: LANE, maxEvents: 100, maxBytes: 1e6, leaseMs: LEASE_MS }
    const { items } = await outbox.lease(request, time())
    if (items.length > 0)
      await outbox.settle(
        items.map((token) => ({ kind: 'delivered', token }) as const),
        time(),
      )
    return items.length
  }
  return {
    async batch(given) {
      await outbox.put(given, time())
      await take()
    },
    put: (one) => outbox.put([one], time()),
    async empty() {
      while ((await take()) > 0);
    },
  }
}

const redis = await startRedis('appendonly yes', 'auto-aof-rewrite-percentage 0')
const racers = { 'bare stream': await bareStream(redis.port), '@capi/redis': ours(redis.port) }
const batches = new Map<string, number[]>()
const singles = new Map<string, number[]>()
for (let round = -5; round < ROUNDS; round++) {
  for (const [name, racer] of Object.entries(racers)) {
    const given = items(100)
    const batchMs = await timed(() => racer.batch(given))
    const each = items(10 * CALLERS)
    const singleMs = await timed(() =>
      Promise.all(
        Array.from({ length: CALLERS }, async (_one, n) => {
          for (const one of each.slice(10 * n, 10 * (n + 1))) await racer.put(one)
        }),
      ),
    )
    await racer.empty()
    if (round < 0) continue
    batches.set(name, [...(batches.get(name) ?? []), batchMs])
    singles.set(name, [...(singles.get(name) ?? []), singleMs])
  }
}
for (const name of Object.keys(racers)) {
  const batchMs = median(batches.get(name) ?? [])
  const perSecond = (10 * CALLERS * 1_000) / median(singles.get(name) ?? [])
  print(
    `${name}: 100 put, leased, settled ${batchMs.toFixed(2)} ms; single puts, ${CALLERS} callers ${perSecond.toFixed(0)} a second`,
  )
}
await redis.stop()
process.exit()
