import { monitorEventLoopDelay } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import type * as Core from '@capi/core'

/**
 * One client of one build of core tracks 2,000 Purchases a second, or none (`idle`). Answers a number of milliseconds with the 99th
 * percentile of the event loop's delay meanwhile, in milliseconds.
 */
const PER_MS = 2

const [, , dist = '', url = ''] = process.argv
const { createCapi } = (await import(pathToFileURL(`${dist}/index.js`).href)) as typeof Core
const client = createCapi({
  pixelId: '1234567890',
  accessToken: 'token',
  baseUrl: url === 'idle' ? 'http://127.0.0.1:9' : url,
  logger: { warn() {}, error() {} },
})
const scoped = client.with({
  action_source: 'website',
  event_source_url: 'https://shop.example/order',
  user_data: { client_ip_address: '203.0.113.7', client_user_agent: 'Mozilla/5.0 Firefox/140.0' },
})

let events = 0
function track(): void {
  const id = ++events
  void scoped.track(
    'Purchase',
    { value: 93, currency: 'EUR', content_ids: ['mug', 'vase', 'bowl'], order_id: String(id) },
    { event_id: `order.${id}`, user_data: { em: `anna.${id}@example.com`, external_id: id } },
  )
}

async function run(durationMs: number): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const startMs = performance.now()
  let done = 0
  const timer = setInterval(() => {
    const due = url === 'idle' ? 0 : (performance.now() - startMs) * PER_MS
    for (; done < due; done++) track()
  }, 1)
  await new Promise((resolve) => setTimeout(resolve, durationMs))
  clearInterval(timer)
  delay.disable()
  process.send?.(delay.percentile(99) / 1e6)
  await client.flush()
}

process.on('message', (durationMs: number) => void run(durationMs))
process.send?.('ready')
