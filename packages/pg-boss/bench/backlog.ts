// What an event costs while ever more of them wait. By hand: `npm run bench`. Ratios are what to compare between machines.
import type { LeasedItem, OutboxItem } from '@capi/core/outbox'
import { outboxItem } from '@capi/core/outbox-test'
import { Client } from 'pg'
import { PgBoss } from 'pg-boss'
import { pgBossOutbox } from '../src/pg-boss-outbox.ts'
import { benchDatabase } from './bench-database.ts'

const BACKLOGS = [1_000, 10_000, 100_000, Number(process.env['BENCH_BACKLOG'] ?? 1_000_000)]
const LANE = '1234567890'
/** As a usual event: 139 KB in a batch of 100. */
const PAD = 'x'.repeat(1_250)
const BATCHES = 8
const WEEK_MS = 7 * 86_400_000

const database = await benchDatabase()
const { url } = database
const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false })
await boss.start()
const outbox = pgBossOutbox({ boss, pollMs: 600_000, maxEvents: 2e6, timeoutMs: 600_000 })
let made = 0

function items(count: number): OutboxItem[] {
  return Array.from({ length: count }, () => {
    const id = `order.${made++}`
    const expiresAtMs = Date.now() + WEEK_MS
    const body = `{"event_id":"${id}","user_data":{"em":"${PAD}"}}`
    return outboxItem(id, { body, expiresAtMs, rememberUntilMs: expiresAtMs })
  })
}

async function medianMs(times: number, work: (n: number) => Promise<unknown>): Promise<number> {
  const found: number[] = []
  for (let n = 0; n < times; n++) {
    const start = performance.now()
    await work(n)
    found.push(performance.now() - start)
  }
  return found.sort((a, b) => a - b)[Math.floor(times / 2)] ?? Number.NaN
}

const lease = () => outbox.lease({ lane: LANE, maxEvents: 100, maxBytes: 1e6, tickMs: 0 })
const settle = (leased: readonly LeasedItem[]) =>
  outbox.settle(
    leased.map((token) => ({ kind: 'delivered', token }) as const),
    { tickMs: 0, nowMs: Date.now() },
  )

const client = new Client({ connectionString: url })
await client.connect()
await outbox.recover()
let waiting = 0
for (const backlog of BACKLOGS) {
  const start = performance.now()
  for (; waiting < backlog; waiting += 1_000) await outbox.put(items(1_000), Date.now())
  const fillSec = (performance.now() - start) / 1_000
  const batches: (readonly LeasedItem[])[] = []
  const put = await medianMs(200, () => outbox.put(items(1), Date.now()))
  const leased = await medianMs(BATCHES, async () => batches.push((await lease()).items))
  const settled = await medianMs(BATCHES, async (n) => settle(batches[n] ?? []))
  const swept = await medianMs(5, () => outbox.sweep(Date.now()))
  // Once: what it counted of many it tells again for a while.
  const told = await medianMs(1, () => outbox.stats())
  waiting += 200 - BATCHES * 100
  const { rows } = await client.query(
    "SELECT pg_size_pretty(sum(pg_total_relation_size(relid))) AS size FROM pg_stat_user_tables WHERE relname LIKE 'job%'",
  )
  console.log(
    `${backlog} waiting (filled in ${fillSec.toFixed(0)} s, ${rows[0].size}): put ${put.toFixed(2)} ms, ` +
      `lease of 100 ${leased.toFixed(1)} ms, settling them ${settled.toFixed(1)} ms, sweep ${swept.toFixed(1)} ms, stats ${told.toFixed(1)} ms`,
  )
}
await outbox.close()
await client.end()
await boss.stop({ graceful: false })
await database.stop()
