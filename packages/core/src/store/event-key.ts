import { sha256 } from '../hash/sha256.ts'
import type { OutboxItem } from './outbox-port.ts'

/** What makes an event the same event: its pixel, name and id. 128 bits are enough, and tell nothing. */
export function eventKey({
  lane,
  event_name,
  event_id,
}: Pick<OutboxItem, 'lane' | 'event_name' | 'event_id'>): string {
  return sha256(JSON.stringify([lane, event_name, event_id])).slice(0, 32)
}
