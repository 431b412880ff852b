import type { DatabaseSync } from 'node:sqlite'
import type { OutboxItem, PutResult } from '@capi/core/outbox'
import { checksum, dedupKey } from './checksum.ts'
import type { OutboxOptions } from './outbox-options.ts'
import type { Owner } from './owner.ts'
import type { Tally } from './tally.ts'

export interface QueueParts {
  readonly db: DatabaseSync
  readonly options: OutboxOptions
  readonly owner: Owner
  readonly tally: Tally
}

export type PutOne = (item: OutboxItem, nowMs: number) => PutResult

/** Taking in. */
export function putting({ db, options, owner, tally }: QueueParts): PutOne {
  const remembered = db.prepare('SELECT 1 FROM seen WHERE dedup_key = ? AND until_ms > ?')
  const waits = db.prepare('SELECT 1 FROM outbox WHERE dedup_key = ?')
  const insert = db.prepare(`INSERT INTO outbox
    (lane, dedup_key, event_id, event_name, expires_ms, remember_until_ms, due_tick, attempts, bytes, crc, body)
    VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?) ON CONFLICT DO NOTHING`)

  return (item, nowMs) => {
    const { lane, body } = item
    const event_id = readable(item.event_id)
    const event_name = readable(item.event_name)
    const dedup_key = dedupKey(item)
    if (remembered.get(dedup_key, whole(nowMs)) !== undefined) return 'duplicate'
    const bytes = Buffer.byteLength(body)
    if (tally.events >= options.maxEvents || tally.bytes + bytes > options.maxBytes) {
      return waits.get(dedup_key) === undefined ? 'full' : 'duplicate'
    }
    const expires_ms = whole(item.expiresAtMs)
    const remember_until_ms = whole(item.rememberUntilMs)
    const crc = checksum({
      lane,
      dedup_key,
      event_id,
      event_name,
      expires_ms,
      remember_until_ms,
      body,
    })
    const times = [expires_ms, remember_until_ms, owner.origin + owner.tick]
    const row = [lane, dedup_key, event_id, event_name, ...times, bytes, crc, body]
    if (insert.run(...row).changes === 0) return 'duplicate'
    tally.queued(lane, 1, bytes)
    return 'accepted'
  }
}

/**
 * What SQLite gives back as it was given: no half surrogates, and Node 22
 * cuts a text at a NUL. The body is JSON and has neither.
 */
function readable(text: string): string {
  return Buffer.from(text.replaceAll('\0', '\uFFFD')).toString()
}

/** SQLite keeps whole numbers; a caller's Infinity must not fail a whole group. */
export function whole(value: number): number {
  if (Number.isNaN(value)) return 0
  return Math.trunc(Math.min(Math.max(value, 0), Number.MAX_SAFE_INTEGER))
}
