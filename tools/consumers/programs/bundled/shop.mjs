// A shop with a durable outbox, as a bundler or a runtime gets it. Prints what came of an order, or why it did not start.
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CapiError, createCapi } from '@capi/core'
import { createEmulator } from '@capi/emulator'
import { capiMiddleware } from '@capi/express'
import { sqliteOutbox } from '@capi/sqlite'
import express from 'express'

async function main() {
  const emulator = createEmulator()
  const path = join(tmpdir(), `capi-bundled-${process.pid}-${Date.now()}.db`)
  const client = createCapi({
    pixelId: '1234567890',
    accessToken: 'any-token',
    baseUrl: 'http://localhost:2274',
    fetch: emulator.fetch,
    outbox: sqliteOutbox({ path }),
  })
  const app = express()
  app.use(capiMiddleware({ client }))
  app.post('/checkout', async (req, res) => {
    const order = { value: 12.5, currency: 'EUR' }
    res.json(await req.capi.track('Purchase', order, { event_id: 'order.1' }))
  })
  const server = createServer(app)
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${server.address().port}/checkout`
  const answer = await fetch(url, { method: 'POST', headers: { 'user-agent': 'Mozilla/5.0 Test' } })
  const { outcome } = await answer.json()
  await emulator.waitForEvent(
    { event_name: 'Purchase', event_id: 'order.1' },
    { timeoutMs: 15_000 },
  )
  server.close()
  await client.close()
  console.log(`${outcome} and arrived`)
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(CapiError.is(error) ? `stopped: ${error.code}: ${error.message}` : error)
    process.exit(CapiError.is(error) ? 3 : 1)
  },
)
