import type { Cause } from '../issue/cause.ts'

/** An event as it waits: hashed, checked, serialised. No raw identifier, no token. */
export interface OutboxItem {
  /** The pixel the event goes to. */
  readonly lane: string
  /**
   * What a duplicate is known by, made by core (`eventKey`): two events with the same key are the same event. 32 hex
   * digits that reveal nothing about the event.
   */
  readonly key: string
  /** Id of the event. */
  readonly event_id: string
  /** Name of the event. */
  readonly event_name: string
  /** JSON of one event, sent unchanged, also when it is sent again. */
  readonly body: string
  /** Milliseconds since 1970 from which on Meta refuses it, and every batch it is in. */
  readonly expiresAtMs: number
  /** Milliseconds since 1970 until which the same event is a duplicate, also after its delivery; 0: only while it waits. */
  readonly rememberUntilMs: number
  /** The W3C `traceparent` of the request that tracked the event. Absent: it belongs to no trace. */
  readonly trace?: string
}

/** The time of a call, from core's clock. An outbox asks no other clock, but for the one of its server. */
export interface Time {
  /** Milliseconds that only go forward, within one process: due moments. */
  readonly tickMs: number
  /** Milliseconds since 1970; may jump: ages. */
  readonly nowMs: number
}

/**
 * `duplicate`: an event with the same key waits, is being sent, or was delivered and is
 * remembered. `full`: a bound is reached; nothing was taken.
 */
export type PutResult = 'accepted' | 'duplicate' | 'full'

/** What a `put` may be part of. */
export interface PutOptions {
  /** The application's own: the items are kept when it commits, and not at all when it is rolled back. */
  readonly transaction?: unknown
  /**
   * Given with a transaction: whether the caller waits no longer. Nothing may be begun then: the connection may be in another
   * transaction already.
   */
  readonly isGivenUp?: (() => boolean) | undefined
}

/** Names one handing out of an item. */
export interface LeaseToken {
  /** The outbox's own name of the item; means nothing elsewhere. */
  readonly id: string
  /** Differs each time the item is handed out: a settlement of an earlier lease changes nothing. */
  readonly fence: number
}

/** An item handed out for sending: no other call gets it until it is settled, or its lease runs out. */
export interface LeasedItem extends OutboxItem, LeaseToken {
  /** Times it was sent without a verdict on it. */
  readonly attempts: number
}

/** What to hand out. */
export interface LeaseRequest {
  /** The pixel that may send. */
  readonly lane: string
  /** Maximum number of items. */
  readonly maxEvents: number
  /** Maximum characters of their bodies together; the first one goes whatever its size. */
  readonly maxBytes: number
  /** Milliseconds until an item that is neither settled nor renewed is due again. */
  readonly leaseMs: number
}

