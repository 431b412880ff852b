import type { Amount, CurrencyOf } from '../custom-data/custom-data.ts'
import type { EventInput } from './event-input.ts'
import type { EventName } from './event-name.ts'
import type { ServerEvent } from './server-event.ts'

/** What the literals of an event, or of a list of them, must bring along. */
export type CheckedEvent<E> = E extends readonly unknown[]
  ? { readonly [K in keyof E]: E[K] & CheckedEvent<E[K]> }
  : E extends { readonly event_name: 'Purchase' }
    ? { readonly custom_data: { readonly value: Amount; readonly currency: CurrencyIn<E> } }
    : E extends { readonly custom_data: { readonly currency: string } }
      ? { readonly custom_data: { readonly currency: CurrencyIn<E> } }
      : unknown

type CurrencyIn<E> = E extends {
  readonly custom_data: { readonly currency: infer C extends string }
}
  ? CurrencyOf<C>
  : string

/** Its own type, where it is an event that `buildEvent` made, or a list of such; else never: what is written down is checked. */
export type BuiltEvents<S> = S extends readonly (infer One)[] ? BuiltOr<One, S> : BuiltOr<S, S>

type BuiltOr<One, S> = [One] extends [ServerEvent]
  ? string extends One['event_name']
    ? S
    : never
  : never

/**
 * `Written | Other`, once `S` is known. Until then a compiler infers from the branch without the union too: from a union alone it takes
 * one kind of event for all of a variable's.
 */
export type OrWhole<Written, S, Other> = [S] extends [infer _] ? Written | Other : Written

/** Its own type, where nothing of it is known: `unknown`, `any` and records; else never. */
export type Unchecked<S> = unknown extends S ? S : string extends keyof S ? S : never

/**
 * A payload of Meta's, else never. Its events are checked as others are, but those from a variable whose
 * `action_source` is any text: of them only running says what is wrong.
 */
export type CheckedPayload<S, Input> = S extends {
  readonly data: infer D extends readonly unknown[]
}
  ? EventsPayload<PayloadEvents<D, Input>>
  : never

type PayloadEvents<D, Input> = { readonly [K in keyof D]: PayloadEvent<D[K], Input> }

type PayloadEvent<E, Input> = E extends { readonly action_source: infer A }
  ? string extends A
    ? E
    : Input & CheckedEvent<E>
  : Input & CheckedEvent<E>

/** The body of a request as Meta documents it. Any other key of it is reported, and not sent. */
export interface EventsPayload<Events = readonly EventInput<EventName>[]> {
  /** The events; any number of them. */
  readonly data: Events
  /** As option `testEventCode` of `send`, which wins. */
  readonly test_event_code?: string | undefined
  /** As option `uploadTag` of `send`, which wins. */
  readonly upload_tag?: string | undefined
}
