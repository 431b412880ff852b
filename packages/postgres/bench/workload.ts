// What the benches share: a Postgres with its own settings, events of a usual size, medians.
import { randomBytes } from 'node:crypto'
import type { LeasedItem, Outbox, OutboxItem } from '@capi/core/outbox'
import { outboxItem } from '@capi/core/outbox-test'
import { newDatabase, type PostgresServer, startPostgres } from '@capi/testing/postgres'
import { Pool } from 'pg'
import { postgresOutbox } from '../src/index.ts'

export const LANE = '1234567890'
const WEEK_MS = 7 * 86_400_000
/** As a usual event: its body has about 1,000 bytes. */
const PAD = 'x'.repeat(930)

let server: PostgresServer | undefined
const stops: (() => Promise<unknown>)[] = []

/** A database of its own on `PG_URL`, else on a server that is started here. */
export async function newPool(): Promise<Pool> {
  const given = process.env['PG_URL'] || undefined
  if (given === undefined) server ??= await startPostgres()
  const database = await newDatabase(given ?? server?.url ?? '')
  const pool = new Pool({ connectionString: database.url, max: 10 })
  // Of the end of their database, which connections may hear before the pool has ended.
  pool.on('error', () => {})
  stops.unshift(() => pool.end().then(() => database.drop()))
  return pool
}

export async function stop(): Promise<void> {
  for (const one of stops) await one()
  await server?.stop()
}

export async function open(pool: Pool): Promise<Outbox> {
  const outbox = postgresOutbox({ db: pool, ensure: true, maxEvents: 1e8 })
  await outbox.recover(time())
  return outbox
}

let made = 0
export function item(more: Partial<OutboxItem> = {}): OutboxItem {
  const id = `order.${made++}.${randomBytes(4).toString('hex')}`
  const expiresAtMs = Date.now() + WEEK_MS
  const body = `{"event_name":"Purchase","event_id":"${id}","user_data":{"em":"${PAD}"}}`
  return outboxItem(id, { body, expiresAtMs, rememberUntilMs: expiresAtMs, ...more })
}

export const items = (count: number, more: Partial<OutboxItem> = {}) =>
  Array.from({ length: count }, () => item(more))

/** Puts so many, many at a time, and lets Postgres see how many they are. */
export async function fill(
  { outbox, pool }: { readonly outbox: Outbox; readonly pool: Pool },
  count: number,
  more: Partial<OutboxItem> = {},
) {
  for (let left = count; left > 0; left -= 1_000)
    await outbox.put(items(Math.min(left, 1_000), more), time())
  await pool.query('VACUUM ANALYZE capi.event')
}

export const time = () => ({ tickMs: performance.now(), nowMs: Date.now() })

export async function lease(outbox: Outbox, lane = LANE): Promise<readonly LeasedItem[]> {
  const request = { lane, maxEvents: 100, maxBytes: 1e6, leaseMs: 60_000 }
  return (await outbox.lease(request, time())).items
}

export const settle = (outbox: Outbox, leased: readonly LeasedItem[]) =>
  outbox.settle(
    leased.map((token) => ({ kind: 'delivered', token }) as const),
    time(),
  )

/** Milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN
}
export const median = (values: readonly number[]) => quantile(values, 0.5)

export const print = (text: string): void => void process.stdout.write(`${text}\n`)
