import type { Stats } from '@capi/core'

/** How a shop is, now and then. A line of its output. */
export interface Sample {
  readonly atMs: number
  readonly heapBytes: number
  readonly rssBytes: number
  /** Milliseconds. */
  readonly loopDelay: { readonly p50: number; readonly p99: number; readonly max: number }
  readonly descriptors: number
  readonly stats: Pick<Stats, 'tracked' | 'delivered' | 'queued' | 'held' | 'unknown' | 'dropped'>
}

/** What the load knows of a shop. */
export interface Sold {
  readonly requests: number
  readonly failedRequests: number
  /** Ids of purchases that the shop's receipts call accepted, and of beacons that it took. */
  readonly accepted: ReadonlySet<string>
  /** Orders that came again, and those of them that were recognised. */
  readonly repeats: number
  readonly recognised: number
}
