// A server for close-on-shutdown.test.ts: prints its port, then what the flush did.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createCapi } from '@capi/core'
import { capiMiddleware, closeOnShutdown, getCapi } from '../src/index.ts'

const client = createCapi({
  pixelId: '1234567890',
  accessToken: 'token',
  batch: { maxWaitMs: 60_000 },
  fetch: async () => Response.json({ events_received: 1 }),
  onDelivered: ({ event_ids }) => void process.stdout.write(`delivered ${event_ids.join()}\n`),
})
const middleware = capiMiddleware({ client })
const server = createServer((req, res) =>
  middleware(req, res, () => {
    void getCapi(req)
      .track('Lead', {}, { event_id: 'lead.1' })
      .then(() => setTimeout(() => res.end('ok'), req.url === '/slow' ? 300 : 0))
  }),
)
// Longer than a test may take: no connection that is kept after its response is waited for.
closeOnShutdown(server, client, { timeoutMs: 120_000 })
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`port ${(server.address() as AddressInfo).port}\n`),
)
