import type { DropReason } from '../issue/drop-reason.ts'
import type { Issue } from '../issue/issue.ts'

/** What became of an event of `track` or `enqueue` by the time the call resolved. */
export interface Receipt {
  /** The id given, or a random one; for the browser's copy, also when this one was dropped. */
  readonly event_id: string
  /**
   * `accepted`: it waits for delivery, as safely as the outbox promises. `duplicate`: the same event waits, or
   * was delivered lately (option `dedupeWindowMs`). `dropped`: see `reason`. `held`: only on a request whose consent is
   * pending; it is tracked once that is granted, else dropped as `consent`.
   */
  readonly outcome: 'accepted' | 'duplicate' | 'dropped' | 'held'
  /** Why it was dropped; absent unless it was. */
  readonly reason?: DropReason
  /**
   * False where the outbox is away: the event, or the one that it repeats, waits in this process's memory and is put when the outbox
   * is back; if the process is killed before, it is lost. Absent otherwise.
   */
  readonly durable?: false
  /** What was wrong with the event, also when it was accepted; empty when nothing was. Never holds a value. */
  readonly issues: readonly Issue[]
}
