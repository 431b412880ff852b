// The outbox beside one bare table of the same Postgres, in alternating rounds: 100 events put, leased and settled, and single puts of
// 50 callers. By hand: `npm run bench`. Compare ratios.
import { createCapi } from '@capi/core'
import type { OutboxItem } from '@capi/core/outbox'
import { postgresOutbox } from '../src/index.ts'
import { bareTable } from './bare-table.ts'
import {
  item,
  items,
  LANE,
  lease,
  median,
  newPool,
  open,
  print,
  settle,
  stop,
  time,
  timed,
} from './workload.ts'

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 100)
const CALLERS = 50
const EACH = 10

const pool = await newPool()
const outbox = await open(pool)
const bare = await bareTable(pool)
/** Puts only: nothing is sent. */
const capi = createCapi({
  pixelId: LANE,
  accessToken: 'token',
  outbox: postgresOutbox({ db: pool, role: 'producer' }),
})

const found = new Map<string, number[]>()
async function step(name: string, work: () => Promise<unknown>): Promise<void> {
  const ms = await timed(work)
  found.set(name, [...(found.get(name) ?? []), ms])
}

async function ours(name: string, given: readonly OutboxItem[]): Promise<void> {
  let leased: Awaited<ReturnType<typeof lease>> = []
  await step(`${name} put`, () => outbox.put(given, time()))
  await step(`${name} lease`, async () => {
    leased = await lease(outbox)
  })
  await step(`${name} settle`, () => settle(outbox, leased))
}

async function bares(given: readonly OutboxItem[]): Promise<void> {
  let keys: readonly string[] = []
  await step('bare put', () => bare.put(given))
  await step('bare lease', async () => {
    keys = await bare.lease(LANE)
  })
  await step('bare settle', () => bare.settle(keys))
}

const singles = (put: (one: OutboxItem) => Promise<unknown>) =>
  Promise.all(
    Array.from({ length: CALLERS }, async () => {
      for (let n = 0; n < EACH; n++) await put(item())
    }),
  )

for (let n = 0; n < ROUNDS; n++) {
  await bares(items(100))
  await ours('outbox', items(100, { rememberUntilMs: 0 }))
  await ours('remembering', items(100))
  if (n % 5 > 0) continue
  await step('bare single', () => singles((one) => bare.putOne(one)))
  await step('track single', () =>
    singles(({ event_id, body }) =>
      capi.track(
        'Purchase',
        { value: 1, currency: 'EUR', content_name: body.slice(0, 800) },
        { event_id, action_source: 'other', user_data: { external_id: event_id } },
      ),
    ),
  )
  await pool.query('DELETE FROM capi.event WHERE due IS NOT NULL')
  await pool.query('DELETE FROM bare')
  await pool.query('VACUUM capi.event, bare')
}

const ms = (name: string) => median((found.get(name) ?? []).slice(3))
const all = (name: string) => ['put', 'lease', 'settle'].map((one) => ms(`${name} ${one}`))
const sum = (name: string) => all(name).reduce((total, one) => total + one, 0)
for (const name of ['bare', 'outbox', 'remembering']) {
  const each = all(name).map((one) => one.toFixed(2))
  print(
    `${name}: 100 put, leased, settled ${each.join(' + ')} = ${sum(name).toFixed(2)} ms; ${(sum('bare') / sum(name)).toFixed(2)} of the bare table`,
  )
}
const [bareMs, trackMs] = [ms('bare single'), ms('track single')]
print(
  `${CALLERS * EACH} calls of ${CALLERS} callers: a bare insert each ${bareMs.toFixed(0)} ms, track ${trackMs.toFixed(0)} ms, ${(bareMs / trackMs).toFixed(2)} × as fast`,
)
await capi.close()
await stop()
process.exit()
