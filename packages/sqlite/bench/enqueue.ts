// How fast events are taken in, next to a bare loop of the same commits, and what a long queue costs.
// By hand: `npm run bench`. Ratios are what to compare between machines.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { OutboxItem } from '@capi/core/outbox'
import { outboxItem } from '@capi/core/outbox-test'
import { MIGRATIONS } from '../src/file/schema.ts'
import { resolveOptions } from '../src/outbox-options.ts'
import { type OutboxThread, outboxThread } from '../src/thread/outbox-thread.ts'

const EVENTS = Number(process.env['BENCH_EVENTS'] ?? 20_000)
const LONG_QUEUE = Number(process.env['BENCH_QUEUE'] ?? 1_000_000)
/** As many callers wait for an answer at a time. */
const CALLERS = Number(process.env['BENCH_CALLERS'] ?? 100)
/** As a usual event: 139 KB in a batch of 100. */
const PAD = 'x'.repeat(1_250)

const folder = mkdtempSync(join(tmpdir(), 'capi-bench-'))
const lane = '1234567890'
const time = (tickMs = 0) => ({ tickMs, nowMs: Date.now() })
let made = 0

function item(): OutboxItem {
  const id = `order.${made++}.${randomBytes(4).toString('hex')}`
  return outboxItem(id, { body: `{"event_id":"${id}","user_data":{"em":"${PAD}"}}` })
}

function open(name: string, durability: 'strict' | 'fast'): OutboxThread {
  const path = join(folder, name)
  return outboxThread(resolveOptions({ path, durability, maxEvents: 2e6, maxBytes: 4e9 }), () => {})
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** @returns events per second, and the mean number of them in a commit */
async function enqueue(thread: OutboxThread) {
  await thread.call('recover', time())
  const commits = await thread.call('commits')
  const start = performance.now()
  let left = EVENTS
  async function caller(): Promise<void> {
    while (left-- > 0) await thread.call('put', [item()], time())
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
  const perSecond = EVENTS / ((performance.now() - start) / 1_000)
  return { perSecond, group: EVENTS / ((await thread.call('commits')) - commits) }
}

function bareLoop(name: string, synchronous: number, group: number): number {
  const db = new DatabaseSync(join(folder, name))
  db.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL;
    PRAGMA synchronous = ${synchronous}; ${MIGRATIONS[0]}`)
  const insert = db.prepare(`INSERT INTO outbox (lane, dedup_key, event_id, event_name, expires_ms,
    remember_until_ms, due_tick, attempts, bytes, crc, body) VALUES (?, ?, ?, 'P', 1, 0, 0, 0, 9, 9, ?)`)
  const items = Array.from({ length: EVENTS }, () => ({ ...item(), key: randomBytes(16) }))
  const start = performance.now()
  for (let n = 0; n < items.length; n += group) {
    db.exec('BEGIN')
    for (const one of items.slice(n, n + group)) insert.run(lane, one.key, one.event_id, one.body)
    db.exec('COMMIT')
  }
  const perSecond = EVENTS / ((performance.now() - start) / 1_000)
  db.close()
  return perSecond
}

async function leaseMs(thread: OutboxThread, tickMs: number): Promise<string> {
  const times: number[] = []
  for (let n = 0; n < 50; n++) {
    const start = performance.now()
    const request = { lane, maxEvents: 100, maxBytes: 1e6, leaseMs: 60_000 }
    const { items } = await thread.call('lease', request, time(tickMs))
    times.push(performance.now() - start)
    const retry = items.map(
      (token) => ({ kind: 'retry', token, delayMs: 0, isAttempt: false }) as const,
    )
    await thread.call('settle', retry, time(tickMs))
  }
  times.sort((a, b) => a - b)
  return `${times[25]?.toFixed(2)} ms p50, ${times[48]?.toFixed(2)} ms p96`
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MiB`
const seconds = (start: number) => `${((performance.now() - start) / 1_000).toFixed(1)} s`

try {
  for (const [durability, synchronous] of [
    ['strict', 2],
    ['fast', 1],
  ] as const) {
    const thread = open(`${durability}.db`, durability)
    const { perSecond, group } = await enqueue(thread)
    await thread.close()
    const bare = bareLoop(`${durability}-bare.db`, synchronous, Math.round(group))
    print(
      `${durability}: ${Math.round(perSecond)} events/s in groups of ${group.toFixed(0)}; ` +
        `${(perSecond / bare).toFixed(2)} of a bare loop`,
    )
  }

  const thread = open('long.db', 'fast')
  await thread.call('put', Array.from({ length: 1_000 }, item), time())
  print(`lease of 100, 1,000 queued: ${await leaseMs(thread, 1)}`)
  const before = process.memoryUsage().rss
  const start = performance.now()
  for (let n = 1_000; n < LONG_QUEUE; n += 1_000) {
    await thread.call('put', Array.from({ length: 1_000 }, item), time())
  }
  print(
    `${LONG_QUEUE} queued in ${seconds(start)}, file ${megabytes(statSync(join(folder, 'long.db')).size)}`,
  )
  globalThis.gc?.()
  print(`RSS ${megabytes(process.memoryUsage().rss)}, ${megabytes(before)} with 1,000`)
  print(`lease of 100, ${LONG_QUEUE} queued: ${await leaseMs(thread, 2)}`)
  await thread.close()

  const clean = performance.now()
  const again = open('long.db', 'fast')
  await again.call('recover', time())
  print(`opened after a clean end in ${seconds(clean)}`)
  await again.close()
  const db = new DatabaseSync(join(folder, 'long.db'))
  db.exec("UPDATE meta SET value = 0 WHERE key = 'is_clean'")
  db.close()
  const unclean = performance.now()
  const checked = open('long.db', 'fast')
  await checked.call('recover', time())
  print(`opened after a crash, with its check, in ${seconds(unclean)}`)
  await checked.close()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
