import type { CurrencyText } from '../custom-data/custom-data.ts'
import type { LaneStatus } from '../delivery/pixel-state.ts'
import type { ActionSource } from '../event/action-source.ts'
import type { BuiltEvents, CheckedEvent, CheckedPayload, OrWhole } from '../event/checked-event.ts'
import type { EventInput, Scope, ScopedEventInput } from '../event/event-input.ts'
import type { EventName } from '../event/event-name.ts'
import type { Cause } from '../issue/cause.ts'
import type { DropReason } from '../issue/drop-reason.ts'
import type { SendResult } from '../issue/send-result.ts'
import type { DeadLetter, ReplayResult } from '../store/dead-letters.ts'
import type { PixelCounts } from '../store/outbox-port.ts'
import type { UserDataInput } from '../user-data/user-data.ts'
import type { AsyncDisposal } from './async-disposal.ts'
import type { Receipt } from './receipt.ts'
import type { RootTrack, ScopedTrack, TrackOptions } from './track-arguments.ts'

/** How `send` sends. */
export interface SendOptions {
  /**
   * Ends the wait: `send` rejects with the signal's `reason`, and what it waited for is dropped as `aborted`. Meta may still
   * have taken those events.
   */
  readonly signal?: AbortSignal | undefined
  /** Shows these events in Events Manager, Test events, in place of the client's code. They still count. */
  readonly testEventCode?: string | undefined
  /** Meta's `upload_tag` of these requests, in place of the client's: groups offline events in Events Manager. */
  readonly uploadTag?: string | undefined
}

type AnyInput = EventInput<EventName> | ScopedEventInput<EventName>

/** Takes whole events: as you write them, as `buildEvent` made them, or in Meta's payload. */
interface Sender<Input extends AnyInput> {
  /**
   * Sends now and waits for Meta's answer. Takes an event, a list of them, or Meta's payload `{ data: […] }`. More than 1,000 go
   * in several requests, one after the other: where one fails, the rest of that pixel's events is not sent, unless Meta
   * refused it for what is in it. Nothing is retried.
   *
   * Resolves when Meta took every event. Events of a person who has not consented are dropped as `consent`; that is no
   * fault. Rejects when any other event did not reach Meta: `error.partial.receipts` says for each event whether it did.
   * @throws CapiError `validation_failed` when events are invalid (the others are sent), `api_error`, `network_error` or
   * `timeout` of the first request that failed, `access_token_missing`, `disabled`, or `closed`. An aborted `signal`: its
   * reason. `config_invalid`, for options, before any event is read.
   */
  send<const E extends Input | readonly Input[], const S>(
    events: OrWhole<E & CheckedEvent<E>, S, BuiltEvents<S> | CheckedPayload<S, Input>>,
    options?: SendOptions,
  ): Promise<SendResult>
  /**
   * Queues whole events, one or a list, as `track` does: never throws and never rejects, and resolves with a receipt for each
   * when they are in the outbox or dropped.
   */
  enqueue<const E extends Input | readonly Input[], const S>(
    events: OrWhole<E & CheckedEvent<E>, S, BuiltEvents<S>>,
    options?: TrackOptions,
  ): Promise<S extends readonly unknown[] ? readonly Receipt[] : Receipt>
}

/** A tracker whose scope names the `action_source`: that of a web request, for example. */
export interface Tracker extends Sender<ScopedEventInput<EventName, CurrencyText>> {
  /**
   * Queues an event: `track('Purchase', { value: 12.5, currency: 'EUR' }, { event_id, user_data })`. Never throws and never
   * rejects: a pixel must not cost an order. Resolves when the event is in the outbox or dropped; the receipt says which.
   */
  readonly track: ScopedTrack
  /**
   * A tracker that puts these fields under every event. Cheap: one for each request is fine.
   * @throws CapiConfigError where its `pixelId` is no dataset id, undefined included.
   */
  with(scope: Scope): Tracker
}

