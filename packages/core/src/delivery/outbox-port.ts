import type { Cause } from './drop-reason.ts'

/** An event as it waits: hashed, checked, serialised. No raw identifier, no token. */
export interface OutboxItem {
  /** The pixel it goes to. */
  readonly lane: string
  /** With `lane` and `event_name` what a duplicate is known by. */
  readonly event_id: string
  /** See `event_id`. */
  readonly event_name: string
  /** JSON of one event, sent as it is, also when it is sent again. */
  readonly body: string
  /** Milliseconds since 1970 from which on Meta refuses it, and every batch it is in. */
  readonly expiresAtMs: number
  /** Milliseconds since 1970 until which the same event is a duplicate, also after its delivery; 0: only while it waits. */
  readonly rememberUntilMs: number
}

/**
 * `duplicate`: an event of the same lane, name and id waits, is being sent, or was delivered and is
 * remembered. `full`: a bound is reached; nothing was taken.
 */
export type PutResult = 'accepted' | 'duplicate' | 'full'

/** Names an item that was handed out, and the handing out. */
export interface LeaseToken {
  /** The outbox's own name of the item; means nothing elsewhere. */
  readonly key: string
  /** Differs each time the item is handed out: a settlement of an earlier lease changes nothing. */
  readonly fence: number
}

/** An item handed out for sending: nobody else gets it until it is settled or recovered. */
export interface LeasedItem extends OutboxItem, LeaseToken {
  /** Times it was sent without a verdict on it. */
  readonly attempts: number
}

/** What a lane was handed, and when to ask again. */
export interface Lease {
  /** Empty when nothing is due. */
  readonly items: readonly LeasedItem[]
  /** When nothing could be handed out: in how many milliseconds the next waiting item is due. Absent: none waits. */
  readonly nextDueInMs?: number
  /** More are due than were handed out. */
  readonly hasMore?: true
}

/** What became of a leased item. */
export type Settlement =
  | {
      readonly kind: 'delivered'
      /** What was handed out. */
      readonly token: LeaseToken
    }
  /** It waits again, for at least this long; `isAttempt` counts it. */
  | {
      readonly kind: 'retry'
      /** What was handed out. */
      readonly token: LeaseToken
      /** Milliseconds until it may be handed out again, at the earliest. */
      readonly delayMs: number
      /** False when it says nothing of the event: the lane was throttled or paused. */
      readonly isAttempt: boolean
    }
  /** Too old for Meta: forgotten. */
  | {
      readonly kind: 'expired'
      /** What was handed out. */
      readonly token: LeaseToken
    }
  /** Refused by Meta for what it is: kept aside as a dead letter. */
  | {
      readonly kind: 'dead'
      /** What was handed out. */
      readonly token: LeaseToken
      /** Meta's reason. */
      readonly cause: Cause
    }

/**
 * `settled`: it took effect. `stale`: the item is there, but this lease of it is over: nothing was changed.
 * `unknown`: there is no such item; it may have been settled before.
 */
export type SettleResult = 'settled' | 'stale' | 'unknown'

/** Events an outbox had to give up by itself. */
export interface Loss {
  /** The pixel they were for. */
  readonly lane: string
  /** `expired`; `store_failed`: damaged; `closed`: the outbox cannot keep them beyond its end. */
  readonly reason: 'expired' | 'store_failed' | 'closed'
  /** How many; may be more than there are ids. */
  readonly count: number
  /** As far as they are known. */
  readonly event_ids: readonly string[]
}

/** How many events an outbox holds for one pixel. */
export interface PixelCounts {
  /** Waiting or leased. */
  readonly queued: number
  /** Dead letters kept. */
  readonly dead: number
}

/** What a `put` may be part of. */
export interface PutOptions {
  /** The application's own: the items are kept when it commits, and not at all when it is rolled back. */
  readonly transaction?: unknown
}

/**
 * Where events wait between `track` and Meta. One client owns an outbox: two would count and recover each
 * other's; only one that names a `sharedAs` has other owners beside. Failures reject with a `CapiStoreError`; a rejected settlement may have
 * taken effect all the same, and is repeated.
 *
 * Two times: `tickMs` only goes forward and means something within one process (due moments);
 * `nowMs` is since 1970 (ages).
 */
