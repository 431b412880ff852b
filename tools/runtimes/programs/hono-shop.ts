// A shop on Hono with the server of this runtime. Argument: Meta's address. Prints its port. `/order` answers after 300 ms.
import process from 'node:process'
import { closeOnShutdown } from '@capi/web'
import { capi } from '@capi/web/hono'
import { Hono } from 'hono'
import { serve } from '../src/serve.ts'

const [baseUrl = ''] = process.argv.slice(2)
const log: string[] = []
const logger = { warn: (line: string) => log.push(line), error: (line: string) => log.push(line) }
const middleware = capi({ pixelId: '1234567890', accessToken: 'token', baseUrl, logger })
const app = new Hono()
app.use(middleware)
let orders = 0
app.get('/', (c) => c.json({ orders, log }))
app.post('/order/:id', async (c) => {
  orders++
  const event_id = c.get('capi').eventId('order', c.req.param('id'))
  const sale = { value: 12.5, currency: 'EUR' }
  await c.get('capi').track('Purchase', sale, { event_id, user_data: { em: 'anna@example.com' } })
  await new Promise((resolve) => setTimeout(resolve, c.req.param('id') === 'slow' ? 300 : 0))
  return c.json({ event_id })
})
const { server, port } = await serve(app.fetch)
closeOnShutdown(server, middleware.client)
console.log(port)