/** A tracker without a scope: every event says where it happened and who it was. */
export interface RootTracker extends Sender<EventInput<EventName, CurrencyText>> {
  /**
   * Queues an event: `track('Purchase', { value: 12.5, currency: 'EUR' }, { event_id, user_data })`. Never throws and never
   * rejects: a pixel must not cost an order. Resolves when the event is in the outbox or dropped; the receipt says which.
   */
  readonly track: RootTrack
  /**
   * A tracker that puts these fields under every event. Cheap: one for each request is fine.
   * @throws CapiConfigError where its `pixelId` is no dataset id, undefined included.
   */
  with<A extends ActionSource | undefined = undefined>(
    scope: Scope & {
      /** Named here, events need not say it. */
      readonly action_source?: A
    },
  ): [A] extends [ActionSource] ? Tracker : RootTracker
}

/**
 * Counts of a client since its creation. Each event counts once: tracked = delivered + queued + dropped, when none is `unknown`
 * and none is just on its way. Over an outbox that processes share, each counts what it did itself: then the sums over all of
 * them add up.
 */
export interface Stats {
  /**
   * Copies of events handed in, one for each pixel, and those found in the outbox at the start or
   * replayed; duplicates are not counted.
   */
  readonly tracked: number
  /** Taken by Meta. */
  readonly delivered: number
  /**
   * Waiting or on their way: as the outbox counts them now, and those that wait in memory while it is away. In a shared outbox
   * also those that other processes put. Undefined: the outbox cannot say; `outbox` has the cause.
   */
  readonly queued: number | undefined
  /** Of the queued ones, those that wait in memory until the outbox is back. */
  readonly held: number
  /**
   * Events of which the outbox has not said what became of them: put, or reported to it as sent, without an answer. They are asked
   * for again until it says; up to so many may be missing in the sum meanwhile.
   */
  readonly unknown: number
  /** Lost, by reason; every reason stands here, with 0 where there was none. */
  readonly dropped: Readonly<Record<DropReason, number>>
  /** Whether the outbox can be reached. */
  readonly outbox: {
    /** `away`: it does not answer, or fails. What it holds stays there, and what is tracked waits in memory. */
    readonly state: 'ready' | 'away'
    /** Why it is away, for example `store_timeout`; absent when it is not. */
    readonly cause?: Cause
  }
  /** How things stand, by pixel id. */
  readonly pixels: Readonly<Record<string, PixelStatus>>
  /** `close` was called: what is tracked now is dropped. Absent before. */
  readonly isClosed?: true
}

/**
 * How the delivery to one pixel stands: its state, and how many events wait for it (`queued`) or were refused (`dead`). While the
 * outbox is away nobody can count these two: they are absent.
 */
export interface PixelStatus extends LaneStatus, Partial<PixelCounts> {}

/** What came of waiting, in events. A `flush` loses nothing by its deadline: what is `queued` goes on. */
export interface FlushResult {
  /** Delivered since the call. */
  readonly delivered: number
  /** Dropped since the call. */
  readonly dropped: number
  /**
   * Still waiting when the deadline came, or until later: see `stats().pixels`. In a shared outbox, those of any client. Undefined:
   * the outbox cannot say.
   */
  readonly queued: number | undefined
}

/** How long to wait for delivery. */
export interface DrainOptions {
  /** Milliseconds to wait; default 10,000. 0 does not wait. A durable outbox closes within a second, whatever stands here. */
  readonly timeoutMs?: number | undefined
}

