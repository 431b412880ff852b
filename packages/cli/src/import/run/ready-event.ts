import { buildEvent, type Issue } from '@capi/core'
import { maxAgeSec } from '@capi/core/adapter'
import type { OutboxItem } from '@capi/core/outbox'

/** An event that may wait, or why there is none. */
export interface Ready {
  readonly item?: OutboxItem
  readonly issues: readonly Issue[]
}

export interface ReadyOptions extends Pick<OutboxItem, 'lane' | 'key'> {
  readonly nowMs: number
  readonly phoneCountry: string | undefined
}

/** Builds the event where the row is read, so that the outbox gets finished bytes. @param nowMs of the whole run */
export function readyEvent(
  input: Readonly<Record<string, unknown>>,
  { lane, key, nowMs, phoneCountry }: ReadyOptions,
): Ready {
  const { event, issues } = buildEvent(input, { nowMs, phoneCountry })
  if (event === undefined) return { issues }
  const { event_id, event_name } = event
  const item: OutboxItem = {
    lane,
    key,
    event_id,
    event_name,
    body: JSON.stringify(event),
    expiresAtMs: (event.event_time + maxAgeSec(event.action_source)) * 1_000,
    // The reader itself knows which orders it has seen.
    rememberUntilMs: 0,
  }
  return { item, issues }
}
