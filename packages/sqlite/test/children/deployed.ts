// One of the processes of a deployment: tracks an order each 50 ms until SIGTERM, then closes as a shop should. Writes down what
// each receipt and `onDropped` said, into a file.
import { openSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { createCapi } from '@capi/core'
import { sqliteOutbox } from '../../src/index.ts'

const [path = '', baseUrl, notes = '', name = '', more = '{}'] = process.argv.slice(2)
const file = openSync(notes, 'a')
const note = (line: object) => writeSync(file, `${JSON.stringify({ name, ...line })}\n`)
const capi = createCapi({
  pixelId: '1234567890',
  accessToken: 'token',
  baseUrl,
  logger: { warn: () => {}, error: (text) => writeSync(2, `${text}\n`) },
  onDropped: (dropped) => void note({ dropped }),
  outbox: sqliteOutbox({ path, ...JSON.parse(more) }),
})
let isOpen = true
process.on('SIGTERM', () => {
  isOpen = false
})
const tracked: Promise<void>[] = []
for (let n = 0; isOpen; n++) {
  const event_id = `${name}.${n}`
  const start = performance.now()
  const receipt = capi
    .track(
      'Purchase',
      { value: 1, currency: 'EUR', order_id: event_id },
      { event_id, action_source: 'other', user_data: { external_id: event_id } },
    )
    .then(({ outcome, durable = true }) => {
      note({ event_id, outcome, durable, tookMs: performance.now() - start })
      if (n === 0) process.stdout.write('started\n')
    })
  tracked.push(receipt)
  await sleep(50)
}
await Promise.all(tracked)
const start = performance.now()
const result = await capi.close()
note({ closedInMs: performance.now() - start, ...result })
process.exit()
