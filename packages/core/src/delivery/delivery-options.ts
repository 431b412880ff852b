import type { Drop } from '../issue/drop-reason.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Logger } from '../runtime/logger.ts'
import type { TrueTime } from '../runtime/true-time.ts'
import type { GatewayOptions } from '../transport/exchange-options.ts'
import type { ResolvedRetry } from './backoff.ts'

/** Bounds of one request. An event never waits for a batch longer than `maxWaitMs`. */
export interface BatchOptions {
  /** Most events in one request; default 100. Meta refuses more than 1,000. */
  readonly maxEvents?: number | undefined
  /** Most characters of event JSON in one request; default 512 Ki. */
  readonly maxBytes?: number | undefined
  /** How long an event may wait for company; default 200 ms. */
  readonly maxWaitMs?: number | undefined
  /** Most requests of one pixel on their way together, while Meta takes them; default 4. */
  readonly concurrency?: number | undefined
}

/** What delivery asks of the client's options. */
export interface DeliveryOptions {
  readonly enabled?: boolean | undefined
  readonly baseUrl: string
  readonly gateway?: GatewayOptions | undefined
  readonly batch: Required<{ readonly [K in keyof BatchOptions]: number }>
  readonly retry: ResolvedRetry
  readonly maxConnections: number
  readonly random: () => number
  readonly clock: Clock
  readonly time: TrueTime
  readonly logger: Logger
  readonly onDropped?: ((drop: Drop) => void) | undefined
  readonly onDelivered?:
    | ((batch: {
        readonly pixelId: string
        readonly event_ids: readonly string[]
        readonly mayCountTwice?: readonly string[]
      }) => void)
    | undefined
}
