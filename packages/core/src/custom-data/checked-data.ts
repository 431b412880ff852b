import type {
  Amount,
  CatalogueOf,
  CommerceData,
  ContentType,
  CurrencyOf,
  OpenEnd,
} from './custom-data.ts'

/*
 * `custom_data` of a call, as the compiler checks a literal of it. Every part is a type of its own, and none is a union, for an editor
 * shows the text of a key only where it finds one declaration. `tools/test/editor.test.ts` and `test/type-messages.test.ts` hold what
 * editors and compilers make of it, `bench/src/types-cost.ts` prints what it costs.
 */

/** Keys that belong elsewhere, and where: they are hashed there, forbidden by Meta here, or lost to the event. */
interface Misplaced {
  em: 'belongs into user_data'
  ph: 'belongs into user_data'
  fn: 'belongs into user_data'
  ln: 'belongs into user_data'
  db: 'belongs into user_data'
  zp: 'belongs into user_data'
  external_id: 'belongs into user_data'
  client_ip_address: 'belongs into user_data'
  client_user_agent: 'belongs into user_data'
  fbc: 'belongs into user_data'
  fbp: 'belongs into user_data'
  email: 'belongs into user_data, as em'
  phone: 'belongs into user_data, as ph'
  user_data: 'belongs into the event, beside custom_data'
  custom_data: 'belongs into the event: these are the keys of custom_data'
  action_source: 'belongs into the event, beside custom_data'
  event_id: 'belongs into the event, beside custom_data'
  event_name: 'belongs into the event, beside custom_data'
  event_source_url: 'belongs into the event, beside custom_data'
  event_time: 'belongs into the event, beside custom_data'
  [Symbol.iterator]: 'custom_data is one object, no list'
}

type Refused<M extends keyof Misplaced> = [M] extends [never]
  ? unknown
  : { readonly [P in M]: { readonly [_ in Misplaced[P]]: never } }

/** Keys of your own, which an interface may name too, and none that belongs elsewhere. Keys that are not known are open. */
type Keys<K extends PropertyKey> = string extends K
  ? OpenEnd
  : object & { readonly [P in K]?: unknown } & Refused<K & keyof Misplaced>

/**
 * What `custom_data` may hold, by the event's name, its literal currency, its keys and its literal `content_type`.
 *
 * The names of its own that `PricedData` and `SoldData` have would hide from the compiler that a narrower currency fits a wider one.
 */
export type CheckedData<
  N extends string,
  C extends string,
  K extends PropertyKey,
  T extends ContentType,
> = CommerceData &
  (N extends 'Purchase'
    ? {
        /** Worth of the event in major units: 12.5 is 12.50. `0` is a value. */
        value: Amount
        /** ISO 4217 code of `value` and prices, for example `EUR`. Sent in upper case. */
        currency: C & CurrencyOf<C>
      }
    : {
        /** Worth of the event in major units: 12.5 is 12.50. `0` is a value. */
        value?: Amount | undefined
        /** ISO 4217 code of `value` and prices, for example `EUR`. Sent in upper case. */
        currency?: (C & CurrencyOf<C>) | undefined
      }) & {
    /**
     * `product` when ids name products, `product_group` when they name groups of variants. Catalogues of travel, vehicles and homes
     * have types of their own (`hotel`, `vehicle`), and each its keys.
     */
    readonly content_type?: T | undefined
  } & CatalogueOf<T> &
  Keys<K>
