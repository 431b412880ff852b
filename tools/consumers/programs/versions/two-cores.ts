// The application's own core, and adapters and outboxes that bring another release of it.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type CapiOptions, createCapi } from '@capi/core'
import { collect, collectorOptions } from '@capi/core/collector'
import { createEmulator } from '@capi/emulator'
import { capiMiddleware } from '@capi/express'
import { capiPlugin } from '@capi/fastify'
import { CapiModule } from '@capi/nest'
import { createCapiNext } from '@capi/next'
import { postgresOutbox } from '@capi/postgres'
import { redisOutbox } from '@capi/redis'
import { shopifyCapi } from '@capi/shopify'
import { sqliteOutbox } from '@capi/sqlite'
import { capiWeb } from '@capi/web'
import express from 'express'
import fastify from 'fastify'

const options = { pixelId: '1234567890', accessToken: 'any-token' } satisfies CapiOptions

type Outbox = CapiOptions['outbox']
type Database = Parameters<typeof postgresOutbox>[0]['db']

/** Those that need a server are only compiled. */
export const outboxes = (db: Database): readonly Outbox[] => [
  redisOutbox({ connection: 'redis://127.0.0.1:6379' }),
  postgresOutbox({ db }),
]

async function main(): Promise<void> {
  const emulator = createEmulator()
  const { url } = await emulator.listen({ port: 0 })
  const outbox = sqliteOutbox({ path: join(tmpdir(), `capi-two-cores-${process.pid}.db`) })
  const client = createCapi({ ...options, baseUrl: url, outbox })

  // All of them take this client.
  capiWeb({ client })
  createCapiNext({ client })
  CapiModule.forRoot({ client })
  const webhooks = shopifyCapi({ client })
  assert.equal(typeof webhooks.fromAuthenticated, 'function')
  shopifyCapi({ client: client.with({ user_data: { country: 'de' } }) })
  shopifyCapi({ client: (shop) => (shop === 'a.myshopify.com' ? client : undefined) })
  const api = fastify()
  await api.register(capiPlugin, { client })
  await api.close()
  const events = collectorOptions({ allowedOrigins: ['https://shop.example'], events: ['Lead'] })
  const app = express()
  app.use(capiMiddleware({ client }))
  app.post('/checkout', async (req, res) => {
    const { outcome } = await req.capi.track(
      'Purchase',
      { value: 12.5, currency: 'EUR' },
      { event_id: 'order.1' },
    )
    const asked = new Request('http://shop.example/events', { method: 'OPTIONS' })
    const { status } = await collect(asked, req.capi, events)
    res.json({ outcome, status })
  })
  const server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const headers = { 'user-agent': 'Mozilla/5.0 Test' }
  const answer = await fetch(`http://127.0.0.1:${port}/checkout`, { method: 'POST', headers })
  assert.deepEqual(await answer.json(), { outcome: 'accepted', status: 204 })
  await emulator.waitForEvent(
    { event_name: 'Purchase', event_id: 'order.1' },
    { timeoutMs: 15_000 },
  )
  server.close()
  await client.close()
  await emulator.close()
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error)
    process.exit(1)
  },
)
