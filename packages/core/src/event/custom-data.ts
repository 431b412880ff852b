/** One product of the event. Source: Meta, Standard Parameters, read 2026-09. */
export interface Content {
  /** Product id as in the catalogue. */
  id: string | number
  /** How many; whole number. */
  quantity?: number | undefined
  /** Price of one, in major units of `custom_data.currency`. */
  item_price?: number | undefined
}

/**
 * What the event is about. Keys of your own are custom properties and are kept as they are;
 * never put personal data here. Source: Meta, Standard Parameters, read 2026-09.
 */
export interface StandardCustomData {
  /** Worth of the event in major units: 12.5 is 12.50. `0` is a value. */
  value?: number | undefined
  /** ISO 4217 code of `value` and prices, for example `EUR`. Sent in upper case. */
  currency?: string | undefined
  /** Product ids as in the catalogue. */
  content_ids?: readonly (string | number)[] | undefined
  /** Products with quantity and price. */
  contents?: readonly Content[] | undefined
  /** Your order number. */
  order_id?: string | number | undefined
  [property: string]: unknown
}

/** A Purchase is refused without value and currency (Meta 100/2804009, 2804010). */
export interface PurchaseData extends StandardCustomData {
  value: number
  currency: string
}

/** What `custom_data` must hold for the event of this name. */
export type CustomData<N extends string = string> = N extends 'Purchase'
  ? PurchaseData
  : StandardCustomData
