// How many events 1, 2 and 4 worker processes deliver to a Meta that answers after 50 ms, next to pg-boss's own bare
// rate: fetch and complete of the same jobs. By hand: `npm run bench`. Ratios are what to compare between machines.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createCapi } from '@capi/core'
import { Client } from 'pg'
import { PgBoss } from 'pg-boss'
import { pgBossOutbox } from '../src/index.ts'
import { benchDatabase } from './bench-database.ts'

const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 20_000)
const LANE = '1234567890'

const database = await benchDatabase()
const { url } = database
const children: ChildProcess[] = []
const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false })
await boss.start()
const client = new Client({ connectionString: url })
await client.connect()
const capi = createCapi({
  pixelId: LANE,
  accessToken: 'token',
  outbox: pgBossOutbox({ boss, role: 'producer' }),
})
let made = 0

/** @returns events a second, of so many callers at a time. */
async function fill(callers: number): Promise<number> {
  const start = performance.now()
  const last = made + EVENTS
  const caller = async () => {
    while (made < last) {
      const event_id = `order.${made++}`
      await capi.track(
        'Purchase',
        { value: 12.5, currency: 'EUR', contents: [{ id: 'mug', quantity: 2, item_price: 6.25 }] },
        {
          event_id,
          action_source: 'website',
          event_source_url: 'https://shop.example/thank-you',
          user_data: {
            em: `customer.${made}@example.com`,
            client_ip_address: '203.0.113.7',
            client_user_agent:
              'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
          },
        },
      )
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return EVENTS / ((performance.now() - start) / 1_000)
}

async function start(
  name: string,
  ...args: string[]
): Promise<{ child: ChildProcess; line: string }> {
  const file = fileURLToPath(new URL(name, import.meta.url))
  const child = spawn(process.execPath, ['--conditions=@capi/source', file, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  const [chunk] = await once(child.stdout, 'data')
  return { child, line: String(chunk).trim() }
}

async function untilEmpty(): Promise<void> {
  for (;;) {
    const { rows } = await client.query(
      "SELECT FROM pgboss.job WHERE name = $1 AND state IN ('created', 'retry', 'active') LIMIT 1",
      [`capi.events.${LANE}`],
    )
    if (rows.length === 0) return
    await sleep(20)
  }
}

/** @returns events a second. */
async function deliver(workers: number, baseUrl: string, ...batch: string[]): Promise<number> {
  const started = await Promise.all(
    Array.from({ length: workers }, () => start('worker.ts', url, baseUrl, ...batch)),
  )
  const from = performance.now()
  for (const { child } of started) child.stdin?.write('go\n')
  await untilEmpty()
  const rate = EVENTS / ((performance.now() - from) / 1_000)
  for (const { child } of started) {
    child.kill()
    await once(child, 'close')
  }
  return rate
}

/** The same jobs, fetched and completed by pg-boss alone, four at a time as a worker of ours does. */
async function bare(): Promise<number> {
  const queue = `capi.events.${LANE}`
  const from = performance.now()
  const loop = async () => {
    for (;;) {
      const jobs = await boss.fetch(queue, { batchSize: 100 })
      if (jobs.length === 0) return
      await boss.complete(queue, jobs)
    }
  }
  await Promise.all(Array.from({ length: 4 }, loop))
  return EVENTS / ((performance.now() - from) / 1_000)
}

try {
  const { line: baseUrl } = await start('emulator.ts')
  for (const callers of [1, 10, 100]) {
    const rate = await fill(callers)
    console.log(`track by ${callers} at a time: ${Math.round(rate)} events/s`)
    const engine = await bare()
    console.log(`pg-boss alone, fetch and complete: ${Math.round(engine)} jobs/s`)
  }
  // As they are; and with one request of 20 events at a time, where waiting for Meta is all there is to share.
  for (const batch of [
    ['100', '4'],
    ['20', '1'],
  ]) {
    let one = 0
    for (const workers of [1, 2, 4]) {
      await fill(100)
      const rate = await deliver(workers, baseUrl, ...batch)
      if (workers === 1) one = rate
      await fill(100)
      const engine = await bare()
      console.log(
        `${workers} workers, batches of ${batch.join(', at a time ')}: ${Math.round(rate)} events/s, ` +
          `${(rate / one).toFixed(2)} of one worker, ${(rate / engine).toFixed(2)} of pg-boss's own ${Math.round(engine)} jobs/s`,
      )
    }
  }
} finally {
  for (const child of children) child.kill()
  await capi.close()
  await client.end()
  await boss.stop({ graceful: false })
  await database.stop()
}
