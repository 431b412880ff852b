import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { createCapi } from '@capi/core'
import { capiCollector, capiPlugin, closeOnShutdown, getCapi } from '@capi/fastify'
import { fastify } from 'fastify'
import { assertOneEvent, EMAIL, runProgram, startEmulator } from './one-event.js'

runProgram(async () => {
  const { emulator, options } = await startEmulator()
  const client = createCapi(options)
  const app = fastify({ trustProxy: 'loopback' })
  await app.register(capiPlugin, { client })
  await app.register(capiCollector, {
    prefix: '/events',
    allowedOrigins: ['https://shop.example'],
    events: ['Lead'],
  })
  app.get('/', (_request, reply) => reply.type('text/html').send('<title>Shop</title>'))
  app.post('/checkout', async (request) => {
    assert.equal(getCapi(request), request.capi)
    const { outcome } = await request.capi.track(
      'Purchase',
      { value: 12.5, currency: 'EUR' },
      { event_id: request.capi.eventId('order', 1001), user_data: { em: EMAIL } },
    )
    return { outcome }
  })
  closeOnShutdown(app, app.capi)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`

  const page = await fetch(`${url}/?fbclid=AbC`, { headers: { accept: 'text/html' } })
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
  await app.close()
  await client.close()
  assert.equal(emulator.events({ event_name: 'Lead' }).length, 1)
  await emulator.close()
})
