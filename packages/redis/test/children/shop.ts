// A shop under load that also delivers: tracks orders through a client with an outbox on Redis, and writes down each one whose
// receipt says accepted, into a file: what is written there is never refused and outlives the process.
import { openSync, writeSync } from 'node:fs'
import { createCapi } from '@capi/core'
import { redisOutbox } from '../../src/index.ts'

const [port, prefix = '', baseUrl, sold = '', first = '0', count = '0'] = process.argv.slice(2)
const file = openSync(sold, 'a')
const capi = createCapi({
  pixelId: '1234567890',
  accessToken: 'token',
  baseUrl,
  timeoutMs: 1_000,
  retry: { baseDelayMs: 50, maxDelayMs: 500 },
  // On a busy machine, or while Redis is down, the outbox fails: that event is none of the accepted ones.
  logger: { warn() {}, error() {} },
  outbox: redisOutbox({
    connection: `redis://127.0.0.1:${port}`,
    prefix,
    leaseMs: 1_000,
    onWarning() {},
  }),
})
let isOpen = true
async function end(): Promise<void> {
  isOpen = false
  const { queued } = await capi.close({ timeoutMs: 2_000 })
  writeSync(1, `queued ${queued}\n`)
  process.exit()
}
process.on('SIGTERM', () => void end())

async function sell(start: number): Promise<void> {
  for (let n = start; isOpen && n < Number(first) + Number(count); n += 10) {
    const event_id = `order.${n}`
    const { outcome } = await capi.track(
      'Purchase',
      { value: 1, currency: 'EUR', order_id: event_id },
      { event_id, action_source: 'other', user_data: { external_id: `person.${n}` } },
    )
    if (outcome === 'accepted') writeSync(file, `${event_id}\n`)
    else await new Promise((resolve) => setTimeout(resolve, 50))
    if (n === start) process.stdout.write('started\n')
  }
}
await Promise.all(Array.from({ length: 10 }, (_, n) => sell(Number(first) + n)))
process.stdout.write(Number(count) === 0 ? '' : 'done\n')
if (Number(count) === 0) {
  // The last process: sends what all the others left behind.
  for (let n = 0; n < 60 && ((await capi.flush({ timeoutMs: 1_000 })).queued ?? 1) > 0; n++);
  await end()
}
