import type { CapturedEvent } from '../store/captured-event.ts'
import { fieldsOf, textOf } from './event-rule.ts'
import { externalIdsIn } from './person-facts.ts'

/** Source: Meta, Deduplicate Pixel and Server Events, read 2026-09. */
export const DEDUP_WINDOW_MS = 48 * 3_600_000

/** Within one dataset and name. Lengths stand in front, so that no name can be mistaken for two parts. */
export function scopeOf(event: CapturedEvent, ...parts: readonly unknown[]): string {
  const { pixel_id, event_name } = event
  let scope = `${pixel_id.length} ${pixel_id}${event_name.length} ${event_name}`
  for (const part of parts) {
    const text = typeof part === 'string' ? part : `${typeof part} ${JSON.stringify(part)}`
    scope += `${text.length} ${text}`
  }
  return scope
}

/** Every `external_id` of an event, hashed. */
export function externalIdsOf({ payload }: CapturedEvent): readonly string[] {
  return externalIdsIn(fieldsOf(payload['user_data'])['external_id'])
}

export function fbpOf(event: CapturedEvent): string | undefined {
  return textOf(fieldsOf(event.payload['user_data'])['fbp'])
}

/** Events that Meta took, whether or not they count. */
export function isTaken({ status }: CapturedEvent): boolean {
  return status === 'processed' || status === 'deduplicated'
}
