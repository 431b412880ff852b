// What pixels that nobody leases cost the others: the rate of 25 beside 25 that are paused, next to 25 alone, round by round; then a
// look at what is due, and a lease that finds nothing. By hand: `npm run bench`.
import type { Pool } from 'pg'
import {
  fill,
  items,
  lease,
  median,
  newPool,
  open,
  print,
  quantile,
  settle,
  stop,
  time,
  timed,
} from './workload.ts'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 20)
const PAUSED = Number(process.env['BENCH_PAUSED'] ?? 300_000)
const lanes = (from: number, until: number) =>
  Array.from({ length: until - from }, (_one, n) => String(1_000_000_000 + from + n))

async function contender(pool: Pool, paused: readonly string[]) {
  const outbox = await open(pool)
  for (const lane of paused) await fill({ outbox, pool }, PAUSED / paused.length, { lane })
  const times: number[] = []
  /** Events of 25 pixels: put, leased and settled, pixel after pixel. */
  async function round(): Promise<void> {
    const given = lanes(0, 25).map((lane) => [lane, items(100, { lane })] as const)
    const deliver = async () => {
      for (const [lane, some] of given) {
        await outbox.put(some, time())
        await settle(outbox, await lease(outbox, lane))
      }
    }
    times.push(await timed(deliver))
  }
  return { pool, outbox, times, round }
}

const alone = await contender(await newPool(), [])
const beside = await contender(await newPool(), lanes(25, 50))
for (let n = 0; n < ROUNDS; n++) for (const { round } of [alone, beside]) await round()
const rate = median(alone.times) / median(beside.times)
print(
  `25 pixels beside 25 that are paused with ${PAUSED}: ${rate.toFixed(2)} of the rate of 25 alone`,
)

const { outbox, pool } = beside
/** A paused pixel's events are due all the time, or at the end of its pause. */
for (const state of ['due', 'in the future']) {
  const lane = state === 'due' ? '999999999' : '1000000030'
  if (state !== 'due')
    await pool.query("UPDATE capi.event SET due = due + interval '1 hour' WHERE due IS NOT NULL")
  await pool.query('VACUUM ANALYZE capi.event')
  const looks: number[] = []
  const empty: number[] = []
  for (let n = 0; n < 300; n++) {
    looks.push(await timed(() => outbox.dueLanes(time())))
    empty.push(await timed(() => lease(outbox, lane)))
  }
  const [look, none] = [looks, empty].map(
    (all) => `${median(all).toFixed(2)} ms, p99 ${quantile(all, 0.99).toFixed(2)}`,
  )
  print(`beside them, ${state}: a look at what is due ${look}; a lease that finds nothing ${none}`)
}
await stop()
process.exit()
