import { setTimeout as sleep } from 'node:timers/promises'
import { type Capi, type CapiOptions, createCapi, type Drop } from '@capi/core'
import { type CuttableProxy, cuttableProxy } from '@capi/testing'
import { type PostgresServer, startPostgres } from '@capi/testing/postgres'
import { Pool } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest'
import { postgresOutbox } from '../src/index.ts'
import { LANE } from './events.ts'
import { journalMeta } from './journal-meta.ts'

const TIMEOUT_MS = 500
const meta = journalMeta({ delayMs: 5 })
let server: PostgresServer
let proxy: CuttableProxy
let pool: Pool

beforeAll(async () => {
  server = await startPostgres()
  proxy = await cuttableProxy(server.port)
  const url = new URL(server.url)
  url.port = String(proxy.port)
  // As the README asks for: without a bound a connection that was cut off stays in the pool for a quarter of an hour.
  url.searchParams.set('query_timeout', String(TIMEOUT_MS))
  pool = new Pool({ connectionString: url.href, connectionTimeoutMillis: TIMEOUT_MS })
  pool.on('error', () => {})
}, 30_000)
beforeEach(() => meta.clear())
afterAll(async () => {
  // Each of them is missing where the server did not start.
  await proxy?.close()
  await pool?.end().catch(() => {})
  await server?.stop()
})

function openCapi(more: CapiOptions = {}): Capi {
  return createCapi({
    pixelId: LANE,
    accessToken: 'token',
    baseUrl: meta.url,
    batch: { maxEvents: 20, maxWaitMs: 10 },
    retry: { baseDelayMs: 20, maxDelayMs: 200 },
    logger: { warn() {}, error() {} },
    outbox: postgresOutbox({ db: pool, ensure: true, pollMs: 50 }),
    ...more,
  })
}

/** Sells until told to stop. @returns the ids that were accepted. */
function sellTo(capi: Capi, prefix: string) {
  const accepted: string[] = []
  let isOpen = true
  // A test that fails must not go on selling: without a database each sale fails at once, and no timer would run.
  onTestFinished(() => {
    isOpen = false
  })
  const seller = async (first: number) => {
    for (let n = first; isOpen; n += 8) {
      const event_id = `${prefix}.${n}`
      const { outcome } = await capi.track(
        'Purchase',
        { value: 1, currency: 'EUR' },
        { event_id, action_source: 'other', user_data: { external_id: `person.${n}` } },
      )
      if (outcome === 'accepted') accepted.push(event_id)
      // An outbox that is away is not waited for.
      await sleep(1)
    }
  }
  const selling = Promise.all(Array.from({ length: 8 }, (_, n) => seller(n)))
  return {
    accepted,
    async until(count: number) {
      await expect.poll(() => accepted.length, { timeout: 30_000 }).toBeGreaterThan(count)
    },
    async stop() {
      isOpen = false
      await selling
      return accepted
    },
  }
}

/** Answers that never came may have leased something: nobody waits for that to run out. */
async function endLeases(): Promise<void> {
  const direct = new Pool({ connectionString: server.url })
  await direct.query('UPDATE capi.event SET due = statement_timestamp() WHERE fence IS NOT NULL')
  await direct.end()
}

it('delivers all it accepted though Postgres dies and starts again under load, twice', {
  timeout: 60_000,
}, async () => {
  const capi = openCapi()
  const sale = sellTo(capi, 'restart')
  for (const count of [100, 300]) {
    await sale.until(count)
    await server.restart()
  }
  await sale.until(500)
  const accepted = await sale.stop()
  await endLeases()
  await meta.has(accepted)
  await capi.close()
})

it('delivers all it accepted though the network swallows everything for a while', {
  timeout: 60_000,
}, async () => {
  const drops: Drop[] = []
  const capi = openCapi({ timeoutMs: TIMEOUT_MS, onDropped: (drop) => drops.push(drop) })
  const sale = sellTo(capi, 'cut')
  await sale.until(100)
  proxy.cut()
  // Meanwhile they are held in memory, and put when Postgres answers again.
  await expect.poll(async () => (await capi.stats()).held, { timeout: 10_000 }).toBeGreaterThan(0)
  proxy.restore()
  const before = sale.accepted.length
  await sale.until(before + 100)
  const accepted = await sale.stop()
  await endLeases()
  await meta.has(accepted)
  expect(drops).toEqual([])
  await capi.close()
})

it('is not held up by its first look at the tables that never got an answer', {
  timeout: 60_000,
}, async () => {
  proxy.cut()
  const capi = openCapi({ timeoutMs: TIMEOUT_MS })
  const lead = (event_id: string) =>
    capi.track('Lead', {}, { event_id, action_source: 'other', user_data: { external_id: 'a' } })
  expect(await lead('a')).toMatchObject({ outcome: 'accepted', durable: false })
  proxy.restore()
  const isDurable = async () => (await lead('b')).durable !== false
  await expect.poll(isDurable, { timeout: 20_000 }).toBe(true)
  await meta.has(['a', 'b'])
  await capi.close()
})
