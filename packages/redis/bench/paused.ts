// What pixels that nobody leases cost the others. By hand: `npm run bench`.
import { startRedis } from '@capi/testing'
import { fill, items, LEASE_MS, median, open, print, time, timed } from './redis.ts'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 20)
const PAUSED = Number(process.env['BENCH_PAUSED'] ?? 300_000)
const lanes = (from: number, until: number) =>
  Array.from({ length: until - from }, (_one, n) => String(1_000_000_000 + from + n))

async function contender(paused: readonly string[]) {
  const server = await startRedis('appendonly yes', 'auto-aof-rewrite-percentage 0')
  const outbox = open(server.port)
  for (const lane of paused) await fill(outbox, PAUSED / paused.length, { lane })
  const times: number[] = []
  /** Events of 25 pixels: put, leased and settled, pixel after pixel. */
  async function round(): Promise<void> {
    const given = lanes(0, 25).map((lane) => items(100, { lane }))
    const deliver = async () => {
      for (const some of given) {
        await outbox.put(some, time())
        const lane = some[0]?.lane ?? ''
        const request = { lane, maxEvents: 100, maxBytes: 1e6, leaseMs: LEASE_MS }
        const leased = (await outbox.lease(request, time())).items
        await outbox.settle(
          leased.map((token) => ({ kind: 'delivered', token }) as const),
          time(),
        )
      }
    }
    times.push(await timed(deliver))
  }
  return { outbox, times, round, stop: () => server.stop() }
}

const alone = await contender([])
const beside = await contender(lanes(25, 50))
for (let n = 0; n < ROUNDS; n++) for (const { round } of [alone, beside]) await round()
const ratio = median(alone.times) / median(beside.times)
print(
  `25 pixels beside 25 paused ones that hold ${PAUSED}: ${ratio.toFixed(2)} of the rate of 25 alone`,
)

const { outbox } = beside
const polls: number[] = []
const empty: number[] = []
for (let n = 0; n < 200; n++) {
  polls.push(await timed(() => outbox.dueLanes(time())))
  const request = { lane: '999999999', maxEvents: 100, maxBytes: 1e6, leaseMs: LEASE_MS }
  empty.push(await timed(() => outbox.lease(request, time())))
}
print(
  `beside them: dueLanes ${median(polls).toFixed(2)} ms, a lease that finds nothing ${median(empty).toFixed(2)} ms`,
)
await alone.stop()
await beside.stop()
process.exit()
