import type { DropReason } from './drop-reason.ts'
import type { Issue } from './issue.ts'

/** What became of an event of `send`. */
export interface SendReceipt {
  /** The id given, or a random one; for the browser's copy, also when this one was dropped. */
  readonly event_id: string
  /** `delivered`: Meta took it, for every pixel. `dropped`: see `reason`; for one of several pixels at least. */
  readonly outcome: 'delivered' | 'dropped'
  /** Why it was dropped; absent unless it was. `consent` is no fault: only then does `send` resolve. */
  readonly reason?: DropReason
  /** What was wrong with the event, also when it was delivered; empty when nothing was. Never holds a value. */
  readonly issues: readonly Issue[]
}

/** Meta's answer to `send`. */
export interface SendResult {
  /** How many events Meta took, over all pixels. */
  readonly events_received: number
  /** One for each event given, in order. */
  readonly receipts: readonly SendReceipt[]
  /** One for each request: ask Meta's support about its `fbtrace_id`. */
  readonly responses: readonly {
    /** The pixel it went to. */
    readonly pixelId: string
    /** How many events Meta took of this request. */
    readonly events_received: number
    /** The events that were in it, in order. */
    readonly event_ids: readonly string[]
    /** Meta's comments on what it took; absent where it has none. What may be personal in them reads `…`. */
    readonly messages?: readonly string[]
    /** Meta's name of the request; absent where the answer has none. */
    readonly fbtrace_id?: string
  }[]
}
