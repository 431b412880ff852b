// The outbox beside one bare table of the same Postgres, in alternating rounds. By hand: `npm run bench`. Compare ratios.
import type { OutboxItem } from '@capi/core/outbox'
import { outboxItem } from '@capi/core/outbox-test'
import { Pool } from 'pg'
import { postgresOutbox } from '../src/index.ts'
import { bareTable } from './bare-table.ts'
import { benchDatabase } from './bench-database.ts'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 60)
const LANE = '1234567890'
/** As a usual event. */
const PAD = 'x'.repeat(1_000)
const WEEK_MS = 7 * 86_400_000

const database = await benchDatabase()
const pool = new Pool({ connectionString: database.url, max: 10 })
const outbox = postgresOutbox({ db: pool, ensure: true })
const bare = await bareTable(pool)
await outbox.recover({ nowMs: 0, tickMs: 0 })
let made = 0

function items(count: number, isRemembered = false): OutboxItem[] {
  return Array.from({ length: count }, () => {
    const id = `order.${made++}`
    const expiresAtMs = Date.now() + WEEK_MS
    return outboxItem(id, {
      body: `{"event_id":"${id}","user_data":{"em":"${PAD}"}}`,
      expiresAtMs,
      rememberUntilMs: isRemembered ? expiresAtMs : 0,
    })
  })
}

const time = () => ({ tickMs: performance.now(), nowMs: Date.now() })
const lease = () =>
  outbox.lease({ lane: LANE, maxEvents: 100, maxBytes: 1e6, leaseMs: 60_000 }, time())

type Step = readonly [name: string, work: () => Promise<unknown>]

function ours(isRemembered: boolean): readonly Step[] {
  let leased: readonly { id: string; fence: number }[] = []
  let next: OutboxItem[] = []
  return [
    [
      '',
      async () => {
        next = items(100, isRemembered)
      },
    ],
    ['put', () => outbox.put(next, time())],
    [
      'lease',
      async () => {
        leased = (await lease()).items
      },
    ],
    [
      'settle',
      () =>
        outbox.settle(
          leased.map((token) => ({ kind: 'delivered', token }) as const),
          time(),
        ),
    ],
  ]
}
function bares(): readonly Step[] {
  let keys: readonly string[] = []
  let next: OutboxItem[] = []
  return [
    [
      '',
      async () => {
        next = items(100)
      },
    ],
    ['put', () => bare.put(next)],
    [
      'lease',
      async () => {
        keys = await bare.lease(LANE)
      },
    ],
    ['settle', () => bare.settle(keys)],
  ]
}

const found = new Map<string, number[]>()
async function round(name: string, steps: readonly Step[]) {
  let sum = 0
  for (const [step, work] of steps) {
    const start = performance.now()
    await work()
    const ms = performance.now() - start
    if (step === '') continue
    sum += ms
    note(`${name} ${step}`, ms)
  }
  note(`${name} all`, sum)
}
function note(name: string, ms: number) {
  const list = found.get(name) ?? []
  found.set(name, list)
  list.push(ms)
}
for (let n = 0; n < ROUNDS; n++) {
  await round('bare', bares())
  await round('outbox', ours(false))
  await round('outbox remembering', ours(true))
}
for (const [name, list] of found) {
  const sorted = list.slice(5).sort((a, b) => a - b)
  console.log(name, (sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(2))
}
await pool.end()
await database.stop()
