import type { DropCause } from './drop-reason.ts'

/** An event as it waits: hashed, checked, serialised. No raw identifier, no token. */
export interface OutboxItem {
  /** The pixel it goes to. */
  readonly lane: string
  readonly event_id: string
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
export type PutOutcome = 'accepted' | 'duplicate' | 'full'

/** Names an item that was handed out, and the handing out. */
export interface LeaseToken {
  readonly key: string
  /** Differs each time the item is handed out: a settlement of an earlier lease changes nothing. */
  readonly fence: number
}

/** An item handed out for sending: nobody else gets it until it is settled or recovered. */
export interface LeasedItem extends OutboxItem, LeaseToken {
  /** Times it was sent without a verdict on it. */
  readonly attempts: number
}

export interface Lease {
  readonly items: readonly LeasedItem[]
  /** When nothing could be handed out: in how many milliseconds the next waiting item is due. Absent: none waits. */
  readonly nextDueInMs?: number
  /** More are due than were handed out. */
  readonly hasMore?: true
}

/** What became of a leased item. */
export type Settlement =
  | { readonly kind: 'delivered'; readonly token: LeaseToken }
  /** It waits again, for at least this long; `isAttempt` counts it. */
  | {
      readonly kind: 'retry'
      readonly token: LeaseToken
      readonly delayMs: number
      readonly isAttempt: boolean
    }
  /** Too old for Meta: forgotten. */
  | { readonly kind: 'expired'; readonly token: LeaseToken }
  /** Refused by Meta for what it is: kept aside as a dead letter. */
  | { readonly kind: 'dead'; readonly token: LeaseToken; readonly cause: DropCause }

/**
 * `settled`: it took effect. `stale`: the item is there, but this lease of it is over: nothing was changed.
 * `unknown`: there is no such item; it may have been settled before.
 */
export type SettleOutcome = 'settled' | 'stale' | 'unknown'

/** Events a store had to give up by itself. */
export interface Loss {
  readonly lane: string
  /** `expired`; `store_error`: damaged; `closed`: the store cannot keep them beyond its end. */
  readonly reason: 'expired' | 'store_error' | 'closed'
  readonly count: number
  /** As far as they are known. */
  readonly event_ids: readonly string[]
}

export interface LaneCounts {
  /** Waiting or leased. */
  readonly queued: number
  readonly dead: number
}

export interface PutOptions {
  /** The application's own: the items are kept when it commits, and not at all when it is rolled back. */
  readonly transaction?: unknown
}

/**
 * Where events wait between `track` and Meta. One client owns a store: two would count and recover each
 * other's; only one that names a `sharedAs` has other owners beside. Failures reject with a `CapiStoreError`; a rejected settlement may have
 * taken effect all the same, and is repeated.
 *
 * Two times: `tickMs` only goes forward and means something within one process (due moments);
 * `nowMs` is since 1970 (ages).
 */
export interface OutboxStore {
  /**
   * Set by a store that processes share. `producer`: this client only puts; `worker`: it also leases, what others
   * put as well. Leases then run out by themselves, and `recover` takes none from another process.
   */
  readonly sharedAs?: 'producer' | 'worker'
  /** It can put within the application's transaction. Without it, events given one are dropped. */
  readonly isTransactional?: true
  /** Called once, before `recover`: tells of lanes in which something may have fallen due that this client did not put. */
  onArrival?(wake: (lane: string) => void): void
  /** Resolves when the items are kept as safely as the store promises. One answer for each item. */
  put(
    items: readonly OutboxItem[],
    nowMs: number,
    options?: PutOptions,
  ): Promise<readonly PutOutcome[]>
  /** Hands out due items of a lane, longest due first, within both bounds; at least one if any is due. */
  lease(request: {
    readonly lane: string
    readonly maxEvents: number
    readonly maxBytes: number
    readonly tickMs: number
  }): Promise<Lease>
  /** @returns what came of each settlement. */
  settle(
    settlements: readonly Settlement[],
    time: { readonly tickMs: number; readonly nowMs: number },
  ): Promise<readonly SettleOutcome[]>
  /**
   * Makes what a former owner had leased wait again, due at once. Called before the first lease.
   * @returns how many items wait, by lane, left from before; those the next sweep tells as lost included.
   */
  recover(): Promise<Readonly<Record<string, number>>>
  /** Gives up expired items, forgets expired dead letters and memories. @returns every loss since the last sweep. */
  sweep(nowMs: number): Promise<readonly Loss[]>
  readonly deadLetters: DeadLetterStore
  stats(): Promise<Readonly<Record<string, LaneCounts>>>
  /** @returns what cannot be kept beyond this. Harmless twice. */
  close(): Promise<readonly Loss[]>
}

/** An event Meta refused. Without its body: that stays in the store. */
export interface DeadLetter {
  readonly key: string
  /** The pixel that refused it. */
  readonly lane: string
  readonly event_id: string
  readonly event_name: string
  readonly cause: DropCause
  readonly diedAtMs: number
  /** From then on it cannot be replayed, and is forgotten. */
  readonly expiresAtMs: number
}

/** Which dead letters; all of them when nothing is given. */
export interface DeadLetterFilter {
  readonly lane?: string
  readonly keys?: readonly string[]
}

export interface ReplayResult {
  /** Wait again, by lane. */
  readonly replayed: Readonly<Record<string, number>>
  /** Too old for Meta by now: forgotten. */
  readonly expired: number
  /** The same event was tracked again since: the dead letter is forgotten. */
  readonly duplicate: number
  /** No room in the outbox: they stay dead letters. */
  readonly full: number
}

export interface DeadLetterStore {
  /** Newest first; default limit 100. */
  list(filter?: DeadLetterFilter & { readonly limit?: number }): Promise<readonly DeadLetter[]>
  /** Puts them back, with the same `event_id` and the same bytes. */
  replay(filter: DeadLetterFilter, nowMs: number): Promise<ReplayResult>
  /** @returns how many were forgotten. */
  purge(filter?: DeadLetterFilter): Promise<number>
}
