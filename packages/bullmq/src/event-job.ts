import type { Cause } from '@capi/core'
import type { OutboxItem } from '@capi/core/outbox'
import type { Job } from 'bullmq'

/** What a job holds. */
export interface EventData extends OutboxItem {
  /** Of a dead letter. */
  readonly cause?: Cause
  readonly diedAtMs?: number
}

export type EventJob = Job<EventData>

/** The same for the same event, and tells nothing of it. BullMQ takes no id with a colon, and none that is a number. */
export function jobIdOf({ key }: OutboxItem): string {
  return `c${Buffer.from(key, 'hex').toString('base64url')}`
}

/** False for what somebody else put into the queue. */
export function isEvent(data: unknown): data is EventData {
  return (
    typeof data === 'object' &&
    data !== null &&
    'lane' in data &&
    typeof data.lane === 'string' &&
    'body' in data &&
    typeof data.body === 'string'
  )
}

/** Without what only a dead letter has. */
export function itemOf(data: EventData): OutboxItem {
  const { cause: _cause, diedAtMs: _diedAtMs, ...item } = data
  return item
}
