import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { OutboxItem } from '@capi/core/outbox'
import { checksum } from '../damage/checksum.ts'
import type { OutboxOptions } from '../outbox-options.ts'
import type { KnownKeys } from './known-keys.ts'
import type { Owner } from './owner.ts'
import type { Tally } from './tally.ts'

export type Row = Record<string, SQLOutputValue>

/** What the operations on one open file share. */
export interface Parts {
  readonly db: DatabaseSync
  readonly options: OutboxOptions
  readonly owner: Owner
  readonly tally: Tally
  readonly keys: KnownKeys
}

/** An event as both tables keep it, in the order of `COLUMNS`. */
export function toColumns(item: OutboxItem) {
  const { lane, key: dedup_key, trace = null, body } = item
  const event_id = readable(item.event_id)
  const event_name = readable(item.event_name)
  const expires_ms = whole(item.expiresAtMs)
  const remember_until_ms = whole(item.rememberUntilMs)
  const row = { lane, dedup_key, event_id, event_name, expires_ms, remember_until_ms, trace, body }
  const crc = checksum(row)
  return [lane, dedup_key, event_id, event_name, expires_ms, remember_until_ms, trace, body, crc]
}

export const COLUMNS =
  'lane, dedup_key, event_id, event_name, expires_ms, remember_until_ms, trace, body, crc'

export function toItem(row: Row): OutboxItem {
  const trace = row['trace']
  return {
    lane: String(row['lane']),
    key: String(row['dedup_key']),
    event_id: String(row['event_id']),
    event_name: String(row['event_name']),
    body: String(row['body']),
    expiresAtMs: Number(row['expires_ms']),
    rememberUntilMs: Number(row['remember_until_ms']),
    ...(typeof trace === 'string' && { trace }),
  }
}

/**
 * What SQLite gives back unchanged: no half surrogates, and Node 22
 * cuts a text at a NUL. The body is JSON and has neither.
 */
function readable(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed()
  return whole.includes('\0') ? whole.replaceAll('\0', '\uFFFD') : whole
}

/** SQLite keeps whole numbers; a caller's Infinity must not fail a whole group. */
export function whole(value: number): number {
  if (Number.isNaN(value)) return 0
  return Math.trunc(Math.min(Math.max(value, 0), Number.MAX_SAFE_INTEGER))
}
