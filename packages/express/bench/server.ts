// One contestant of bench/run.ts, in a process of its own: node bench/server.ts <variant> <sink>
import { createCapi } from '@capi/core'
import express from 'express'
import { capiMiddleware } from '../src/index.ts'

const [variant = 'without', sink = 'http://127.0.0.1:9'] = process.argv.slice(2)
const quiet = { warn() {}, error() {} }
const client = createCapi({
  pixelId: '1234567890',
  accessToken: 'token',
  baseUrl: sink,
  logger: quiet,
})
const app = express()
app.set('trust proxy', 'loopback')
app.use(express.json())
if (variant !== 'without') app.use(capiMiddleware({ client }))

// The same visitor for every event: what core takes, without the request.
const fixed = client.with({
  action_source: 'website',
  event_source_url: 'https://shop.example/order',
  user_data: { client_ip_address: '203.0.113.7', client_user_agent: 'UA/1' },
})

let orders = 0
app.post('/order', (req, res) => {
  const { items, email } = req.body as { items: { id: string; price: number }[]; email: string }
  const value = items.reduce((sum, item) => sum + item.price, 0)
  const id = ++orders
  const tracker = variant === 'tracked' ? req.capi : variant === 'core alone' ? fixed : undefined
  if (tracker !== undefined)
    void tracker.track(
      'Purchase',
      { value, currency: 'EUR', content_ids: items.map((item) => item.id), order_id: String(id) },
      { event_id: `order.${id}`, user_data: { em: email, external_id: id } },
    )
  res.json({ id, value, status: 'paid' })
})

const server = app.listen(0, '127.0.0.1', () => process.send?.(server.address()))
// Longer than the turns of the others.
server.keepAliveTimeout = 600_000
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  void client
    .stats()
    .then(({ accepted, dropped, delivered }) =>
      process.send?.({ cpuMs: (user + system) / 1_000, accepted, delivered, dropped }),
    )
})
process.on('disconnect', () => process.exit(0))
