import type { Receipt } from '@capi/core'
import type { SkipReason } from '../map/mapped.ts'

/** Why a delivery became no event, or was not taken. */
export type WebhookReason =
  | SkipReason
  /** The tracker dropped it: `consent`, `invalid`, `expired`, `queue_full`, … */
  | NonNullable<Receipt['reason']>
  /** `client` knows no tracker for this shop. */
  | 'unknown_shop'
  /** No mapper for this topic, or it is not asked for; see `topics`. */
  | 'unsupported_topic'
  /** A delivery of Shopify's next-generation Events, a preview whose payloads differ. */
  | 'unsupported_events'
  /** The signed body names another shop than the unsigned header: nothing was purged. */
  | 'shop_mismatch'
  // 401
  | 'invalid_hmac'
  // 400
  | 'missing_hmac'
  | 'missing_headers'
  | 'missing_body'
  | 'invalid_utf8'
  | 'invalid_json'
  | 'invalid_shop'
  | 'aborted'
  // 408, 413
  | 'too_slow'
  | 'too_large'
  // 503: Shopify delivers it again
  | 'timeout'
  | 'failed'
  /** `shopifyCapi` has no option `shopify`, so no signature can be checked. */
  | 'validator_missing'

/** What became of a delivery. Holds no personal data. */
export interface WebhookResult {
  /** Answer with this. Only 200 is a success to Shopify; all others it delivers again, eight times in four hours. */
  readonly status: 200 | 400 | 401 | 408 | 413 | 503
  /**
   * `tracked`: an event waits for delivery. `duplicate`: seen before. `skipped`: makes no event, see `reason`.
   * `acknowledged`: a compliance topic or `app/uninstalled`. `rejected`: nothing one could act on. `refused`: not now.
   */
  readonly kind: 'tracked' | 'duplicate' | 'skipped' | 'acknowledged' | 'rejected' | 'refused'
  /** Why no event came of it; absent when one did. */
  readonly reason?: WebhookReason
  /** For example `orders/create`; one that is not known here stands as the library writes it, `PRODUCTS_CREATE`. */
  readonly topic?: string
  /** The shop, by its `myshopify.com` domain; absent when it is not known for sure. */
  readonly shop?: string
  /** Name of the event made. */
  readonly event_name?: string
  /** Id of the event made. */
  readonly event_id?: string
  /** How many entries of the identity store a compliance topic purged. */
  readonly purged?: number
}

const REJECTED = {
  invalid_hmac: 401,
  missing_hmac: 400,
  missing_headers: 400,
  missing_body: 400,
  invalid_utf8: 400,
  invalid_json: 400,
  invalid_shop: 400,
  aborted: 400,
  too_slow: 408,
  too_large: 413,
} as const satisfies { readonly [Reason in WebhookReason]?: WebhookResult['status'] }

export type Rejection = keyof typeof REJECTED

export function rejected(reason: Rejection): WebhookResult {
  return { status: REJECTED[reason], kind: 'rejected', reason }
}

export function skipped(reason: WebhookReason): WebhookResult {
  return { status: 200, kind: 'skipped', reason }
}

export function refused(reason: WebhookReason): WebhookResult {
  return { status: 503, kind: 'refused', reason }
}

/** Losses that another try may avoid: the outbox was full or broken, or this process is going down. */
const WORTH_ANOTHER_TRY: ReadonlySet<unknown> = new Set(['queue_full', 'store_failed', 'closed'])

/**
 * An event that only this process's memory holds is not safe yet: Shopify delivers it again, which makes no second event, and gets
 * its 200 when the outbox has the event.
 */
export function resultOf({ outcome, reason = 'invalid', durable }: Receipt): WebhookResult {
  if (durable === false) return refused('store_failed')
  if (outcome === 'duplicate') return { status: 200, kind: outcome }
  if (outcome !== 'dropped') return { status: 200, kind: 'tracked' }
  return WORTH_ANOTHER_TRY.has(reason) ? refused(reason) : skipped(reason)
}
