import type { Issue } from '../issue.ts'

/** Why an event was not delivered; a closed set. */
export const DROP_REASONS = [
  /** No access token or pixel id is configured. */
  'disabled',
  /** Meta would refuse it; see the issues. */
  'invalid',
  /** The outbox is full. */
  'queue_full',
  /** The outbox failed. */
  'store_error',
  /** The client was closed before it. */
  'closed',
  /** Meta refused the events, the token or the dataset; the cause says which. */
  'rejected',
  /** No usable answer: network, timeout, throttling, 5xx. */
  'undelivered',
] as const

export type DropReason = (typeof DROP_REASONS)[number]

/** One loss, told to `onDrop`. Holds no personal data. */
export interface Drop {
  readonly reason: DropReason
  /** How many events were lost by this. */
  readonly count: number
  readonly pixelId?: string
  readonly event_ids: readonly string[]
  readonly cause?: DropCause
  /** Why an event was `invalid`. */
  readonly issues?: readonly Issue[]
}

/** What is known of the failed request. */
export interface DropCause {
  /** For example `timeout`, `ECONNREFUSED`, `http_500`, `meta_190`, `meta_100_2804003`. */
  readonly code: string
  readonly status?: number
  /** What Meta's support asks for. */
  readonly fbtrace_id?: string
}
