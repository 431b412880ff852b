import { createHash } from 'node:crypto'
import type { CapturedEvent } from '../store/captured-event.ts'
import { fieldsOf, listOf, textOf } from './event-rule.ts'

/** Source: Meta, Deduplicate Pixel and Server Events, read 2026-09. */
export const DEDUP_WINDOW_MS = 48 * 3_600_000

/** Within one dataset and name. JSON, so that no name can be mistaken for two parts. */
export function scopeOf(event: CapturedEvent, ...parts: readonly unknown[]): string {
  return JSON.stringify([event.pixel_id, event.event_name, ...parts])
}

const SHA256 = /^[0-9a-f]{64}/i

/**
 * Every `external_id` of an event, hashed: the pixel hashes what the server may send as it is. Numbers are ids too.
 */
export function externalIdsOf(event: CapturedEvent): readonly string[] {
  return listOf(fieldsOf(event.payload['user_data'])['external_id'])
    .flatMap((id) => (typeof id === 'number' ? [String(id)] : (textOf(id) ?? [])))
    .map((id) =>
      SHA256.test(id)
        ? id.slice(0, 64).toLowerCase()
        : createHash('sha256').update(id).digest('hex'),
    )
}

export function fbpOf(event: CapturedEvent): string | undefined {
  return textOf(fieldsOf(event.payload['user_data'])['fbp'])
}

/** Events that Meta took, whether or not they count. */
export function isTaken({ status }: CapturedEvent): boolean {
  return status === 'processed' || status === 'deduplicated'
}
