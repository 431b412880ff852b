// What the benches share: events of a usual size, outboxes on a Redis of their own, medians.
import { randomBytes } from 'node:crypto'
import type { LeasedItem, Outbox, OutboxItem } from '@capi/core/outbox'
import { outboxItem } from '@capi/core/outbox-test'
import { startRedis } from '@capi/testing'
import { redisOutbox } from '../src/index.ts'

export const LANE = '1234567890'
export const time = () => ({ tickMs: performance.now(), nowMs: Date.now() })
/** As a usual event. */
const PAD = 'x'.repeat(1_000)
let made = 0

export function item(more: Partial<OutboxItem> = {}): OutboxItem {
  const id = `order.${made++}.${randomBytes(4).toString('hex')}`
  return outboxItem(id, {
    body: `{"event_id":"${id}","user_data":{"em":"${PAD}"}}`,
    expiresAtMs: Date.now() + 6 * 86_400_000,
    ...more,
  })
}

export const items = (count: number, more: Partial<OutboxItem> = {}) =>
  Array.from({ length: count }, () => item(more))

/** A rewrite of its file in the middle of a round would be counted to it. */
export const startServer = () => startRedis('appendonly yes', 'auto-aof-rewrite-percentage 0')

export function open(port: number, more: { readonly role?: 'producer' } = {}): Outbox {
  const connection = `redis://127.0.0.1:${port}`
  return redisOutbox({ connection, maxEvents: 1e8, onWarning() {}, ...more })
}

export async function fill(outbox: Outbox, count: number, more: Partial<OutboxItem> = {}) {
  for (let left = count; left > 0; left -= 1_000)
    await outbox.put(items(Math.min(left, 1_000), more), time())
}

export async function lease(outbox: Outbox, lane = LANE): Promise<readonly LeasedItem[]> {
  const request = { lane, maxEvents: 100, maxBytes: 1e6, leaseMs: 60_000 }
  return (await outbox.lease(request, time())).items
}

export const settle = (outbox: Outbox, leased: readonly LeasedItem[]) =>
  outbox.settle(
    leased.map((token) => ({ kind: 'delivered', token }) as const),
    time(),
  )

export const print = (text: string): void => void process.stdout.write(`${text}\n`)

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
}

/** Milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

export const ms = (value: number) => `${value.toFixed(2)} ms`
