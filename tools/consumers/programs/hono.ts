import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createCapi } from '@capi/core'
import { capiWeb } from '@capi/web'
import { queueConsumer } from '@capi/web/cloudflare'
import { capi, capiCollector, closeOnShutdown } from '@capi/web/hono'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { assertOneEvent, EMAIL, runProgram, startEmulator } from './one-event.js'

runProgram(async () => {
  const { emulator, options } = await startEmulator()
  const client = createCapi(options)
  const app = new Hono()
  const tracking = capi({ client, address: 1 })
  app.use('*', tracking)
  app.use(
    '/events/*',
    capiCollector({ allowedOrigins: ['https://shop.example'], events: ['Lead'] }),
  )
  app.get('/', () => Response.redirect('https://shop.example/start', 302))
  app.post('/checkout', async (c) => {
    const tracker = c.get('capi')
    const { outcome } = await tracker.track(
      'Purchase',
      { value: 12.5, currency: 'EUR' },
      { event_id: tracker.eventId('order', 1001), user_data: { em: EMAIL } },
    )
    return c.json({ outcome })
  })
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  closeOnShutdown(server, tracking.client)
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const page = await fetch(`${url}/?fbclid=AbC`, {
    headers: { accept: 'text/html' },
    redirect: 'manual',
  })
  const cookies = page.headers.getSetCookie().map((cookie) => cookie.split('=')[0])
  assert.deepEqual(new Set(cookies), new Set(['_fbc', '_fbp']))
  const visitor = { 'x-forwarded-for': '203.0.113.7', 'user-agent': 'Mozilla/5.0 Test' }
  const answer = await fetch(`${url}/checkout`, { method: 'POST', headers: visitor })
  assert.deepEqual(await answer.json(), { outcome: 'accepted' })
  await assertOneEvent(emulator, 'Purchase', 'order.1001')
  const [event] = emulator.events({ user_data: { client_ip_address: '203.0.113.7' } })
  assert.equal(event?.event_name, 'Purchase')

  const beacon = await fetch(`${url}/events`, {
    method: 'POST',
    headers: { ...visitor, origin: 'https://shop.example', 'content-type': 'text/plain' },
    body: JSON.stringify({ event_name: 'Lead', event_id: 'lead.1' }),
  })
  assert.equal(beacon.status, 204)
  assert.equal(capiWeb({ client }).client, client)
  assert.equal(typeof queueConsumer(), 'function')
  await client.close()
  assert.equal(emulator.events({ event_name: 'Lead' }).length, 1)
  await emulator.close()
  await new Promise((resolve) => server.close(resolve))
})
