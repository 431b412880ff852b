import type { Cause } from '../issue/cause.ts'

/**
 * How the delivery to a pixel stands. `retrying`: Meta or the outbox could not be had. `throttled`: Meta asked to
 * wait. `paused`: the token, the permission or the dataset is refused, or every event is. In all of
 * them events wait, and one request tries again later.
 */
export type PixelState = 'open' | 'retrying' | 'throttled' | 'paused'

/** How the delivery to a pixel stands now. */
export interface LaneStatus {
  /** `open`: events leave as they come. In the other states they wait. */
  readonly state: PixelState
  /** Why it is not open; absent when it is. */
  readonly cause?: Cause
  /** Milliseconds since it was open last; absent when it is. What waits has waited this long at most for that reason. */
  readonly blockedForMs?: number
  /** Milliseconds until one request tries again. */
  readonly nextTryInMs?: number
}
