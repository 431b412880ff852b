// What a request leaves behind until V8's next full collection, in kilobytes of heap, by hand:
//   node --expose-gc --initial-old-space-size=2048 --conditions=@capi/source bench/kept.ts <kind> [requests] [packages]
// Kinds: without (no middleware), untracked, read (req.capi.consent is read), tracked. Scavenges are forced; a full
// collection would hide what is left, so it is counted: the figure holds where `full` is 0. Prints one line of JSON.
// `packages`: where the packages of another build lie.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { constants, PerformanceObserver } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import express from 'express'
import { buildAt } from './build-at.ts'

const [kind = 'tracked', wanted = '6000', packages] = process.argv.slice(2)
const { createCapi, capiMiddleware } = await buildAt(packages)
const minor = globalThis.gc as unknown as (options: { type: 'minor' }) => void

let full = 0
new PerformanceObserver((list) => {
  for (const { detail } of list.getEntries() as unknown as { detail: { kind: number } }[])
    if (detail.kind === constants.NODE_PERFORMANCE_GC_MAJOR) full++
}).observe({ entryTypes: ['gc'] })

const client = createCapi({
  pixelId: '1234567890',
  accessToken: 'token',
  logger: { warn() {}, error() {} },
  fetch: () => Promise.resolve(Response.json({ events_received: 100 })),
})
const app = express()
app.set('trust proxy', 'loopback')
app.use(express.json())
if (kind !== 'without') app.use(capiMiddleware({ client }))
let requests = 0
app.post('/order', (req, res) => {
  const id = ++requests
  if (kind === 'read') String(req.capi.consent)
  if (kind === 'tracked') {
    const data = { value: 9, currency: 'EUR', content_ids: ['mug'], order_id: String(id) } as const
    void req.capi.track('Purchase', data, { user_data: { em: 'anna@example.com' } })
  }
  res.json({ id })
})
const server = app.listen(0, '127.0.0.1')
await once(server, 'listening')

const { port } = server.address() as { port: number }
const load = fork(fileURLToPath(new URL('kept-load.ts', import.meta.url)), [String(port)])
/** Until so many more requests are served: the process's own growth, compiled code for one, is shared by them. */
const drive = async (more: number) => {
  for (const enough = requests + more; requests < enough; ) {
    load.send(250)
    await once(load, 'message')
  }
  await client.flush()
}
const heap = () => {
  for (let round = 0; round < 4; round++) minor({ type: 'minor' })
  return process.memoryUsage().heapUsed
}
await drive(Number(wanted))
const [startBytes, startRequests] = [heap(), requests]
full = 0
await drive(Number(wanted))
const [bytes, served] = [heap() - startBytes, requests - startRequests]
// The observer hears about collections a turn later.
await new Promise((resolve) => setTimeout(resolve, 20))
console.log(JSON.stringify({ kind, requests: served, keptKb: bytes / served / 1_024, full }))
process.exit()
