// Whether the application's thread ever waits for the disk: delay of its event loop while it tracks 1,000 events a
// second, without an outbox on disk and with one. By hand: `npm run bench`.
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { createCapi, memoryOutbox } from '@capi/core'
import type { Outbox } from '@capi/core/outbox'
import { sqliteOutbox } from '../src/index.ts'

const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 5)
const EVERY_MS = 10
const AT_ONCE = 10

const folder = mkdtempSync(join(tmpdir(), 'capi-loop-'))
const meta = createServer((request, response) => {
  let text = ''
  request.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  request.on('end', () => {
    const events_received = text.split('"event_name"').length - 1
    setTimeout(() => response.end(JSON.stringify({ events_received })), 50)
  })
})
await new Promise<void>((resolve) => void meta.listen(0, '127.0.0.1', resolve))
const baseUrl = `http://127.0.0.1:${(meta.address() as AddressInfo).port}`

async function run(name: string, outbox: Outbox | undefined): Promise<void> {
  const capi =
    outbox && createCapi({ pixelId: '1234567890', accessToken: 'token', baseUrl, outbox })
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const tracked: Promise<unknown>[] = []
  const receiptsMs: number[] = []
  const start = performance.now()
  delay.enable()
  for (let n = 0; performance.now() - start < SECONDS * 1_000; ) {
    for (let one = 0; one < AT_ONCE; one++, n++) {
      const startMs = performance.now()
      const event = {
        event_id: `order.${n}`,
        action_source: 'other',
        user_data: { external_id: `person.${n}` },
      } as const
      const receipt = capi?.track('Purchase', { value: 1, currency: 'EUR' }, event)
      void receipt?.then(() => receiptsMs.push(performance.now() - startMs))
      if (receipt !== undefined) tracked.push(receipt)
    }
    await sleep(EVERY_MS)
  }
  delay.disable()
  await Promise.all(tracked)
  await capi?.close()
  receiptsMs.sort((a, b) => a - b)
  const ms = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(1)
  const receipt = (part: number) =>
    receiptsMs[Math.floor((receiptsMs.length - 1) * part)]?.toFixed(1)
  process.stdout.write(
    `${name}: loop delay ms p50 ${ms(delay.percentile(50))}, p99 ${ms(delay.percentile(99))}, p99.9 ${ms(delay.percentile(99.9))}; ` +
      `receipts ms p50 ${receipt(0.5) ?? '-'}, p99 ${receipt(0.99) ?? '-'}; ${receiptsMs.length} tracked\n`,
  )
}

try {
  // The first run warms up.
  for (const name of ['warm-up', 'memory'] as const) await run(name, memoryOutbox())
  await run('nothing tracked', undefined)
  for (const durability of ['strict', 'fast'] as const) {
    await run(
      `sqlite ${durability}`,
      sqliteOutbox({ path: join(folder, `${durability}.db`), durability }),
    )
  }
} finally {
  meta.closeAllConnections()
  meta.close()
  rmSync(folder, { recursive: true, force: true })
}
