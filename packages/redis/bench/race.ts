// Beside a bare stream of Redis, with the same events: 100 in one call each way, single puts of 50 callers, and what 50 callers track
// through core, which puts what comes in one moment together. Rounds in turn, medians. By hand: `npm run bench`.
import { type Capi, createCapi } from '@capi/core'
import type { Outbox, OutboxItem } from '@capi/core/outbox'
import { Redis } from 'ioredis'
import {
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

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 60)
const CALLERS = 50
const PUTS = 10 * CALLERS

interface Racer {
  put(some: readonly OutboxItem[]): Promise<unknown>
  /** A hundred, out and away. @returns how many there were. */
  take(): Promise<number>
  readonly capi: Capi
}

/** A client that only puts. */
const producer = (outbox: Outbox) =>
  createCapi({ pixelId: '1234567890', accessToken: 'token', outbox })

function ours(port: number): Racer {
  const outbox = open(port)
  return {
    put: (some) => outbox.put(some, time()),
    async take() {
      const leased = await lease(outbox)
      if (leased.length > 0) await settle(outbox, leased)
      return leased.length
    },
    capi: producer(open(port, { role: 'producer' })),
  }
}

/** The least there is: no duplicates, no expiry, no pixels, no fences. */
async function bareStream(port: number): Promise<Racer> {
  const redis = new Redis(port, '127.0.0.1')
  await redis.xgroup('CREATE', 'bare', 'workers', '$', 'MKSTREAM')
  async function put(some: readonly OutboxItem[]) {
    const pipeline = redis.pipeline()
    for (const { body } of some) pipeline.xadd('bare', '*', 'body', body)
    await pipeline.exec()
    return some.map(() => 'accepted' as const)
  }
  const nothing = async () => []
  const counted = async () => ({})
  return {
    put,
    async take() {
      const asked = ['COUNT', 100, 'STREAMS', 'bare', '>'] as const
      const answer = await redis.xreadgroup('GROUP', 'workers', 'me', ...asked)
      const entries = answer?.[0]?.[1] ?? []
      const ids = entries.map(([id]) => id)
      const done = redis.pipeline().xack('bare', 'workers', ...ids)
      if (ids.length > 0) await done.xdel('bare', ...ids).exec()
      return ids.length
    },
    capi: producer({
      sharedAs: 'producer',
      put,
      lease: async () => ({ items: [] }),
      settle: nothing,
      renew: async () => {},
      recover: counted,
      dueLanes: nothing,
      takeExpired: async () => ({ losses: [] }),
      readDead: nothing,
      removeDead: async () => 0,
      removeMatching: async () => ({ removed: [], dead: 0, leased: 0 }),
      counts: counted,
      close: nothing,
    }),
  }
}

/** Each of the callers waits for its answer before its next one. */
const callers = (work: (n: number) => Promise<unknown>) =>
  timed(() =>
    Promise.all(
      Array.from({ length: CALLERS }, async (_, caller) => {
        for (let n = caller; n < PUTS; n += CALLERS) await work(n)
      }),
    ),
  )

const about = { action_source: 'other', user_data: { em: 'anna@example.com' } } as const

async function round(racer: Racer) {
  const batch = items(100)
  const all = await timed(async () => {
    await racer.put(batch)
    await racer.take()
  })
  const each = items(PUTS).map((one) => [one])
  const single = await callers((n) => racer.put(each[n] ?? []))
  const tracked = await callers(() => racer.capi.track('Lead', {}, about))
  while ((await racer.take()) > 0);
  return { batch: all, single: single / PUTS, tracked: tracked / PUTS }
}

const server = await startServer()
const racers = { ours: ours(server.port), bare: await bareStream(server.port) }
const found: Record<'ours' | 'bare', Awaited<ReturnType<typeof round>>[]> = { ours: [], bare: [] }
for (let n = -5; n < ROUNDS; n++)
  for (const name of ['ours', 'bare'] as const) {
    const one = await round(racers[name])
    if (n >= 0) found[name].push(one)
  }
const ROWS = {
  batch: '100 put, leased, settled',
  single: `one put, ${CALLERS} callers`,
  tracked: `one event tracked, ${CALLERS} callers`,
} as const
for (const row of ['batch', 'single', 'tracked'] as const) {
  const [a, b] = [found.ours, found.bare].map((all) => median(all.map((one) => one[row])))
  print(`${ROWS[row]}: ${ms(a ?? 0)}, bare ${ms(b ?? 0)}: ${((a ?? 0) / (b ?? 1)).toFixed(2)} ×`)
}
await server.stop()
process.exit()
