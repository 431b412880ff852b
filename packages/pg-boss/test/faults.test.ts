import { type Capi, type CapiOptions, createCapi, type Drop } from '@capi/core'
import { outboxItem } from '@capi/core/outbox-test'
import { type CuttableProxy, cuttableProxy } from '@capi/testing'
import { type PostgresServer, startPostgres } from '@capi/testing/postgres'
import { Client } from 'pg'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest'
import { fromOldPort } from '../src/old-port.ts'
import { pgBossOutbox } from '../src/pg-boss-outbox.ts'
import { LANE, lease, NOW_MS, problemOf } from './events.ts'
import { journalMeta } from './journal-meta.ts'

const TIMEOUT_MS = 500
const meta = journalMeta({ delayMs: 5 })
let server: PostgresServer
let proxy: CuttableProxy
let boss: PgBoss
const bosses: PgBoss[] = []
let direct: Client

beforeAll(async () => {
  server = await startPostgres()
  proxy = await cuttableProxy(server.port)
  const url = new URL(server.url)
  url.port = String(proxy.port)
  // What the README asks for: without it a connection that was cut off stays in the pool for a quarter of an hour.
  url.searchParams.set('query_timeout', String(TIMEOUT_MS))
  const connectionTimeoutMillis = TIMEOUT_MS
  boss = new PgBoss({ connectionString: url.href, connectionTimeoutMillis, supervise: false })
  boss.on('error', () => {})
  bosses.push(boss)
  await boss.start()
}, 30_000)
beforeEach(async () => {
  meta.clear()
  direct = new Client({ connectionString: server.url })
  direct.on('error', () => {})
  await direct.connect()
  return () => direct.end().catch(() => {})
})
afterAll(async () => {
  // Each of them is missing where the server did not start.
  await proxy?.close()
  for (const one of bosses) await one.stop({ graceful: false }).catch(() => {})
  await server?.stop()
})

const openOutbox = () => pgBossOutbox({ boss, pollMs: 50, leaseSec: 10, timeoutMs: TIMEOUT_MS })

function openCapi(more: CapiOptions = {}): Capi {
  return createCapi({
    pixelId: LANE,
    accessToken: 'token',
    baseUrl: meta.url,
    batch: { maxEvents: 20, maxWaitMs: 10 },
    retry: { baseDelayMs: 20, maxDelayMs: 200 },
    logger: { warn() {}, error() {} },
    outbox: fromOldPort(openOutbox()),
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
async function ageLeases(client: Client): Promise<void> {
  await client.query(
    "UPDATE pgboss.job SET heartbeat_on = heartbeat_on - interval '60 s' WHERE state = 'active'",
  )
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
  const client = new Client({ connectionString: server.url })
  await client.connect()
  await ageLeases(client)
  await meta.has(accepted)
  await capi.close()
  await client.end()
  expect(accepted.filter((id) => !meta.arrived.has(id))).toEqual([])
})

it('delivers all it accepted though the network swallows everything for a while', {
  timeout: 60_000,
}, async () => {
  const drops: Drop[] = []
  const capi = openCapi({ timeoutMs: TIMEOUT_MS, onDropped: (drop) => drops.push(drop) })
  const sale = sellTo(capi, 'cut')
  await sale.until(100)
  proxy.cut()
  await expect.poll(() => drops.length, { timeout: 10_000 }).toBeGreaterThan(0)
  expect(drops[0]).toMatchObject({
    reason: 'store_failed',
    cause: { code: expect.stringMatching(/^store_(timeout|unreachable)$/) },
  })
  proxy.mend()
  const before = sale.accepted.length
  await sale.until(before + 100)
  const accepted = await sale.stop()
  await ageLeases(direct)
  await meta.has(accepted)
  await capi.close()
})

const DEAD = '1 00000000-0000-8000-8000-000000000000'

it('ends every call in time when nothing answers, and says what to do', {
  timeout: 30_000,
}, async () => {
  // Of an application that set no bound of its own.
  const url = new URL(server.url)
  url.port = String(proxy.port)
  const unbounded = new PgBoss({ connectionString: url.href, supervise: false })
  unbounded.on('error', () => {})
  bosses.push(unbounded)
  await unbounded.start()
  const outbox = pgBossOutbox({ boss: unbounded, leaseSec: 10, timeoutMs: TIMEOUT_MS })
  await outbox.put([outboxItem('a')], NOW_MS)
  const [token] = (await lease(outbox)).items
  if (token === undefined) throw new Error('it is leased')
  proxy.cut()
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    put: () => outbox.put([outboxItem('b')], NOW_MS),
    lease: () => lease(outbox),
    settle: () => outbox.settle([{ kind: 'delivered', token }], { tickMs: 0, nowMs: NOW_MS }),
    recover: () => outbox.recover(),
    sweep: () => outbox.sweep(NOW_MS),
    stats: () => outbox.stats(),
    dueLanes: () => outbox.dueLanes(),
    readDead: () => outbox.readDead({}, 100),
    removeDead: () => outbox.removeDead([DEAD]),
    removeMatching: () => outbox.removeMatching(['0'.repeat(64)], { limit: 100 }),
  }
  const startMs = performance.now()
  await Promise.all(
    Object.entries(calls).map(async ([name, work]) => {
      const error = await work().catch((reason: unknown) => reason)
      expect(problemOf(error), name).toBe('unreachable')
      expect(String(error)).toContain('check its address')
    }),
  )
  expect(performance.now() - startMs).toBeLessThan(TIMEOUT_MS * 3 + 500)
  await outbox.close()
  expect(performance.now() - startMs).toBeLessThan(TIMEOUT_MS * 4 + 1_000)
  proxy.mend()
})
