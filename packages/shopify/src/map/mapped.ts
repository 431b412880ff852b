import type { EventInput, EventName } from '@capi/core'

/** Why a payload makes no event. The list is open: a minor version may add a reason, so keep a `default` branch. */
export type SkipReason =
  /** The payload is no object, or throws when it is read. */
  | 'unreadable'
  /** An option is none of its words, one of its callbacks threw, or its name is a misspelt `consent`. */
  | 'option_failed'
  /** Neither the id nor what `eventId` asks for is there: a second delivery would count twice. */
  | 'no_id'
  /** No amount, or no currency, in the money asked for. */
  | 'no_value'
  /** Nothing that Meta could match a person by. */
  | 'no_match_keys'
  /** `purchaseOn` names the other topic. */
  | 'other_topic'
  /** The option `when` left the order out. */
  | 'filtered'
  /** An order of 0 that staff or a till made: an exchange, a replacement. */
  | 'zero_value'
  /** Paid with a test gateway. */
  | 'test'
  | 'cancelled'
  /** The authorisation was voided or ran out. */
  | 'voided'
  | 'refunded'
  /** Not paid yet; see `pending`. */
  | 'pending'
  /** An `orders/paid` of an order that was not skipped as pending: its `orders/create` made the Purchase. */
  | 'not_pending'
  /** Paid once more, after an edit for example: the order made its Purchase when it was paid first. */
  | 'already_sold'
  /** Made by a subscription, not by the shopper; see `renewals`. */
  | 'renewal'
  /** The shopper said no. */
  | 'consent'
  /** Older than Meta takes. */
  | 'stale'
  /** Given to the mapper of cancellations, but not cancelled. */
  | 'not_cancelled'
  /** A subscription that is not active. */
  | 'not_active'
  /** A checkout that became an order. */
  | 'completed'
  /** A customer without an account: a guest of the checkout, an import, an open invitation. */
  | 'no_account'

/** What a payload became. */
export type Mapped =
  | {
      /** For `capi.track` or `capi.send`; raw values, hashed there. */
      readonly event: EventInput<EventName>
    }
  | {
      /** Why it makes no event. */
      readonly skipped: SkipReason
    }
