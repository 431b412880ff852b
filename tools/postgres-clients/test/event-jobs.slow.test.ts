import { readFileSync } from 'node:fs'
import { createCapi } from '@capi/core'
import { createEmulator } from '@capi/emulator'
import { newDatabase } from '@capi/testing/postgres'
import type {} from '@capi/testing/postgres-setup'
import { Pool } from 'pg'
import { type JobWithMetadata, PgBoss } from 'pg-boss'
import { expect, inject, it, onTestFinished } from 'vitest'
import { createEventQueue, deliverJobs, enqueue } from '../src/event-jobs.ts'

const GUIDE = '../../../apps/docs/content/guides/pg-boss-jobs.md'
const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const PATIENCE = { timeout: 15_000 }

it('is what the guide shows', () => {
  expect(read(GUIDE)).toContain(read('../src/event-jobs.ts').trim())
})

it('delivers events from jobs of pg-boss, each once, hashed, and none of an order that was rolled back', {
  timeout: 60_000,
}, async () => {
  const database = await newDatabase(inject('postgresUrl'))
  const pool = new Pool({ connectionString: database.url })
  const boss = new PgBoss({ connectionString: database.url, supervise: false, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  const emulator = createEmulator()
  const options = { pixelId: '1234567890', accessToken: 'token', fetch: emulator.fetch }
  const capi = createCapi(options)
  onTestFinished(async () => {
    await boss.stop({ graceful: false })
    await capi.close()
    await emulator.close()
    await pool.end()
    await database.drop()
  })
  await createEventQueue(boss)

  const purchase = (event_id: string, currency = 'EUR') =>
    ({
      event_name: 'Purchase',
      event_id,
      action_source: 'system_generated',
      custom_data: { value: 12.5, currency },
      user_data: { em: 'anna.muster@example.com' },
    }) as const
  async function order(event: ReturnType<typeof purchase>, end: 'COMMIT' | 'ROLLBACK') {
    const client = await pool.connect()
    await client.query('BEGIN')
    const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) }
    const id = await enqueue(boss, event, db)
    await client.query(end)
    client.release()
    return id
  }
  const jobs = (): Promise<JobWithMetadata<object>[]> => boss.findJobs<object>('meta-events')

  expect(await order(purchase('order.1000'), 'ROLLBACK')).not.toBeNull()
  expect(await order(purchase('order.1001'), 'COMMIT')).not.toBeNull()
  expect(await order(purchase('order.1001'), 'COMMIT')).toBeNull()
  const [waiting, ...others] = await jobs()
  expect(others).toEqual([])
  expect(waiting).toMatchObject({ retryLimit: 10_080, retryDelay: 60 })
  expect(JSON.stringify(waiting?.data)).not.toContain('anna')

  await deliverJobs(boss, capi)
  await emulator.waitForEvent({ event_id: 'order.1001' }, { timeoutMs: PATIENCE.timeout })
  await expect
    .poll(async () => (await jobs()).map(({ state }) => state), PATIENCE)
    .toEqual(['completed'])
  // Also after its delivery.
  expect(await order(purchase('order.1001'), 'COMMIT')).toBeNull()

  // Meta refuses this one for what it is: it is not tried again.
  await order(purchase('order.1002', 'XXXX'), 'COMMIT')
  await expect
    .poll(async () => (await jobs()).map(({ state }) => state).sort(), PATIENCE)
    .toEqual(['completed', 'failed'])
  expect(emulator.events().map(({ event_id }) => event_id)).not.toContain('order.1000')
  expect(emulator.events()).toHaveLength(1)
})
