import type { AppDataInput } from '../app-data/app-data.ts'
import type { PurchaseData, StandardCustomData } from '../custom-data/custom-data.ts'
import type {
  InstagramUserData,
  MessengerUserData,
  StoreUserData,
  UserDataInput,
  VisitorUserData,
  WhatsAppUserData,
} from '../user-data/user-data.ts'
import type { ActionSource } from './action-source.ts'
import type { AttributionData } from './attribution-data.ts'
import type { Consent } from './consent.ts'
import type { EventName, StandardEventName } from './event-name.ts'
import type { OriginalEventData } from './original-event-data.ts'

/** What can be said of any event. Source: Meta, Server Event Parameters, read 2026-09. */
interface CommonFields {
  /**
   * When it happened: Unix seconds, `Date` or ISO 8601 text; text without a zone is read as UTC. Default: now. At most 7 days
   * ago, 62 for `physical_store`.
   */
  event_time?: number | bigint | Date | string | undefined
  /**
   * The same on the browser's copy of this event, so that Meta counts one: text, a whole number up to 2^53 or a BigInt. Default,
   * and in place of what cannot be an id: a random UUID.
   */
  event_id?: string | number | bigint | undefined
  /**
   * What the person allows, if it is less than the scope says: the stricter of both counts, and a key that is there but
   * empty is no yes. Not sent. Default: what the scope says.
   */
  consent?: Consent | undefined
  /** The pixels it goes to, instead of the scope's or the client's. Not sent; what is no dataset id costs the event. */
  pixelId?: string | readonly string[]
  /** True: for attribution only, not for showing ads. */
  opt_out?: boolean | undefined
  /** `['LDU']` for Limited Data Use, with country and state; `[]` for expressly none. */
  data_processing_options?: readonly 'LDU'[] | undefined
  /** 1 for the USA, 0 to let Meta find out. */
  data_processing_options_country?: 0 | 1 | undefined
  /** 0 to let Meta find out, or the state: 1000 California to 1013 Rhode Island. */
  data_processing_options_state?: number | undefined
  /** The event this one belongs to; for `AppendAttribution`. */
  original_event_data?: OriginalEventData | undefined
  /** For `AppendAttribution`. */
  attribution_data?: AttributionData | undefined
}

/*
 * The names and the order of these decide what a compiler says of an event without `action_source`: TypeScript 7 takes the
 * first or the last by the alphabet, 5 and 6 the first or the last of the union. Neither may ask for more than that
 * key. `test/type-messages.test.ts` holds it.
 */

/** What may have to do with a page. */
interface PageEvent extends CommonFields {
  /** Address of the page; expected of `website`. Personal data in its query is cut out. */
  event_source_url?: string | undefined
  /** Address of the page before it. */
  referrer_url?: string | undefined
  /** Who it was: raw or hashed values. */
  user_data?: VisitorUserData | undefined
}

interface AppEvent extends CommonFields {
  /** The app and the device; Meta refuses the event without it. */
  app_data: AppDataInput
  /** Who it was; `madid` and `anon_id` count here. */
  user_data?: VisitorUserData | undefined
}

interface InstagramEvent extends CommonFields {
  /** Where the conversation took place. */
  messaging_channel: 'instagram'
  /** Who it was; Meta refuses it without `ig_account_id` and `ig_sid`, and with anything of a browser. */
  user_data: InstagramUserData
}

interface MessengerEvent extends CommonFields {
  /** Where the conversation took place. */
  messaging_channel: 'messenger'
  /** Who it was; Meta refuses it without `page_id` and `page_scoped_user_id`, and with anything of a browser. */
  user_data: MessengerUserData
}

interface WhatsAppEvent extends CommonFields {
  /** Where the conversation took place. */
  messaging_channel: 'whatsapp'
  /** Who it was; Meta refuses it without `ctwa_clid` and one of the two accounts, and with anything of a browser. */
  user_data: WhatsAppUserData
}

interface StoreEvent extends CommonFields {
  /** Who it was, by contact data and ids; there was no browser. */
  user_data?: StoreUserData | undefined
}

/** Happened by mail, phone or chat, or came out of a CRM or a subscription (`system_generated`). */
export interface AnyOtherFields extends PageEvent {
  /** How the contact came about. `system_generated`: by a program, as renewals and CRM stages are. */
  action_source: 'email' | 'phone_call' | 'chat' | 'system_generated' | 'other'
}

/** Happened in your mobile app. */
export interface AppFields extends AppEvent {
  action_source: 'app'
}

/** Happened in a conversation in Instagram. */
export interface ConversationInInstagram extends InstagramEvent {
  action_source: 'business_messaging'
}

/** Happened in a conversation in Messenger. */
export interface ConversationInMessenger extends MessengerEvent {
  action_source: 'business_messaging'
}

/** Happened in a conversation in WhatsApp. */
export interface ConversationInWhatsApp extends WhatsAppEvent {
  action_source: 'business_messaging'
}

/** Happened in a shop of brick and mortar. Needs `custom_data.value` and `currency`. */
export interface StoreFields extends StoreEvent {
  action_source: 'physical_store'
}

