import type { CheckedData } from '../custom-data/checked-data.ts'
import type { ContentType, CurrencyText } from '../custom-data/custom-data.ts'
import type { ActionSource } from './action-source.ts'
import type { EventInput, EventOf, SourceNeeded } from './event-input.ts'
import type { EventName } from './event-name.ts'
import type { ServerEvent } from './server-event.ts'

/**
 * What the literals of an event, or of a list of them, must bring along. It names every key of the event again, for an editor shows
 * the text of a key only where it finds it in what the literal is checked against.
 */
export type CheckedEvent<E> =
  ActionSource extends SourcesOf<E>
    ? unknown
    : E extends readonly unknown[]
      ? { readonly [K in keyof E]: E[K] & CheckedEvent<E[K]> }
      : NamedHere & EventOf<SourceIn<E>> & DataOf<E>

/** All sources: a type of many events is not written down here, and was checked where it was made. */
type SourcesOf<E> = E extends { readonly action_source?: unknown } ? E['action_source'] : never

interface NamedHere {
  /** A standard event or one of your own. */
  readonly event_name: EventName
}

type SourceIn<E> = E extends { readonly action_source: infer A extends ActionSource }
  ? A
  : undefined

type DataOf<E> = E extends { readonly event_name: 'Purchase' }
  ? {
      /** What was sold; a Purchase needs its value and currency. */
      readonly custom_data: DataIn<'Purchase', E>
    }
  : {
      /** What the event is about. */
      readonly custom_data?: DataIn<'', E> | undefined
    }

type DataIn<N extends string, E> = E extends { readonly custom_data: infer D }
  ? CheckedData<N, CurrencyIn<D>, keyof D, TypeIn<D>>
  : CheckedData<N, CurrencyText, never, ContentType>

type CurrencyIn<D> = D extends { readonly currency: infer C extends string } ? C : CurrencyText

type TypeIn<D> = D extends { readonly content_type: infer T extends ContentType } ? T : ContentType

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
    : CheckedEvent<E>
  : CheckedEvent<E> & SourceOfInput<Input>

/** Demands `action_source` where no scope names it. */
type SourceOfInput<Input> = [Input] extends [{ readonly action_source: ActionSource }]
  ? SourceNeeded<undefined>
  : unknown

/** The body of a request as Meta documents it. Any other key of it is reported, and not sent. */
export interface EventsPayload<Events = readonly EventInput<EventName>[]> {
  /** The events; any number of them. */
  readonly data: Events
  /** As option `testEventCode` of `send`, which wins. */
  readonly test_event_code?: string | undefined
  /** As option `uploadTag` of `send`, which wins. */
  readonly upload_tag?: string | undefined
}
