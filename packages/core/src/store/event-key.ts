import { sha256 } from '../hash/sha256.ts'
import type { OutboxItem } from './outbox-port.ts'

/**
 * What makes an event the same event: its pixel, name and id. 128 bits are enough, and reveal nothing.
 * @param isFromPage events from pages have keys of their own: anybody can guess `lead.1003`.
 */
export function eventKey(
  { lane, event_name, event_id }: Pick<OutboxItem, 'lane' | 'event_name' | 'event_id'>,
  isFromPage = false,
): string {
  const same = isFromPage ? [lane, event_name, event_id, 'page'] : [lane, event_name, event_id]
  return sha256(JSON.stringify(same)).slice(0, 32)
}
