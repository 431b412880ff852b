// A shop under load: tracks orders through a client with an outbox on disk, and writes down each one whose
// receipt says accepted, into a file: what is written there is never refused and outlives the process. On SIGTERM it closes as a shop should, and says what it could not send.
import { openSync, writeSync } from 'node:fs'
import { createCapi } from '@capi/core'
import { sqliteOutbox } from '../../src/index.ts'

const [path = '', durability, baseUrl, sold = '', first = '0', count = '0'] = process.argv.slice(2)
const file = openSync(sold, 'a')
const capi = createCapi({
  pixelId: '1234567890',
  accessToken: 'token',
  baseUrl,
  timeoutMs: 1_000,
  // A machine that is busy with other tests opens a file slowly; no call hangs here.
  putTimeoutMs: 20_000,
  retry: { baseDelayMs: 50, maxDelayMs: 500 },
  logger: {
    warn() {},
    // On a busy machine it may take longer than a second: events then wait, and none is lost.
    error: (text) => void (text.includes('did not answer within') || writeSync(2, `${text}\n`)),
  },
  outbox: sqliteOutbox({ path, durability: durability === 'fast' ? 'fast' : 'strict' }),
})
let isOpen = true
/** Told as not taken, for the outbox took too long to say. */
let refused = 0
process.on('SIGTERM', () => {
  isOpen = false
  void capi.close({ timeoutMs: 1_000 }).then(({ queued }) => {
    writeSync(1, `queued ${queued}\n`)
    process.exit()
  })
})

async function sell(start: number): Promise<void> {
  for (let n = start; isOpen && n < Number(first) + Number(count); n += 10) {
    const event_id = `order.${n}`
    const { outcome, durable } = await capi.track(
      'Purchase',
      { value: 1, currency: 'EUR', order_id: event_id },
      { event_id, action_source: 'other', user_data: { external_id: `person.${n}` } },
    )
    if (outcome === 'accepted' && durable !== false) writeSync(file, `${event_id}\n`)
    else refused++
    if (n === start) process.stdout.write('started\n')
  }
}
await Promise.all(Array.from({ length: 10 }, (_, n) => sell(Number(first) + n)))
process.stdout.write(Number(count) === 0 ? '' : `done, ${refused} refused\n`)
if (Number(count) === 0) {
  // The last process: sends what all the others left behind.
  await capi.flush({ timeoutMs: 20_000 })
  const { queued } = await capi.close()
  writeSync(1, `queued ${queued}\n`)
}
