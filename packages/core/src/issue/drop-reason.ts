import type { Cause } from './cause.ts'
import type { Issue } from './issue.ts'

/** Why an event was not delivered. */
export const DROP_REASONS = [
  /** `enabled` is false, no access token is configured, no pixel is named (by the event, its scope or the client), or the request is skipped. */
  'disabled',
  /** The visitor has not consented, or not yet; nothing of the event was kept. */
  'consent',
  /** Meta would refuse it; see the issues. */
  'invalid',
  /** The outbox is full. */
  'queue_full',
  /** The outbox failed, and the event did not fit into the memory that keeps events meanwhile; or the outbox lost it. */
  'store_failed',
  /** Removed by `erase`, at the person's wish. */
  'erased',
  /** The client was closed before it was tracked, or before it was delivered and the outbox is in memory. */
  'closed',
  /** Meta refuses the event; it is kept as a dead letter. Of `send`: also the token or the dataset. */
  'rejected',
  /** Older than Meta takes: seven days, 62 for `physical_store`. */
  'expired',
  /**
   * The client belongs to another request, or the event was tracked outside of any. Only where nothing may outlive a
   * request (Cloudflare Workers): make a client inside each request, and close it in `waitUntil`.
   */
  'wrong_request',
  /** Only of `send`, which does not retry: no usable answer; network, timeout, throttling, 5xx. */
  'undelivered',
  /** Only of `send`: its `signal` ended the wait. Meta may have taken the event. */
  'aborted',
] as const

/**
 * Why an event was lost. The list is open: a minor version may add a reason, so keep a `default` branch in a `switch`
 * over it.
 */
export type DropReason = (typeof DROP_REASONS)[number]

/** One loss, reported to `onDropped`. Holds no personal data. */
export interface Drop {
  /**
   * Why they were lost. `disabled`: no token or pixel. `consent`: the visitor has not agreed. `invalid`: see `issues`. `queue_full`,
   * `store_failed`: the outbox. `closed`, `wrong_request`: the client. `rejected`: Meta refuses them. `expired`: too old for Meta.
   * `undelivered`: `send` got no usable answer. New reasons may come in minor versions.
   */
  readonly reason: DropReason
  /** How many events were lost by this. */
  readonly count: number
  /** The pixel they were for; absent when they were lost before they had one. */
  readonly pixelId?: string
  /** As far as they are known: a damaged outbox cannot always say. */
  readonly event_ids: readonly string[]
  /** What failed, where something did. */
  readonly cause?: Cause
  /** Why an event was `invalid`. */
  readonly issues?: readonly Issue[]
}
