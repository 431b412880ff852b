import type { Cause } from '../issue/cause.ts'
import type { Clock } from '../runtime/clock.ts'
import type { OutboxItem, PutResult } from './outbox-port.ts'

/** What became of an event in the end; `duplicate` is none of its own. */
export type PutEnd = PutResult | 'failed' | 'erased'

export interface PutQueueContext {
  readonly clock: Clock
  /** How long a caller waits, and a call of the outbox may take. */
  readonly timeoutMs: number
  /** Bounds of what is held. */
  readonly maxEvents: number
  readonly maxBytes: number
  readonly put: (items: readonly OutboxItem[]) => Promise<readonly PutResult[]>
  /** A cheap call, to see whether the outbox answers. */
  readonly look: () => Promise<unknown>
  /** Gets each event once, when it is known what became of it. */
  readonly onEnd: (item: OutboxItem, end: PutEnd, cause?: Cause) => void
  /** Gets the key of an event that was put again, for the first put had no answer: that may still take effect. */
  readonly onRepeat: (key: string) => void
  /** Gets an event that did not fit in memory while its put was unanswered: that may still take effect. */
  readonly onGivenUp: (item: OutboxItem) => void
  /** Gets an event of which there may be a second copy in the outbox. */
  readonly onStray: (item: OutboxItem) => void
  readonly onFailure: (error: unknown) => void
}
