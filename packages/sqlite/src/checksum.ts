import { hash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { OutboxItem } from '@capi/core/outbox'

/** What makes an event the same event, in 16 bytes: it may be remembered, it tells nothing. */
export function dedupKey({ lane, event_name, event_id }: OutboxItem): Uint8Array {
  return hash('sha256', JSON.stringify([lane, event_name, event_id]), 'buffer').subarray(0, 16)
}

export interface Summed {
  readonly lane: string
  readonly dedup_key: Uint8Array
  readonly event_id: string
  readonly event_name: string
  readonly expires_ms: number
  readonly remember_until_ms: number
  readonly body: string
}

/** Over all that matters when a row is sent: a pixel's number with a flipped bit is another pixel. */
export function checksum(row: Summed): number {
  const { lane, event_name, event_id, expires_ms, remember_until_ms } = row
  const head = JSON.stringify([lane, event_name, event_id, expires_ms, remember_until_ms])
  return crc32(row.body, crc32(head, crc32(row.dedup_key)))
}

/** Whether a row is what was written, whatever damage made of it. */
export function isSound(row: Readonly<Record<string, unknown>>): boolean {
  return (
    typeof row['lane'] === 'string' &&
    typeof row['body'] === 'string' &&
    row['dedup_key'] instanceof Uint8Array &&
    checksum(row as unknown as Summed) === row['crc']
  )
}
