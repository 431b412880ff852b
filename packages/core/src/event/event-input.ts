import type { UserDataInput } from '../user-data/user-data.ts'
import type { ActionSource } from './action-source.ts'
import type { CustomData } from './custom-data.ts'
import type { EventName } from './event-name.ts'

/**
 * What can be said of an event beside its name and `custom_data`.
 * Source: Meta, Server Event Parameters, read 2026-09.
 */
export interface EventFields {
  /** When it happened: Unix seconds, `Date` or ISO 8601 text. Default: now. At most 7 days ago, 62 for `physical_store`. */
  event_time?: number | Date | string | undefined
  /** The same on the browser's copy of this event, so that Meta counts one. Default: a random UUID. */
  event_id?: string | number | undefined
  /** Where it happened. No default, except `website` on a web request's tracker. */
  action_source?: ActionSource | undefined
  /** Address of the page; expected for `website`. */
  event_source_url?: string | undefined
  /** Address of the page before it. */
  referrer_url?: string | undefined
  /** Who it was: raw or hashed values. */
  user_data?: UserDataInput | undefined
}

/** A whole event as you write it: Meta's own names, raw or hashed values. */
export interface EventInput<N extends EventName = EventName> extends EventFields {
  /** A standard event or one of your own. */
  event_name: N
  /** What it is about. */
  custom_data?: CustomData<N> | undefined
  action_source: ActionSource
}
