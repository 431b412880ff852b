import type { UserDataInput } from '@capi/core'

/** Where a cell goes. Names with a dot are Meta's own fields. */
export type Target =
  | `user_data.${keyof UserDataInput}`
  /** A whole name, to be split. */
  | 'user_data.name'
  | `custom_data.${string}`
  | `contents.${'id' | 'quantity' | 'item_price'}`
  /** Ids in one cell, between `|` or `;`. */
  | 'content_ids'
  | 'event_name'
  | 'event_id'
  | 'event_time'
  /** The time to take where `event_time` is blank. */
  | 'event_time.else'
  | 'event_time.date'
  | 'event_time.time'
  | 'event_time.zone'
  | 'event_source_url'
  | 'action_source'
  | 'opt_out'
  | 'order_id'
  /** The id to take where `order_id` is blank. */
  | 'order_id.else'
  /** Rows next to each other with this value are one order. */
  | 'group'
  | 'value'
  /** Is taken off the value. */
  | 'value.tip'
  /** Is added to the value. */
  | 'value.tax'
  | 'currency'
  /** Whether the row is a sale; see `StateRule`. */
  | `state.${string}`
  /** `Granted` or `Denied`. */
  | 'consent'
  /** The dataset the row is for. */
  | 'dataset'
  /** `pos` is a till. */
  | 'channel'

/** Any text as a target that a person may name. */
export function isTarget(text: string): text is Target {
  return NAMED.has(text) || /^custom_data\.[A-Za-z_][A-Za-z0-9_-]{0,49}$/.test(text)
}

const USER_FIELDS =
  'em ph fn ln db ge ct st zp country external_id name client_ip_address client_user_agent fbc fbp lead_id madid subscription_id ctwa_clid page_id'.split(
    ' ',
  )

/** What a person may name after `--column Header=`, and in a saved mapping. */
const NAMED: ReadonlySet<string> = new Set([
  ...USER_FIELDS.map((field) => `user_data.${field}`),
  'contents.id',
  'contents.quantity',
  'contents.item_price',
  'content_ids',
  'event_name',
  'event_id',
  'event_time',
  'event_time.else',
  'event_time.date',
  'event_time.time',
  'event_time.zone',
  'event_source_url',
  'action_source',
  'opt_out',
  'order_id',
  'order_id.else',
  'group',
  'value',
  'value.tip',
  'value.tax',
  'currency',
  'state.state',
  'consent',
  'dataset',
])

/** Each alone names a person to Meta. Names and addresses alone rarely do. */
export const MATCH_KEYS: readonly Target[] = [
  'user_data.em',
  'user_data.ph',
  'user_data.external_id',
  'user_data.lead_id',
  'user_data.fbc',
  'user_data.fbp',
  'user_data.madid',
  'user_data.client_ip_address',
  'user_data.subscription_id',
  'user_data.ctwa_clid',
]
