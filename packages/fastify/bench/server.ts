// One server of tools/bench, in a process of its own: node bench/server.ts <without | untracked | tracked> <sink>, after a build.
import type { AddressInfo } from 'node:net'
import { capiPlugin } from '@capi/fastify'
import fastify from 'fastify'

interface Order {
  readonly email: string
  readonly items: readonly { readonly id: string; readonly price: number }[]
}

const [variant = 'tracked', sink = 'http://127.0.0.1:9'] = process.argv.slice(2)
const app = fastify({ trustProxy: 'loopback', keepAliveTimeout: 600_000 })
if (variant !== 'without')
  await app.register(capiPlugin, {
    pixelId: '1234567890',
    accessToken: 'token',
    baseUrl: sink,
    logger: { warn() {}, error() {} },
  })

let orders = 0
app.post<{ Body: Order }>('/order', async (request) => {
  const { items, email } = request.body
  const value = items.reduce((sum, item) => sum + item.price, 0)
  const id = ++orders
  if (variant === 'tracked')
    void request.capi.track(
      'Purchase',
      { value, currency: 'EUR', content_ids: items.map((one) => one.id), order_id: String(id) },
      { event_id: `order.${id}`, user_data: { em: email, external_id: id } },
    )
  return { id, value, status: 'paid' }
})

await app.listen({ port: 0, host: '127.0.0.1' })
const { port } = app.server.address() as AddressInfo
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ port, cpuMs: (user + system) / 1_000 })
})
process.on('disconnect', () => process.exit(0))
process.send?.({ port })
