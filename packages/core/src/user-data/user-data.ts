/** One raw or already hashed value. Numbers work (ids, phones); null, undefined and '' mean absent. */
export type RawValue = string | number | bigint | null | undefined
/** One value or several: every address or number the person is known by. */
export type RawValues = RawValue | readonly RawValue[]
/** A date of birth may also be a `Date`: midnight in UTC is that day, else local midnight is. */
export type RawDates = RawValue | Date | readonly (RawValue | Date)[]
/** Sent as it is. null, undefined and '' mean absent. */
export type PlainValue = string | null | undefined
/** Digits. Longer than 15 they overflow a number: pass them as a string. */
export type DigitsValue = string | number | bigint | null | undefined

/**
 * What is compared by hash: pass raw values or their SHA-256, both are fine. Raw ones are
 * normalised and hashed before they wait anywhere.
 * Source: Meta, Customer Information Parameters, read 2026-09.
 */
export interface HashedUserData {
  /** E-mail addresses, one or a list. Trimmed and lower-cased; dots and plus signs stay. */
  em?: RawValues
  /** Phone numbers, one or a list, with country code, written in any way. National ones need `phoneCountry` or `country`. */
  ph?: RawValues
  /** First names. Without punctuation and spaces; accents and scripts stay. */
  fn?: RawValues
  /** Last names. Like `fn`. */
  ln?: RawValues
  /** Date of birth: `1997-02-16`, `19970216`, `2/16/1997` or a `Date`: midnight in UTC, else local midnight. */
  db?: RawDates
  /** Gender: `f` or `m`, or a word for it. Meta has no third value; others are dropped. */
  ge?: RawValues
  /** City. */
  ct?: RawValues
  /** State: US and Canadian names become two letters, others keep their name. */
  st?: RawValues
  /** Postal code; of US ones the first five digits. */
  zp?: RawValues
  /** Country: alpha-2, alpha-3 or its English name. Send it always: phones and states are read by it. */
  country?: RawValues
  /** Your own ids of the person, one or a list, text or numbers; the same form on every channel. */
  external_id?: RawValues
  /** First five characters of the first name. Known from Meta's SDKs only. */
  f5first?: RawValue
  /** First five characters of the last name. Known from Meta's SDKs only. */
  f5last?: RawValue
  /** First letter of the first name. Known from Meta's SDKs only. */
  fi?: RawValue
  /** Day of birth, `DD`. Known from Meta's SDKs only. */
  dobd?: RawValue
  /** Month of birth, `MM`. Known from Meta's SDKs only. */
  dobm?: RawValue
  /** Year of birth, `YYYY`. Known from Meta's SDKs only. */
  doby?: RawValue
}

/** What only the visitor's browser knows. Never hashed; refused by Meta for `business_messaging`. */
export interface BrowserUserData {
  /** The visitor's address, IPv4 or IPv6, never your server's; private ones are dropped. */
  client_ip_address?: PlainValue
  /** The visitor's `User-Agent`, verbatim. Expected for `website`. */
  client_user_agent?: PlainValue
  /** Click id, text: the `_fbc` cookie, `fb.1.<ms>.<fbclid>`; case kept. */
  fbc?: PlainValue
  /** Browser id, text: the `_fbp` cookie, `fb.1.<ms>.<digits>`. */
  fbp?: PlainValue
}

/** Ids that Meta, your CRM or an app gave. Never hashed. */
export interface IdUserData {
  /** Id of a subscription, like an order's. */
  subscription_id?: string | number | null | undefined
  /** Id from Facebook Login, scoped to the app. */
  fb_login_id?: DigitsValue
  /** Id of a lead from Meta's lead ads: 15 to 17 digits. A bad one fails the whole batch (100/2804036). */
  lead_id?: DigitsValue
  /** Installation id of an app; app events only. */
  anon_id?: PlainValue
  /** Mobile advertising id: GAID or IDFA; app events only. */
  madid?: PlainValue
  /** Id of a partner's user. Seen in use, in no document. */
  partner_id?: PlainValue
  /** Name of that partner. Seen in use, in no document. */
  partner_name?: PlainValue
}

/** Who a conversation in Messenger, WhatsApp or Instagram is with. Never hashed. */
export interface MessagingUserData {
  /** Page of the Messenger (or WhatsApp) conversation. */
  page_id?: DigitsValue
  /** Messenger: the person's id from the webhook. */
  page_scoped_user_id?: DigitsValue
  /** WhatsApp: click id from the webhook's referral. */
  ctwa_clid?: PlainValue
  /** WhatsApp Business account. */
  whatsapp_business_account_id?: DigitsValue
  /** Instagram account. Some documents say `instagram_business_account_id`; Graph demands this name. */
  ig_account_id?: DigitsValue
  /** Instagram: the person's id. */
  ig_sid?: DigitsValue
}

/** Who somebody is that a browser, an app or a CRM knows. */
export interface VisitorUserData extends HashedUserData, BrowserUserData, IdUserData {}

/** Who somebody is at a till: there was no browser. */
export interface StoreUserData extends HashedUserData, IdUserData {}

/** What Meta refuses in a conversation: there is no browser in it. */
type NoBrowser = { [K in keyof BrowserUserData]?: never }

type Needs<K extends keyof MessagingUserData> = {
  [P in keyof Pick<MessagingUserData, K>]-?: NonNullable<MessagingUserData[P]>
}

/** Who a conversation in Messenger is with. */
export interface MessengerUserData
  extends HashedUserData,
    NoBrowser,
    Needs<'page_id' | 'page_scoped_user_id'> {}

interface WhatsAppClick extends HashedUserData, NoBrowser {
  /** WhatsApp: click id from the webhook's referral. */
  ctwa_clid: string
}

interface WhatsAppAccountUserData extends WhatsAppClick, Needs<'whatsapp_business_account_id'> {
  /** Page of the conversation. */
  page_id?: DigitsValue
}

interface WhatsAppPageUserData extends WhatsAppClick, Needs<'page_id'> {
  /** WhatsApp Business account. */
  whatsapp_business_account_id?: DigitsValue
}

/** Who a conversation in WhatsApp is with. */
export type WhatsAppUserData = WhatsAppAccountUserData | WhatsAppPageUserData

/** Who a conversation in Instagram is with. */
export interface InstagramUserData
  extends HashedUserData,
    NoBrowser,
    Needs<'ig_account_id' | 'ig_sid'> {}

/** Everything `user_data` may hold. */
export interface UserDataInput
  extends HashedUserData,
    BrowserUserData,
    IdUserData,
    MessagingUserData {}

/** The fields whose values Meta compares by hash. */
export type HashedField = keyof HashedUserData

type SingleHash = 'f5first' | 'f5last' | 'fi' | 'dobd' | 'dobm' | 'doby'

/** `user_data` as it goes to Meta: hashes where Meta wants hashes, lists without repeats. */
export type UserData = {
  [K in keyof UserDataInput]?: K extends SingleHash
    ? string
    : K extends HashedField
      ? string[]
      : string
}
