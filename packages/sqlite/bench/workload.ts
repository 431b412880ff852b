// What the benches share: events of a usual size, outboxes in a folder that is removed at the end, medians.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OutboxItem } from '@capi/core/outbox'
import { outboxItem } from '@capi/core/outbox-test'
import { resolveOptions } from '../src/outbox-options.ts'
import { type OutboxThread, outboxThread } from '../src/thread/outbox-thread.ts'

export const LANE = '1234567890'
export const DAY_MS = 86_400_000
/** As a usual event: 139 KB in a batch of 100. */
const PAD = 'x'.repeat(1_250)

const folder = mkdtempSync(join(process.env['BENCH_FOLDER'] ?? tmpdir(), 'capi-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
export const fileNamed = (name: string) => join(folder, name)

let made = 0

export function item(more: Partial<OutboxItem> = {}): OutboxItem {
  const id = `order.${made++}.${randomBytes(4).toString('hex')}`
  return outboxItem(id, {
    body: `{"event_id":"${id}","user_data":{"em":"${PAD}"}}`,
    expiresAtMs: Date.now() + 7 * DAY_MS,
    ...more,
  })
}

export const items = (count: number, more: Partial<OutboxItem> = {}) =>
  Array.from({ length: count }, () => item(more))

export const time = (tickMs = performance.now()) => ({ tickMs, nowMs: Date.now() })

export function open(path: string, durability: 'strict' | 'fast' = 'strict'): OutboxThread {
  const bounds = { maxEvents: 2e6, maxBytes: 4e9 }
  return outboxThread(resolveOptions({ path, durability, ...bounds }), () => {})
}

export async function fill(thread: OutboxThread, count: number, more: Partial<OutboxItem> = {}) {
  for (let n = 0; n < count; n += 1_000)
    await thread.call('put', items(Math.min(1_000, count - n), more), time())
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN
}

export const median = (values: readonly number[]) => quantile(values, 0.5)

export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

export const ms = (value: number) => `${value.toFixed(2)} ms`
export const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MiB`

export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