/** What a lane was handed, and when to ask again. */
export interface Lease {
  /** Empty when nothing is due. */
  readonly items: readonly LeasedItem[]
  /** When nothing could be handed out: in how many milliseconds the next item is due, leased ones included. Absent: the lane is empty. */
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
 * `settled`: it took effect. `stale`: the item is there, but handed out again since: nothing was changed.
 * `unknown`: there is no such item; it may have been settled before.
 */
export type SettleResult = 'settled' | 'stale' | 'unknown'

/** One event, or some, that an outbox gave up by itself. */
export interface Loss {
  /** The pixel they were for. */
  readonly lane: string
  /** `expired`; `store_failed`: damaged; `closed`: the outbox cannot keep them beyond its end. */
  readonly reason: 'expired' | 'store_failed' | 'closed'
  /** Absent where it is not known. */
  readonly event_id?: string
  /** How many events; default 1. */
  readonly count?: number
}

/** What a call of `takeExpired` removed. */
export interface Expired {
  /** In any order; core adds them up. */
  readonly losses: readonly Loss[]
  /** There is more to remove. */
  readonly hasMore?: true
}

/** Which dead letters; all of them when nothing is given. */
export interface DeadFilter {
  /** Those of one pixel. */
  readonly lane?: string
  /** Those with these ids. */
  readonly ids?: readonly string[]
  /** Those that are older than the one with this id: the last of the page before. */
  readonly before?: string
}

/** A dead letter, with the event in it. */
export interface DeadItem {
  /** The outbox's own name of the letter. */
  readonly id: string
  /** The event, as it was put. */
  readonly item: OutboxItem
  /** Meta's reason. */
  readonly cause: Cause
  /** When Meta refused it, milliseconds since 1970. */
  readonly diedAtMs: number
}

/** One step of a search through everything an outbox holds. */
export interface MatchPage {
  /** Maximum number of events and dead letters to look at. */
  readonly limit: number
  /** Where the step before ended: its `next`. Absent: from the beginning. */
  readonly after?: string
}

/** What a step of a search found. */
export interface Matched {
  /** Events that waited: they are removed. */
  readonly removed: readonly {
    /** The pixel it was for. */
    readonly lane: string
    /** Id of the event. */
    readonly event_id: string
  }[]
  /** Dead letters that are removed. */
  readonly dead: number
  /** Events on their way to Meta: they are left as they are. */
  readonly leased: number
  /** Where the next step begins. Absent: all was looked at. */
  readonly next?: string
}

/** How many events an outbox holds for one pixel. */
export interface PixelCounts {
  /** Waiting or leased. */
  readonly queued: number
  /** Dead letters kept. */
  readonly dead: number
}

/**
 * Where events wait between `track` and Meta. May change until 1.0.
 *
 * An outbox only keeps: core makes the keys, puts events of one moment together, ends every call in time, renews
 * leases, looks for what is due, gives up what expired, sends dead letters again, and adds up losses. A lease is a due
 * moment in the future: one that runs out makes its item due again, and nothing has to notice it.
 *
 * One client owns an outbox: two would count and recover each other's; only one that names a `sharedAs` has other
 * owners beside it. Every method is whole or rejects, with a `CapiStoreError` that holds `{ problem, message }` from the
 * outbox's own closed list; a rejected settlement may still have taken effect, and is repeated.
 */
export interface Outbox {
  /**
   * Set by an outbox that processes share. `producer`: this client only puts; `worker`: it also leases, what others
   * put as well.
   */
  readonly sharedAs?: 'producer' | 'worker'
  /**
   * What it holds outlives the process: `close` of the client leaves it there for the next start, within a second. An outbox that
   * processes share does so without saying it. Absent: what `close` does not deliver before its deadline is lost.
   */
  readonly isDurable?: true
  /** It can put within the application's transaction. Without it, events given one are dropped. */
  readonly isTransactional?: true
  /** Milliseconds between two calls of `dueLanes`, where the outbox is shared; default 1,000. */
  readonly pollMs?: number
  /** Milliseconds a lease lasts unless core renews it, which it does three times as often; default 60,000. */
  readonly leaseMs?: number
  /** Resolves when the items are kept as safely as the outbox promises. One answer for each item. */
  put(items: readonly OutboxItem[], time: Time, options?: PutOptions): Promise<readonly PutResult[]>
  /** Hands out due items of a lane, longest due first, within both bounds; at least one if any is due. */
  lease(request: LeaseRequest, time: Time): Promise<Lease>
  /** Ends leases. A settlement with an earlier fence changes nothing. @returns what came of each. */
  settle(settlements: readonly Settlement[], time: Time): Promise<readonly SettleResult[]>
  /** Makes leases last so long from now on, also those that ran out and were not handed out again since. */
  renew(tokens: readonly LeaseToken[], leaseMs: number, time: Time): Promise<void>
  /**
   * Called before the first lease. Makes everything due at once that only a former owner waited with: its leases and
   * delays. A shared outbox has other owners, and leaves theirs as they are.
   * @returns how many events it holds, by lane, left from before; those that `takeExpired` will report as lost included.
   */
  recover(time: Time): Promise<Readonly<Record<string, number>>>
  /** Lanes that have something due. */
  dueLanes(time: Time): Promise<readonly string[]>
  /**
   * Removes expired events that are not leased, expired dead letters and memories, at most about `limit` of each.
   * @returns the events among them, and whatever else was lost since the last call.
   */
  takeExpired(limit: number, time: Time): Promise<Expired>
  /** Dead letters, newest first, at most `limit`. They live as long as Meta would take the event. */
  readDead(filter: DeadFilter, limit: number): Promise<readonly DeadItem[]>
  /** Removes dead letters for good. @returns how many of them were there. */
  removeDead(ids: readonly string[]): Promise<number>
  /** Removes what waits for a person, and that person's dead letters: all whose body holds one of these hashes. */
  removeMatching(hashes: readonly string[], page: MatchPage): Promise<Matched>
  /** What each lane holds now; a lane that holds nothing may be absent. */
  counts(): Promise<Readonly<Record<string, PixelCounts>>>
  /** Lets go of what the outbox holds open. Harmless twice. @returns what cannot be kept beyond this. */
  close(): Promise<readonly Loss[]>
}
