// A shop with a durable outbox. Arguments: the outbox's file, Meta's address, how many orders. Prints what `track` answered,
// and goes on until it is killed.
import process from 'node:process'
import { createCapi } from '@capi/core'
import { sqliteOutbox } from '@capi/sqlite'

const [path = '', baseUrl = '', count = '0'] = process.argv.slice(2)
const capi = createCapi({
  pixelId: '1234567890',
  accessToken: 'token',
  baseUrl,
  outbox: sqliteOutbox({ path, lockTimeoutMs: 200 }),
})
const receipts = await Promise.all(
  Array.from({ length: Number(count) }, (_, index) =>
    capi.track(
      'Purchase',
      { value: index, currency: 'EUR' },
      {
        event_id: `order.${index}`,
        action_source: 'website',
        event_source_url: 'https://shop.example/',
        user_data: { em: `${index}@example.com`, client_user_agent: 'UA/1' },
      },
    ),
  ),
)
const { dropped } = await capi.stats()
const outcomes = receipts.map(({ outcome, durable }) => (durable === false ? 'held' : outcome))
console.log(
  JSON.stringify({ outcomes: [...new Set(outcomes)], store_failed: dropped.store_failed }),
)
setInterval(() => {}, 1_000)
