import { randomBytes } from 'node:crypto'
import type { OutboxItem } from '@capi/core/outbox'
import { outboxItem } from '@capi/core/outbox-test'
import { bullmqOutbox } from '../src/bullmq-outbox.ts'
import type { OldOutbox } from '../src/old-port.ts'

export const LANE = '1234567890'
/** As a usual event: 139 KB in a batch of 100. */
const PAD = 'x'.repeat(1_250)
let made = 0

export function item(more: Partial<OutboxItem> = {}): OutboxItem {
  const event_id = `order.${made++}.${randomBytes(4).toString('hex')}`
  const time = Math.floor(Date.now() / 1_000)
  const user_data = { external_id: ['a'.repeat(64)] }
  const event = {
    event_name: 'Lead',
    event_time: time,
    event_id,
    action_source: 'other',
    user_data,
  }
  const body = JSON.stringify({ ...event, custom_data: { note: PAD } })
  const expiresAtMs = Date.now() + 6 * 86_400_000
  return outboxItem(event_id, { event_name: 'Lead', body, expiresAtMs, ...more })
}

export function open(port: number, role: 'worker' | 'producer' = 'worker'): OldOutbox {
  const queue = { name: 'capi', opts: { connection: { host: '127.0.0.1', port } } }
  return bullmqOutbox({ queue, role, maxEvents: 1e7, timeoutMs: 30_000, onWarning() {} })
}

/** Puts so many events, in batches: a bench does not wait for each. */
export async function fill(outbox: OldOutbox, count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1_000)
    await outbox.put(
      Array.from({ length: Math.min(left, 1_000) }, () => item()),
      Date.now(),
    )
}

export const print = (text: string): void => void process.stdout.write(`${text}\n`)
