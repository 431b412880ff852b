import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCapi } from '@capi/core'
import { capiMiddleware, closeOnShutdown, getCapi } from '@capi/express'
import express from 'express'
import { assertOneEvent, EMAIL, runProgram, startEmulator } from './one-event.js'

runProgram(async () => {
  const { emulator, options } = await startEmulator()
  const client = createCapi(options)
  const app = express()
  app.set('trust proxy', 'loopback')
  app.use(capiMiddleware({ client }))
  app.use(express.json())
  app.get('/', (_req, res) => {
    res.send('<title>Shop</title>')
  })
  app.post('/checkout', async (req, res) => {
    assert.equal(getCapi(req), req.capi)
    const { outcome } = await req.capi.track(
      'Purchase',
      { value: 12.5, currency: 'EUR' },
      { event_id: req.capi.eventId('order', 1001), user_data: { em: EMAIL } },
    )
    res.json({ outcome })
  })
  const server = createServer(app)
  closeOnShutdown(server, client)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const page = await fetch(`${url}/?fbclid=AbC`, { headers: { accept: 'text/html' } })
  const cookies = page.headers.getSetCookie().map((cookie) => cookie.split('=')[0])
  assert.deepEqual(new Set(cookies), new Set(['_fbc', '_fbp']))
  const answer = await fetch(`${url}/checkout`, {
    method: 'POST',
    headers: { 'x-forwarded-for': '203.0.113.7', 'user-agent': 'Mozilla/5.0 Test' },
  })
  assert.deepEqual(await answer.json(), { outcome: 'accepted' })
  await assertOneEvent(emulator, 'Purchase', 'order.1001')
  const [event] = emulator.events({ user_data: { client_ip_address: '203.0.113.7' } })
  assert.equal(event?.event_name, 'Purchase')

  server.close()
  await client.close()
  await emulator.close()
})
