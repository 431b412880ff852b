// A shop on `node:cluster`: each worker tracks some orders, notes its process id, and closes on SIGTERM. The primary starts another
// worker for one that was killed, if it is asked to.
import cluster from 'node:cluster'
import { openSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { createCapi } from '@capi/core'
import { sqliteOutbox } from '../../src/index.ts'

const [path = '', baseUrl, notes = '', mode = ''] = process.argv.slice(2)
const WORKERS = 3
const ORDERS = 30

if (cluster.isPrimary) {
  for (let n = 0; n < WORKERS; n++) cluster.fork()
  let isOpen = true
  cluster.on('exit', () => {
    if (isOpen && mode.includes('replace')) cluster.fork()
  })
  process.on('SIGTERM', () => {
    isOpen = false
    for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill('SIGTERM')
  })
} else await work()

async function work(): Promise<void> {
  const file = openSync(notes, 'a')
  const note = (line: object) => writeSync(file, `${JSON.stringify(line)}\n`)
  const capi = createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    baseUrl,
    // A machine that is busy with other tests opens a file slowly.
    putTimeoutMs: mode.includes('alone') ? 1_000 : 20_000,
    retry: { baseDelayMs: 50, maxDelayMs: 500 },
    logger: { warn() {}, error: (text) => void note({ logged: text }) },
    onDropped: (dropped) => void note({ dropped }),
    outbox: sqliteOutbox({ path, perProcess: !mode.includes('alone'), lockTimeoutMs: 0 }),
  })
  process.on('SIGTERM', () => void capi.close().then(() => process.exit()))
  for (let n = 0; n < ORDERS; n++) {
    const event_id = `order.${process.pid}.${n}`
    const { outcome, durable = true } = await capi.track(
      'Purchase',
      { value: 1, currency: 'EUR', order_id: event_id },
      { event_id, action_source: 'other', user_data: { external_id: event_id } },
    )
    note({ event_id, outcome, durable })
  }
  // On a busy machine, the outbox has not answered at all before it says why.
  const isSlow = async () => (await capi.stats()).outbox.cause?.code === 'store_timeout'
  while (await isSlow()) await sleep(100)
  note({ pid: process.pid, outbox: (await capi.stats()).outbox })
}