export interface Outbox {
  /**
   * Set by an outbox that processes share. `producer`: this client only puts; `worker`: it also leases, what others
   * put as well. Leases then run out by themselves, and `recover` takes none from another process.
   */
  readonly sharedAs?: 'producer' | 'worker'
  /** It can put within the application's transaction. Without it, events given one are dropped. */
  readonly isTransactional?: true
  /** Called once, before `recover`: tells of lanes in which something may have fallen due that this client did not put. */
  onArrival?(wake: (lane: string) => void): void
  /** Resolves when the items are kept as safely as the outbox promises. One answer for each item. */
  put(
    items: readonly OutboxItem[],
    nowMs: number,
    options?: PutOptions,
  ): Promise<readonly PutResult[]>
  /** Hands out due items of a lane, longest due first, within both bounds; at least one if any is due. */
  lease(request: {
    /** The pixel that may send. */
    readonly lane: string
    /** Most items to hand out. */
    readonly maxEvents: number
    /** Most characters of their bodies together; the first one goes whatever its size. */
    readonly maxBytes: number
    /** The moment, by which items are due. */
    readonly tickMs: number
  }): Promise<Lease>
  /** Ends leases. A settlement of a lease that is over changes nothing. @returns what came of each. */
  settle(
    settlements: readonly Settlement[],
    time: {
      /** From which delays run. */
      readonly tickMs: number
      /** From which memories run. */
      readonly nowMs: number
    },
  ): Promise<readonly SettleResult[]>
  /**
   * Makes what a former owner had leased wait again, due at once. Called before the first lease.
   * @returns how many items wait, by lane, left from before; those the next sweep tells as lost included.
   */
  recover(): Promise<Readonly<Record<string, number>>>
  /** Gives up expired items, forgets expired dead letters and memories. @returns every loss since the last sweep. */
  sweep(nowMs: number): Promise<readonly Loss[]>
  /** Events Meta refused. */
  readonly deadLetters: DeadLetterStore
  /** What each lane holds now; a lane that holds nothing may be absent. */
  stats(): Promise<Readonly<Record<string, PixelCounts>>>
  /** Lets go of what the outbox holds open. Harmless twice. @returns what cannot be kept beyond this. */
  close(): Promise<readonly Loss[]>
}

/** An event Meta refused. Without its body: that stays in the outbox. */
export interface DeadLetter {
  /** Names it to `replay` and `purge`. */
  readonly key: string
  /** The pixel that refused it. */
  readonly pixelId: string
  /** Of the event. */
  readonly event_id: string
  /** Of the event. */
  readonly event_name: string
  /** Meta's reason. */
  readonly cause: Cause
  /** When it was refused, milliseconds since 1970. */
  readonly diedAtMs: number
  /** From then on it cannot be replayed, and is forgotten. */
  readonly expiresAtMs: number
}

/** Which dead letters; all of them when nothing is given. */
export interface DeadLetterQuery {
  /** Those of one pixel. */
  readonly pixelId?: string
  /** Those of these keys. */
  readonly keys?: readonly string[]
}

/** What came of a replay; each dead letter chosen is in one of these. */
export interface ReplayResult {
  /** Wait again, by pixel id. */
  readonly replayed: Readonly<Record<string, number>>
  /** Too old for Meta by now: forgotten. */
  readonly expired: number
  /** The same event was tracked again since: the dead letter is forgotten. */
  readonly duplicate: number
  /** No room in the outbox: they stay dead letters. */
  readonly full: number
}

/** An outbox's dead letters. They live as long as Meta would take the event. */
export interface DeadLetterStore {
  /** Newest first; default limit 100. */
  list(
    filter?: DeadLetterQuery & {
      /** Most to give; default 100. */
      readonly limit?: number
    },
  ): Promise<readonly DeadLetter[]>
  /** Puts them back, with the same `event_id` and the same bytes. */
  replay(filter: DeadLetterQuery, nowMs: number): Promise<ReplayResult>
  /** Forgets them for good: all, or those chosen. @returns how many. */
  purge(filter?: DeadLetterQuery): Promise<number>
}
