// A server for close-on-shutdown.test.ts: prints its port, then what was delivered.
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import { capiPlugin, closeOnShutdown } from '../src/index.ts'

const app = fastify()
await app.register(capiPlugin, {
  pixelId: '1234567890',
  accessToken: 'token',
  batch: { maxWaitMs: 60_000 },
  fetch: async () => Response.json({ events_received: 1 }),
  onDelivered: ({ event_ids }) => void process.stdout.write(`delivered ${event_ids.join()}\n`),
})
app.get('/slow', async (request) => {
  await request.capi.track('Lead', {}, { event_id: 'lead.1' })
  process.stdout.write('asked\n')
  await new Promise((resolve) => setTimeout(resolve, 300))
  return 'ok'
})
app.addHook('onClose', () => void process.stdout.write('closed\n'))
closeOnShutdown(app, app.capi, { timeoutMs: 120_000 })
await app.listen({ port: 0, host: '127.0.0.1' })
process.stdout.write(`port ${(app.server.address() as AddressInfo).port}\n`)
