import type { DELIVERY_CATEGORIES } from './contents.ts'
import type { CurrencyCode } from './currency-table.ts'
import type { CUSTOMER_SEGMENTATIONS } from './fields.ts'
import type { PlaceData, TravelData } from './travel-data.ts'
import type { HomeData, VehicleData } from './vehicle-and-home-data.ts'

/**
 * How a purchase reaches the customer: collected at the kerb, collected in the shop, or sent home. Source:
 * Meta, Standard Parameters, read 2026-09.
 */
export type DeliveryCategory = (typeof DELIVERY_CATEGORIES)[number]
/**
 * How the customer stands to the business: new or known, to all of it, a line of it, an area of products or a
 * medium; or in its loyalty programme. Source: Meta, Server Event Parameters, read 2026-09.
 */
export type CustomerSegmentation = (typeof CUSTOMER_SEGMENTATIONS)[number]

/** Lets keys of your own beside the known ones. An interface, which has no open end, is an object. */
export type OpenEnd = object | { readonly [property: string]: unknown }

interface KnownContent {
  /** Product id as in the catalogue. */
  id: string | number
  /** How many; a whole number. */
  quantity?: number | undefined
  /** Price of one, in major units of `custom_data.currency`. */
  item_price?: number | undefined
  /** How this product reaches the customer. */
  delivery_category?: DeliveryCategory | undefined
  /** Name of the product. In Meta's SDKs, not in its tables. */
  title?: string | undefined
  /** The product in a sentence. In Meta's SDKs, not in its tables. */
  description?: string | undefined
  /** Its maker or brand. Meta recommends it for store events. */
  brand?: string | undefined
  /** Its category in your own words. Meta recommends it for store events. */
  category?: string | undefined
}

/** One product of the event; keys of your own are passed on. Source: Meta, Standard Parameters, read 2026-09. */
export type Content = KnownContent & OpenEnd

/** A currency code, which the editor completes, or text that is known at run time only. */
export type CurrencyText = CurrencyCode | (string & {})

/**
 * A literal must be an ISO 4217 code in upper or lower case: `'EURO'` does not compile. A `string`
 * that is known at run time only compiles, and is checked there.
 */
export type CurrencyOf<C extends string> = string extends C
  ? C
  : [Uppercase<C>] extends [CurrencyCode]
    ? C
    : { readonly 'not a currency code of ISO 4217': C }

/** A number, or its decimal text as databases and order systems give it; checked at run time. */
export type Amount = number | string

/**
 * Keys that ads for one kind of catalogue read, by the `content_type` that names the kind.
 * Source: Meta, Standard Parameters, and the guides of these catalogues, read 2026-09.
 */
interface CatalogueData {
  /** Hotels. */
  hotel: TravelData & PlaceData
  /** Flights. */
  flight: TravelData & PlaceData
  /** Destinations. */
  destination: TravelData & PlaceData
  /** Vehicles. */
  vehicle: VehicleData & PlaceData
  /** Homes for sale or rent. */
  home_listing: HomeData & PlaceData
}

/** What `content_ids` are of: products, groups of their variants, or entries of another catalogue. */
export type ContentType = 'product' | 'product_group' | keyof CatalogueData | (string & {})

/** The keys of the catalogue that a literal `content_type` names; of another one, any. */
export type CatalogueOf<T extends ContentType> = T extends keyof CatalogueData
  ? CatalogueData[T]
  : unknown

/** What shops say of an event, beside `value` and `currency`. Source: Meta, Standard Parameters, read 2026-09. */
export interface CommerceData {
  /** Product ids as in the catalogue. */
  content_ids?: readonly (string | number)[] | undefined
  /** Products with quantity and price. */
  contents?: readonly Content[] | undefined
  /**
   * `product` when ids name products, `product_group` when they name groups of variants. Catalogues of travel, vehicles and homes
   * have types of their own (`hotel`, `vehicle`), and each its keys.
   */
  content_type?: ContentType | undefined
  /** Name of the page or product. */
  content_name?: string | undefined
  /** Category of the page or product. */
  content_category?: string | undefined
  /** Your order number. */
  order_id?: string | number | undefined
  /** How many products; for `InitiateCheckout`. */
  num_items?: number | undefined
  /** What was searched for; for `Search`. */
  search_string?: string | undefined
  /** The status of a registration. */
  status?: string | boolean | undefined
  /** Expected lifetime value of a subscriber, in major units. */
  predicted_ltv?: number | undefined
  /** Margin of the event, in major units. */
  net_revenue?: number | undefined
  /** How the order reaches the customer. */
  delivery_category?: DeliveryCategory | undefined
  /** Store events: tells the lines of one order apart. */
  item_number?: string | number | undefined
  /** Store events: which store. */
  store_data?:
    | {
        /** Facebook page of this store. */
        readonly store_page_id?: string | undefined
        /** Facebook page of the brand the store belongs to. */
        readonly brand_page_id?: string | undefined
        /** Your own code of the store, as uploaded to Meta. */
        readonly store_code?: string | undefined
      }
    | undefined
  /** CRM events: `crm`. */
  event_source?: 'crm' | (string & {}) | undefined
  /** CRM events: name of the CRM. */
  lead_event_source?: string | undefined
  /** The catalogue that `content_ids` are of, where a pixel has several. */
  product_catalog_id?: string | number | undefined
  /** How the customer stands to the business. */
  customer_segmentation?: CustomerSegmentation | undefined
}

/** Worth of an event. */
export interface PricedData<C extends string> {
  /** Worth of the event in major units: 12.5 is 12.50. `0` is a value. */
  value?: Amount | undefined
  /** ISO 4217 code of `value` and prices, for example `EUR`. Sent in upper case. */
  currency?: (C & CurrencyOf<C>) | undefined
}

/** Worth of a sale. */
export interface SoldData<C extends string> {
  /** Worth of the event in major units: 12.5 is 12.50. `0` is a value. */
  value: Amount
  /** ISO 4217 code of `value` and prices, for example `EUR`. Sent in upper case. */
  currency: C & CurrencyOf<C>
}

/**
 * What the event is about. Keys of your own are custom properties and are passed on; never put
 * personal data here.
 */
export type StandardCustomData<C extends string = string> = CommerceData & PricedData<C> & OpenEnd

/** A Purchase is refused without value and currency (Meta 100/2804009, 2804010). */
export type PurchaseData<C extends string = string> = CommerceData & SoldData<C> & OpenEnd

/** What `custom_data` must hold for the event of this name. */
export type CustomData<N extends string = string, C extends string = string> = CommerceData &
  (N extends 'Purchase' ? SoldData<C> : PricedData<C>) &
  OpenEnd