/** Happened on your website. */
export interface WebsiteFields extends PageEvent {
  action_source: 'website'
}

/** What an event may say, by where it happened. */
interface EventBySource {
  /** On your website. */
  /** On your website. */
  website: PageEvent
  /** In your mobile app. */
  /** In your mobile app. */
  app: AppEvent
  /** In a shop of brick and mortar. */
  /** In a shop of brick and mortar. */
  physical_store: StoreEvent
  /** In a conversation. */
  /** In a conversation. */
  business_messaging: InstagramEvent | MessengerEvent | WhatsAppEvent
  /** By mail. */
  /** By mail. */
  email: PageEvent
  /** By phone. */
  /** By phone. */
  phone_call: PageEvent
  /** In a chat. */
  /** In a chat. */
  chat: PageEvent
  /** By a program: renewals, CRM stages. */
  /** By a program: renewals, CRM stages. */
  system_generated: PageEvent
  /** Elsewhere. */
  /** Elsewhere. */
  other: PageEvent
}

/**
 * What an event of a literal `action_source` may say; of none, what one on a website may. Not the union of all, in which an editor
 * finds seven declarations of a key and shows none.
 */
export type EventOf<A extends ActionSource | undefined> = {
  /** Where it happened; it decides what else the event may say. Default: the scope's, which is `website` on a web request. */
  action_source?: A | (A extends undefined ? ActionSource : never)
} & (A extends ActionSource ? EventBySource[A] : PageEvent)

/** Demands what an event of no scope has to say. */
export type SourceNeeded<A extends ActionSource | undefined> = undefined extends A
  ? SourceFields
  : unknown

interface SourceFields {
  /** Where it happened; it decides what else the event may say. No scope names it here. */
  action_source: ActionSource
}

/** Happened on a website, whose scope says so. */
interface WebsiteFieldsOfScope extends PageEvent {
  /** The scope's, which is `website` on a web request. */
  action_source?: undefined
}

/** What can be said of an event beside its name and `custom_data`; `action_source` decides what. */
export type EventFields =
  | AnyOtherFields
  | AppFields
  | ConversationInInstagram
  | ConversationInMessenger
  | ConversationInWhatsApp
  | StoreFields
  | WebsiteFields

/** The same where a scope (a web request's, for example) names the `action_source` already. */
export type ScopedEventFields = WebsiteFieldsOfScope | EventFields

/** A Purchase: Meta refuses it without its value and currency. */
interface PurchaseNeeds<C extends string> {
  event_name: 'Purchase'
  /** What was sold; a Purchase needs its value and currency. */
  custom_data: PurchaseData<C>
}

interface NamedEvent<N extends EventName, C extends string> {
  /** A standard event or one of your own. */
  event_name: Exclude<N, 'Purchase'>
  /** What the event is about. */
  custom_data?: StandardCustomData<C> | undefined
}

type NameAndData<N extends EventName, C extends string> =
  | ('Purchase' extends N ? PurchaseNeeds<C> : never)
  | ([Exclude<N, 'Purchase'>] extends [never] ? never : NamedEvent<N, C>)

/**
 * A whole event as you write it: Meta's own names, raw or hashed values. Written `EventInput`, it is one of Meta's standard
 * events, and a Purchase without its value and currency does not compile. For events of your own: `EventInput<'QuizFinished'>`, or
 * `EventInput<EventName>` where the name is known at run time only.
 */
export type EventInput<
  N extends EventName = StandardEventName,
  C extends string = string,
> = EventFields & NameAndData<N, C>

/** The same where a scope (a web request's, for example) names the `action_source` already. */
export type ScopedEventInput<
  N extends EventName = StandardEventName,
  C extends string = string,
> = ScopedEventFields & NameAndData<N, C>

/** Fields put under every event of a tracker; the event's own fields win. Plain data. */
export interface Scope extends CommonFields {
  /** Where the events happen; every event needs one, from here or itself. */
  readonly action_source?: EventFields['action_source'] | undefined
  /** Address of the page. Personal data in its query is cut out. */
  readonly event_source_url?: string | undefined
  /** Address of the page before it. */
  readonly referrer_url?: string | undefined
  /** Who it is: raw or hashed values. Joined with the event's own, key by key. */
  readonly user_data?: UserDataInput | undefined
  /** Joined with the event's own, key by key. */
  readonly custom_data?: StandardCustomData | undefined
  /** The app and the device, for `app`. */
  readonly app_data?: AppDataInput | undefined
  /** Where the conversation takes place, for `business_messaging`. */
  readonly messaging_channel?: 'messenger' | 'whatsapp' | 'instagram' | undefined
  /**
   * What the person allows, instead of what the scope around it says: under `denied` and `pending` events are dropped as
   * `consent`, `ldu` limits the use of their data. A key that is there with undefined or null is `pending`. Default: allowed.
   */
  readonly consent?: Consent | undefined
  /**
   * Send to these pixels instead of the client's own. An empty list is none, whatever events and further scopes
   * name. A key that is there with undefined is refused as any other that is no dataset id: `with` throws.
   */
  readonly pixelId?: string | readonly string[]
}