/** A client: tracks events, delivers them in the background and counts what came of each. */
export interface Capi extends RootTracker, AsyncDisposal {
  /**
   * Sends what waits, and waits until it is settled or the time is up. It tries once also where a pixel waits after a failure, unless
   * Meta stated the wait; then for the repeats that fit. Call it before an instance of a serverless platform is frozen. Never rejects.
   */
  flush(options?: DrainOptions): Promise<FlushResult>
  /**
   * Stops; later events are dropped as `closed` (`send` rejects). What becomes of those that wait depends on the outbox:
   *
   * - in memory: they are lost with the process, so `close` flushes, and asks again and again while Meta is away, until `timeoutMs`
   *   (default 10,000). What is left is dropped as `closed`.
   * - in a file (`@capi/sqlite`): requests begin for a quarter of a second, half a second later none is waited for, and within a
   *   second the file is closed. What is left is sent after the next start. To empty the outbox, call `flush` first.
   * - in one that processes share (`@capi/postgres`, `@capi/redis`): the same, but no request begins. The other processes send what is left.
   *
   * A request that gets no answer in time is aborted, and its events are given back. Events that only the process holds, because the
   * outbox is away (`whileAway`), are put until `timeoutMs`; those left are dropped as `store_failed`. Harmless twice. Never rejects.
   * `await using` does the same at the end of its block.
   */
  close(options?: DrainOptions): Promise<FlushResult>
  /** Counts since the client was made, within `putTimeoutMs`. Never rejects: an outbox that cannot be reached is `away`. */
  stats(): Promise<Stats>
  /**
   * Removes everything that waits for a person: from the outbox, from memory while that is away, and the person's dead letters. Each event
   * is dropped and reported as `erased`. What is on its way to Meta cannot be taken back; where it comes back to wait, it is removed too.
   * What another process that shares the outbox is sending may come back to wait there: call it again until `onTheWay` is 0.
   * @throws CapiConfigError (`config_invalid`, nothing is removed) where a value is in doubt, or none is given; CapiStoreError where the outbox fails: call it again.
   * @example
   * await capi.erase({ em: 'anna@example.com', external_id: 42 })
   */
  erase(person: ErasedPerson): Promise<ErasureResult>
  /** Events Meta refused. All reject with a `CapiStoreError` when the outbox fails. */
  readonly deadLetters: DeadLetters
}

/**
 * Who is erased: raw or hashed values, normalised as those of `user_data`. An event that holds one of them is removed. `country`
 * only says how a `ph` without a country code is read.
 */
export type ErasedPerson = Pick<UserDataInput, 'em' | 'ph' | 'external_id' | 'country'>

/** What `erase` found. */
export interface ErasureResult {
  /** Events that waited, each counted as `erased`. */
  readonly waiting: number
  /** Dead letters; they were counted when Meta refused them. */
  readonly deadLetters: number
  /** Events that were being sent: Meta may have them. */
  readonly onTheWay: number
}

/** Which dead letters: those that every key given here fits. */
interface DeadLetterKeys {
  /** Those of these keys, as `list` gives them. */
  readonly keys: readonly string[]
  /** Those of one pixel. */
  readonly pixelId: string
  /** Those of these events, on every pixel that refused them. */
  readonly event_ids: readonly string[]
}

/** Which dead letters: those that every key given here fits. At least one, and none of them undefined. */
export type DeadLetterFilter = {
  [K in keyof DeadLetterKeys]: Pick<DeadLetterKeys, K> & Partial<Omit<DeadLetterKeys, K>>
}[keyof DeadLetterKeys]

/**
 * Events Meta refused for what they are, kept for as long as Meta would take them. All of it rejects with a
 * `CapiStoreError` when the outbox fails, and with a `CapiConfigError` (`config_invalid`) for a filter with an unknown or
 * undefined key, before anything is touched.
 */
export interface DeadLetters {
  /** Newest first; default limit 100. */
  list(
    filter?: Partial<DeadLetterKeys> & {
      /** Most to give; default 100. */
      readonly limit?: number | undefined
    },
  ): Promise<readonly DeadLetter[]>
  /** Sends them again, with the same `event_id` and bytes: those chosen, or `'all'`. Too old ones are forgotten. */
  replay(which: DeadLetterFilter | 'all'): Promise<ReplayResult>
  /** Forgets them for good: those chosen, or `'all'`. @returns how many. */
  purge(which: DeadLetterFilter | 'all'): Promise<number>
}
