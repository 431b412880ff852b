import type { CheckedData } from '../custom-data/checked-data.ts'
import type { ContentType, CurrencyText } from '../custom-data/custom-data.ts'
import type { ActionSource } from '../event/action-source.ts'
import type { EventOf, SourceNeeded } from '../event/event-input.ts'
import type { EventName } from '../event/event-name.ts'
import type { Receipt } from './receipt.ts'

/** How `track` and `enqueue` take events to the outbox; not part of the event. */
export interface TrackOptions {
  /**
   * The database transaction that writes the order: the event is kept when it commits, and never was when it is
   * rolled back. What it is depends on the outbox (see `@capi/postgres`); with one that takes none, the event is
   * dropped as `store_failed`. A request whose consent is pending tracks later, outside of it.
   */
  readonly transaction?: unknown
  /**
   * A page named this event, so that its `event_id` may be a stranger's guess; default false. It is a duplicate of events from
   * pages alone, and no event that your server tracks is a duplicate of it: both are sent, and Meta pairs them by their id.
   * `collect` sets it.
   */
  readonly fromPage?: boolean | undefined
}

type AllOptional<Data, Event> = [customData?: Data | undefined, event?: Event | undefined]

/**
 * What `track` takes beside the name. A Purchase needs its value and currency, other events may go without `custom_data`.
 *
 * Nothing has the name `never`. That branch is there for the compiler, which learns the types of one kind of tracker from the other
 * only where both have a branch with the same optional elements; without it a client would not be usable as a tracker.
 */
type ScopedRest<Name, Data, Event> = [Name] extends ['Purchase']
  ? [customData: Data, event?: Event | undefined]
  : [Name] extends [never]
    ? AllOptional<Data, Event>
    : AllOptional<Data, Event>

/** The same where no scope names the `action_source`: the event has to. */
type RootRest<Name, Data, Event> = [Name] extends ['Purchase']
  ? [customData: Data, event: Event]
  : [Name] extends [never]
    ? AllOptional<Data, Event>
    : [customData: Data | undefined, event: Event]

/**
 * What `track` takes beside the event's name, for functions of your own around it: the event's `custom_data`, and what else is said of
 * it. Its defaults are what `track` makes of arguments that are passed on.
 * @example
 * function fire<N extends EventName>(name: N, ...rest: TrackArguments<N>) {
 *   return tracker.track(name, ...rest)
 * }
 */
export type TrackArguments<
  N extends EventName = EventName,
  C extends CurrencyText = CurrencyText,
  K extends PropertyKey = PropertyKey,
  T extends ContentType = ContentType,
  A extends ActionSource | undefined = undefined,
> = ScopedRest<N, CheckedData<N, C, K, T>, EventOf<A> & TrackOptions>

/** `track` of a tracker whose scope names the `action_source`. Compared as a method is: a client's may stand for it. */
export type ScopedTrack = {
  /**
   * Queues an event, as the Pixel's `fbq('track', name, data, { eventID })` does.
   * Never throws and never rejects: a pixel must not cost an order. Resolves when the event is in
   * the outbox or dropped; the receipt says which. Delivery happens in the background.
   * @param name a standard event, `Purchase` for example, or a name of your own.
   * @param rest `customData`: what the event is about (`value`, `currency`, `content_ids` …); a Purchase needs it.
   * `event`: who it was, when, and which `event_id` the browser's copy has (`user_data`, `event_time` …).
   */
  track<
    N extends EventName,
    C extends CurrencyText,
    K extends PropertyKey,
    T extends ContentType,
    A extends ActionSource | undefined = undefined,
  >(
    name: N,
    ...rest: ScopedRest<N, CheckedData<N, C, K, T>, EventOf<A> & TrackOptions>
  ): Promise<Receipt>
}['track']

/** `track` of a tracker without a scope. */
export type RootTrack = {
  /**
   * Queues an event, as the Pixel's `fbq('track', name, data, { eventID })` does.
   * Never throws and never rejects: a pixel must not cost an order. Resolves when the event is in
   * the outbox or dropped; the receipt says which. Delivery happens in the background.
   * @param name a standard event, `Purchase` for example, or a name of your own.
   * @param rest `customData`: what the event is about (`value`, `currency`, `content_ids` …); a Purchase needs it.
   * `event`: where it happened (`action_source`), who it was, when, and which `event_id` the browser's copy has.
   */
  track<
    N extends EventName,
    C extends CurrencyText,
    K extends PropertyKey,
    T extends ContentType,
    A extends ActionSource | undefined = undefined,
  >(
    name: N,
    ...rest: RootRest<N, CheckedData<N, C, K, T>, EventOf<A> & SourceNeeded<A> & TrackOptions>
  ): Promise<Receipt>
}['track']
