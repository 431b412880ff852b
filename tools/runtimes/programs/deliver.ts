// Delivers what an outbox holds, and one event more. Arguments: Meta's address, and the file of the outbox, where there is
// one. Ends by itself, and prints the counts.
import process from 'node:process'
import { createCapi } from '@capi/core'
import { sqliteOutbox } from '@capi/sqlite'

const [baseUrl = '', path] = process.argv.slice(2)
const capi = createCapi({
  pixelId: '1234567890',
  accessToken: 'token',
  baseUrl,
  retry: { baseDelayMs: 50, maxDelayMs: 100 },
  ...(path !== undefined && { outbox: sqliteOutbox({ path }) }),
})
await capi.track(
  'Lead',
  {},
  {
    event_id: 'lead.1',
    action_source: 'website',
    event_source_url: 'https://shop.example/',
    user_data: { em: 'anna@example.com', client_user_agent: 'UA/1' },
  },
)
await capi.flush()
const { tracked, delivered, queued } = await capi.stats()
console.log(JSON.stringify({ tracked, delivered, queued }))
// Neither the open outbox nor a timer may keep the process.
