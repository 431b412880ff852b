import { pathToFileURL } from 'node:url'
import type * as Core from '@capi/core'
import type * as Adapter from '@capi/core/adapter'

/**
 * One build of core in its process tracks Purchases in a loop, either with a scope of a client or with a tracker made for each event,
 * as for a request whose context was read. Answers a number of slices with the microseconds of CPU time that an event took in each,
 * delivery included.
 */
const SLICE = 200
/** Events that are tracked in one go, as requests that came in together. */
const TOGETHER = 20

const [, , kind, dist = ''] = process.argv
const load = (name: string) => import(pathToFileURL(`${dist}/${name}.js`).href)
const { createCapi } = (await load('index')) as typeof Core
const { createRequestTracker } = (await load('adapter')) as typeof Adapter

const client = createCapi({
  pixelId: '1234567890',
  accessToken: 'token',
  logger: { warn() {}, error() {} },
  fetch: () => Promise.resolve(Response.json({ events_received: 100 })),
})
const scope = {
  action_source: 'website',
  event_source_url: 'https://shop.example/order?ref=home',
  referrer_url: 'https://shop.example/checkout',
  user_data: {
    client_ip_address: '203.0.113.7',
    client_user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
    fbp: 'fb.1.1596403881668.1116446470',
    fbc: `fb.1.${Date.now() - 86_400_000}.AbC_d-E`,
  },
} as const
const fixed = client.with(scope)
const context = { scope, setCookies: [], warnings: [] }
const trackerOf =
  kind === 'tracker' ? () => createRequestTracker(client, () => context) : () => fixed

let events = 0
async function slice(): Promise<number> {
  const start = process.cpuUsage()
  for (const end = events + SLICE; events < end; ) {
    const id = ++events
    void trackerOf().track(
      'Purchase',
      { value: 93, currency: 'EUR', content_ids: ['mug', 'vase', 'bowl'], order_id: String(id) },
      { event_id: `order.${id}`, user_data: { em: 'anna@example.com', external_id: id } },
    )
    if (id % TOGETHER === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  await client.flush()
  const { user, system } = process.cpuUsage(start)
  return (user + system) / SLICE
}

async function slices(count: number): Promise<void> {
  const took: number[] = []
  while (took.length < count) took.push(await slice())
  process.send?.(took)
}

process.on('message', (count: number) => void slices(count))
process.send?.('ready')
