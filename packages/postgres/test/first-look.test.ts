import { createCapi } from '@capi/core'
import { cuttableProxy } from '@capi/testing'
import { Pool } from 'pg'
import { expect, it } from 'vitest'
import { postgresOutbox } from '../src/index.ts'
import { LANE } from './events.ts'
import { journalMeta } from './journal-meta.ts'
import { testDatabase } from './test-database.ts'

const TIMEOUT_MS = 500
const meta = journalMeta({ delayMs: 5 })
const world = testDatabase()

it('is not held up by its first look at the tables that never got an answer', {
  timeout: 60_000,
}, async () => {
  const url = new URL(world.url)
  const proxy = await cuttableProxy(Number(url.port))
  url.port = String(proxy.port)
  const pool = new Pool({
    connectionString: url.href,
    query_timeout: TIMEOUT_MS,
    connectionTimeoutMillis: TIMEOUT_MS,
  })
  pool.on('error', () => {})
  proxy.cut()
  const capi = createCapi({
    pixelId: LANE,
    accessToken: 'token',
    baseUrl: meta.url,
    timeoutMs: TIMEOUT_MS,
    logger: { warn() {}, error() {} },
    outbox: postgresOutbox({ db: pool, ensure: true, pollMs: 50 }),
  })
  const lead = (event_id: string) =>
    capi.track('Lead', {}, { event_id, action_source: 'other', user_data: { external_id: 'a' } })
  expect(await lead('a')).toMatchObject({ outcome: 'accepted', durable: false })
  proxy.restore()
  const isDurable = async () => (await lead('b')).durable !== false
  await expect.poll(isDurable, { timeout: 20_000 }).toBe(true)
  await meta.has(['a', 'b'])
  await capi.close()
  await proxy.close()
  await pool.end().catch(() => {})
})
