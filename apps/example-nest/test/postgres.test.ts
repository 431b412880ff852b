import 'reflect-metadata'
import { createEmulator } from '@capi/emulator'
import { CapiService } from '@capi/nest'
import { newDatabase } from '@capi/testing/postgres'
import type {} from '@capi/testing/postgres-setup'
import type { NestExpressApplication } from '@nestjs/platform-express'
import { Test } from '@nestjs/testing'
import { Client } from 'pg'
import { expect, inject, it, onTestFinished, vi } from 'vitest'
import { AppModule } from '../src/app.module.ts'
import { WorkerModule } from '../src/worker.module.ts'
import { ANNA } from './test-shop.ts'

/** A shop and its worker as `CAPI_OUTBOX=postgres` makes them, each with its own connections. */
async function startBoth() {
  const database = await newDatabase(inject('postgresUrl'))
  const emulator = createEmulator()
  const { url: baseUrl } = await emulator.listen({ port: 0 })
  const environment = {
    CAPI_OUTBOX: 'postgres',
    PG_URL: database.url,
    CAPI_BASE_URL: baseUrl,
    META_PIXEL_ID: '1234567890',
    META_CAPI_ACCESS_TOKEN: 'any-token',
  }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  const web = (
    await Test.createTestingModule({ imports: [AppModule] }).compile()
  ).createNestApplication<NestExpressApplication>({ logger: false })
  web.set('trust proxy', 'loopback')
  await web.listen(0, '127.0.0.1')
  const client = new Client({ connectionString: database.url })
  await client.connect()
  const url = await web.getUrl()
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    await web.close()
    await client.end()
    await emulator.close()
    await database.drop()
  })
  return {
    emulator,
    client,
    capi: web.get(CapiService),
    order: (email: string) =>
      fetch(`${url}/orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...ANNA },
        body: JSON.stringify({ email, items: [{ product: 'mug', quantity: 2 }] }),
      }),
    startWorker: async () => {
      const worker = await Test.createTestingModule({ imports: [WorkerModule] }).compile()
      await worker.init()
      onTestFinished(() => worker.close())
    },
  }
}

it('takes the order in one process and tells Meta of it from another', async () => {
  const { emulator, client, capi, order, startWorker } = await startBoth()
  const response = await order('anna.muster@example.com')
  expect(response.status).toBe(201)
  expect(await response.json()).toMatchObject({ order: { total: 48 }, eventId: 'order.1001' })
  expect((await capi.stats()).queued).toBe(1)
  expect(emulator.events()).toEqual([])

  await startWorker()
  const event = await emulator.waitForEvent({ event_id: 'order.1001' }, { timeoutMs: 10_000 })
  expect(event).toMatchObject({ event_name: 'Purchase', status: 'processed' })
  expect((await client.query('SELECT id, total::float FROM orders')).rows).toEqual([
    { id: 1001, total: 48 },
  ])
})

it('keeps neither the order nor its event when the order cannot be kept', async () => {
  const { client, capi, order } = await startBoth()
  // Found out at the commit, when the event was put already.
  await client.query(
    `ALTER TABLE orders ADD CONSTRAINT once UNIQUE (email) DEFERRABLE INITIALLY DEFERRED`,
  )
  expect((await order('anna.muster@example.com')).status).toBe(201)
  expect((await order('anna.muster@example.com')).status).toBe(500)
  expect((await order('other@example.com')).status).toBe(201)
  const { rows } = await client.query(
    `SELECT (SELECT array_agg('order.' || id ORDER BY id) FROM orders) AS orders,
      (SELECT array_agg(event_id ORDER BY event_id) FROM capi.event WHERE lane = '1234567890') AS events`,
  )
  expect(rows).toEqual([
    { orders: ['order.1001', 'order.1003'], events: ['order.1001', 'order.1003'] },
  ])
  expect((await capi.stats()).queued).toBe(2)
})
