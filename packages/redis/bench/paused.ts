// What pixels that nobody leases cost the others. By hand: `npm run bench`.
import { startRedis } from '@capi/testing'
import { fill, items, LEASE_MS, median, open, print, time, timed } from './redis.ts'

const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 400)
const PAUSED = Number(process.env['BENCH_PAUSED'] ?? 300_000)
const lanes = (from: number, until: number) =>
  Array.from({ length: until - from }, (_one, n) => String(1_000_000_000 + from + n))

const server = await startRedis('appendonly yes')
const outbox = open(server.port)

/** Events of 25 pixels a second: put, leased and settled, pixel after pixel. */
async function rate(): Promise<number> {
  const active = lanes(0, 25)
  const given = active.map((lane) => items(EVENTS, { lane }))
  const ms = await timed(async () => {
    for (const [n, lane] of active.entries()) {
      for (let start = 0; start < EVENTS; start += 100) {
        await outbox.put((given[n] ?? []).slice(start, start + 100), time())
        const request = { lane, maxEvents: 100, maxBytes: 1e6, leaseMs: LEASE_MS }
        const leased = (await outbox.lease(request, time())).items
        await outbox.settle(
          leased.map((token) => ({ kind: 'delivered', token }) as const),
          time(),
        )
      }
    }
  })
  return (25 * EVENTS * 1_000) / ms
}

const rounds = async () =>
  median([await rate(), await rate(), await rate(), await rate(), await rate()])
await rate()
const alone = await rounds()
for (const lane of lanes(25, 50)) await fill(outbox, PAUSED / 25, { lane })
const beside = await rounds()
print(
  `25 pixels beside 25 paused ones that hold ${PAUSED}: ${(beside / alone).toFixed(2)} of 25 alone`,
)

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
await server.stop()
process.exit()
