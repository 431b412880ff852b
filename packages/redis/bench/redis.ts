import { randomBytes } from 'node:crypto'
import type { Outbox, OutboxItem } from '@capi/core/outbox'
import { outboxItem } from '@capi/core/outbox-test'
import { Redis } from 'ioredis'
import { type RedisOutboxOptions, redisOutbox } from '../src/index.ts'

export const LANE = '1234567890'
export const LEASE_MS = 60_000
export const time = () => ({ tickMs: performance.now(), nowMs: Date.now() })
let made = 0

/** With a body of about 1,000 bytes. */
export function item(more: Partial<OutboxItem> = {}): OutboxItem {
  const event_id = `order.${made++}.${randomBytes(4).toString('hex')}`
  const event_time = Math.floor(Date.now() / 1_000)
  const user_data = { em: [randomBytes(32).toString('hex')], ph: [randomBytes(32).toString('hex')] }
  const event = { event_name: 'Lead', event_time, event_id, action_source: 'other', user_data }
  const body = JSON.stringify({ ...event, custom_data: { note: 'x'.repeat(700) } })
  const expiresAtMs = Date.now() + 6 * 86_400_000
  return outboxItem(event_id, { event_name: 'Lead', body, expiresAtMs, ...more })
}

export const items = (count: number, more: Partial<OutboxItem> = {}) =>
  Array.from({ length: count }, () => item(more))

export function open(port: number, more: Partial<RedisOutboxOptions> = {}): Outbox {
  const connection = new Redis(port, '127.0.0.1')
  return redisOutbox({ connection, maxEvents: 1e8, onWarning() {}, ...more })
}

/** Puts so many, many at a time: a bench does not wait for each. */
export async function fill(outbox: Outbox, count: number, more: Partial<OutboxItem> = {}) {
  for (let left = count; left > 0; left -= 1_000)
    await outbox.put(items(Math.min(left, 1_000), more), time())
}

export const print = (text: string): void => void process.stdout.write(`${text}\n`)

export function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Milliseconds. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now()
  await work()
  return performance.now() - startMs
}
