import { createServer } from 'node:http'
import { createCapi, optionsFromEnv } from '@capi/core'

/** A shop in a process of its own, as Playwright starts it: an order becomes a Purchase on the server and in the browser. */
const capi = createCapi(optionsFromEnv(process.env))

createServer((request, response) => {
  const order = new URL(request.url ?? '/', 'http://localhost').searchParams.get('order')
  if (order === null) return void response.end('shop')
  void buy(order).then(() => response.end('thank you'))
}).listen(Number(process.env['PORT']), '127.0.0.1')

async function buy(order: string): Promise<void> {
  const event_id = `order.${order}`
  await capi.track(
    'Purchase',
    { value: 12, currency: 'EUR', content_ids: ['mug'] },
    { event_id, action_source: 'website', user_data: { em: 'anna@example.com' } },
  )
  const pixel = new URLSearchParams({
    id: process.env['META_PIXEL_ID'] ?? '',
    ev: 'Purchase',
    eid: event_id,
    'cd[value]': '12',
    'cd[currency]': 'EUR',
  })
  await fetch(`${process.env['CAPI_BASE_URL']}/tr?${pixel.toString()}`)
  // After the answer, as a queue delivers: a test has to wait for it.
  setTimeout(() => void capi.flush(), 100)
}
