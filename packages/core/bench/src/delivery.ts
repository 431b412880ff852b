import { fork } from 'node:child_process'
import { once } from 'node:events'
import { buildEvent, createCapi, memoryOutbox } from '@capi/core'

/**
 * What `track` costs the request it is called in, how near delivery comes to what latency allows, and
 * what a full outbox holds. Absolute figures are this machine's, today's.
 */
const EVENTS = 20_000
const LATENCY_MS = 50
const CONCURRENCY = 4
const BATCH = 100

const purchase = (i: number) =>
  ({
    event_id: `order.${i}`,
    action_source: 'website',
    event_source_url: `https://shop.example/thank-you?order=${i}`,
    user_data: {
      em: `Customer.${i}@example.com`,
      ph: `+4179${1_000_000 + i}`,
      fn: 'Anna',
      ln: 'Muster',
      ct: 'Zürich',
      zp: '8001',
      country: 'CH',
      external_id: `c-${i}`,
      client_ip_address: '203.0.113.7',
      client_user_agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)',
      fbp: 'fb.1.1700000000000.1234567890',
    },
  }) as const
const data = { value: 12.5, currency: 'EUR', content_ids: ['mug', 'tea', 'cup'] } as const

const options = {
  pixelId: '1234567890',
  accessToken: 'token',
  logger: { warn() {}, error() {} },
  batch: { concurrency: CONCURRENCY, maxEvents: BATCH },
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN
}

function microseconds(work: (i: number) => unknown): { median: string; p99: string } {
  const times: number[] = []
  for (let i = 0; i < EVENTS; i++) {
    const startMs = performance.now()
    work(i)
    times.push((performance.now() - startMs) * 1_000)
  }
  // The first quarter warms up.
  const sorted = times.slice(EVENTS / 4).sort((a, b) => a - b)
  return { median: quantile(sorted, 0.5).toFixed(1), p99: quantile(sorted, 0.99).toFixed(1) }
}

async function onTheRequestPath(): Promise<void> {
  const built = microseconds((i) =>
    JSON.stringify(
      buildEvent({ ...purchase(i), event_name: 'Purchase', custom_data: data } as never).event,
    ),
  )
  const outbox = memoryOutbox({ maxEvents: EVENTS, maxBytes: 2 ** 30 })
  const fetch = () => new Promise<never>(() => {})
  const capi = createCapi({ ...options, outbox, fetch })
  const tracked = microseconds((i) => capi.track('Purchase', data, purchase(i)))
  console.log(`\nOn the request path, µs (Node ${process.versions.node})`)
  console.table({ 'buildEvent and JSON': built, 'capi.track, until it returns': tracked })
  await capi.close({ timeoutMs: 0 })
}

async function deliveryRate(): Promise<void> {
  const server = fork(new URL('slow-meta.ts', import.meta.url), [String(LATENCY_MS)])
  const [port] = (await once(server, 'message')) as [number]
  const capi = createCapi({
    ...options,
    baseUrl: `http://127.0.0.1:${port}`,
    outbox: memoryOutbox({ maxEvents: EVENTS, maxBytes: 2 ** 30 }),
  })
  await capi.send({ ...purchase(0), event_name: 'Lead' } as never) // Opens the connection.
  const startMs = performance.now()
  const tracked = Array.from({ length: EVENTS }, (_one, i) =>
    capi.track('Purchase', data, purchase(i)),
  )
  await Promise.all(tracked)
  const trackedMs = performance.now() - startMs
  await capi.flush({ timeoutMs: 60_000 })
  const tookMs = performance.now() - startMs
  const { delivered } = await capi.stats()
  server.kill()
  const limit = (CONCURRENCY * BATCH * 1_000) / LATENCY_MS
  const rate = ((delivered - 1) * 1_000) / (tookMs - trackedMs)
  console.log(`\n${EVENTS} events to a server with ${LATENCY_MS} ms latency`)
  console.table({
    delivery: {
      'events/s': Math.round(rate),
      [`× limit of ${limit}/s`]: (rate / limit).toFixed(2),
      'also while tracking, ×': ((delivered - 1) / tookMs / (limit / 1_000)).toFixed(2),
    },
  })
  await capi.close()
}

async function fullOutbox(): Promise<void> {
  globalThis.gc?.()
  const before = process.memoryUsage().heapUsed
  const fetch = () => new Promise<never>(() => {})
  const capi = createCapi({ ...options, fetch })
  const sizes: number[] = []
  for (let i = 0; i < 5 * EVENTS; i++) {
    await capi.track('Purchase', data, purchase(i))
    if ((i + 1) % EVENTS === 0) {
      globalThis.gc?.()
      sizes.push(Math.round((process.memoryUsage().heapUsed - before) / 2 ** 20))
    }
  }
  const { queued, dropped } = await capi.stats()
  console.log(
    `\nMemory outbox after each ${EVENTS} of ${5 * EVENTS} events nobody takes, MiB of heap`,
  )
  console.table({ heap: sizes, held: [queued], 'refused as full': [dropped.queue_full] })
  await capi.close({ timeoutMs: 0 })
}

await onTheRequestPath()
await deliveryRate()
await fullOutbox()
process.exit()
