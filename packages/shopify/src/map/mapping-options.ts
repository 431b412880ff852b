import type { ActionSource, Consent, PurchaseData } from '@capi/core'
import type { OrderMark } from '../orders/order-store.ts'
import type { LineItem, ShopifyOrder } from '../read/shopify-payloads.ts'
import type { ValueParts } from './value-parts.ts'

/** What a shopper answered. `ldu`: Meta's Limited Data Use, located by Meta. */
export type ConsentAnswer = Exclude<Consent, 'pending'>

/** Where an order can have happened. `app` and `business_messaging` need data that no order has. */
export type OrderActionSource = Exclude<ActionSource, 'app' | 'business_messaging'>

/** What the storefront sent about the shopper's browser, found by cart or checkout token. */
export interface Identity {
  /** The `_fbp` cookie. */
  readonly fbp?: string | undefined
  /** The `_fbc` cookie, or one made of the page's click id. */
  readonly fbc?: string | undefined
  /** The visitor's address, as the endpoint saw it. */
  readonly client_ip_address?: string | undefined
  /** The visitor's `User-Agent`. */
  readonly client_user_agent?: string | undefined
  /** Address of the page; only its origin is used. */
  readonly event_source_url?: string | undefined
  /** What the shopper allows, as the storefront heard it. */
  readonly consent?: ConsentAnswer | undefined
}

/** What the catalogue calls an item. */
export type ContentIdWord = 'variant' | 'product' | 'sku' | `shopify_${string}`

/** The rule of each market, by the country an order goes to, ISO 3166-1 alpha-2 in upper case. */
export interface ContentIdByMarket {
  /** Of countries that are not named, and of orders without one. */
  readonly others: ContentIdWord
  readonly [country: string]: ContentIdWord
}

/** How a shop wants its payloads read. Every option has a default. */
export interface MappingRules {
  /**
   * The topic whose delivery is the sale; the other one is skipped. Default `orders/create`: the moment of the browser's
   * Pixel. `orders/paid` comes after the money.
   */
  readonly purchaseOn?: 'orders/create' | 'orders/paid' | undefined
  /**
   * Orders not paid yet: bank transfer, cash on delivery, net terms. Default `when-paid`: they are a sale on their `orders/paid`, and
   * only they; all others on `orders/create`. Subscribe to both. `skip` never sends them, `purchase` sends them like paid ones.
   */
  readonly pending?: 'skip' | 'purchase' | 'when-paid' | undefined
  /**
   * Which orders count; `false` leaves one out, as `filtered`, with its cancellation, refund, edit and subscription. Default: all.
   * For example `(order) => !order.company`, or by `source_name`, `tags`, `payment_gateway_names`.
   */
  readonly when?: ((order: ShopifyOrder) => boolean) | undefined
  /**
   * Orders paid with a test gateway, as on development stores: `skip` or `send`. Default: sent where the client has a `testEventCode` or
   * another `baseUrl` than Meta's, else skipped.
   */
  readonly test?: 'skip' | 'send' | undefined
  /**
   * What the catalogue calls an item. Default `variant`. `shopify_US` makes ids of Shopify's feeds,
   * `shopify_US_<product>_<variant>`; `{ DE: 'shopify_DE', others: 'shopify_US' }` decides by the order's country. A function may return undefined: the line then counts in value and `num_items` only.
   */
  readonly contentId?:
    | ContentIdWord
    | ContentIdByMarket
    | ((line: LineItem, order: ShopifyOrder) => string | undefined)
    | undefined
  /** Of a bundle, its components as lines, the default, or the `parent` that the shopper saw, once, with what the components cost together. */
  readonly bundles?: 'components' | 'parent' | undefined
  /**
   * Fields of `custom_data` to add to an order's event, or to replace: `predicted_ltv`, `customer_segmentation`, your own; undefined adds none.
   */
  readonly customData?: ((order: ShopifyOrder) => Partial<PurchaseData> | undefined) | undefined
  /**
   * Default `total`: with shipping, taxes, tips and duties. `{ shipping: false, tax: false }`: without these parts, exactly, whether prices include
   * taxes or not; `no_value` where the payload lacks what is taken off. `subtotal`: the items after discounts, with the taxes that
   * are in their prices. `current_total`: after edits and refunds.
   */
  readonly value?:
    | 'total'
    | 'subtotal'
    | 'current_total'
    | ValueParts
    | ((order: ShopifyOrder) => number | string | undefined)
    | undefined
  /** Default `shop`: the shop's currency, as in its reports. `presentment`: the shopper's, as in a browser's Pixel. */
  readonly money?: 'shop' | 'presentment' | undefined
  /**
   * Default `order`: `shopify.order.<id>`, see `purchaseEventId`. `checkout-token`: `shopify.checkout.<token>`; an order without
   * one falls back to its id.
   */
  readonly eventId?:
    | 'order'
    | 'checkout-token'
    | ((order: ShopifyOrder) => string | undefined)
    | undefined
  /** Orders made by a subscription. Default `skip`. `custom`: as `RecurringPurchase`. `purchase`: as Purchase. Both `system_generated`. */
  readonly renewals?: 'skip' | 'custom' | 'purchase' | undefined
  /** What `orders/edited` added. Default `custom`: as `OrderUpsell`. `purchase`: as a Purchase of its own. */
  readonly upsells?: 'custom' | 'purchase' | undefined
  /** Overrides the decision, for example `phone_call` for draft orders; undefined keeps it. */
  readonly actionSource?:
    | ((order: ShopifyOrder, decided: OrderActionSource) => OrderActionSource | undefined)
    | undefined
  /**
   * What you know of the shopper's consent; undefined leaves it to the attribute `__capi_consent` and to the identity store, of which
   * the stricter one counts, and where they know nothing either, the shopper has not agreed. For a customer's payload it gets an order
   * that has only `customer`. Without the option, nothing known is `granted`.
   */
  readonly consent?: (order: ShopifyOrder) => ConsentAnswer | undefined
}

/** What is known of one delivery beside its payload. */
export interface MappingContext {
  /** The time, milliseconds since 1970; default `Date.now()`. */
  readonly nowMs?: number | undefined
  /** The topic of the delivery, `orders/create` or `ORDERS_CREATE`; absent: `purchaseOn` is not asked. */
  readonly topic?: string | undefined
  /** `X-Shopify-Triggered-At`. */
  readonly triggeredAt?: string | undefined
  /** `X-Shopify-Shop-Domain`, for the address of the page where the payload has none. */
  readonly shop?: string | undefined
  /** What an order store remembers of the order, this delivery included; without it, no `orders/paid` is known to be of a pending order. */
  readonly marks?: readonly OrderMark[] | undefined
  /** What the storefront sent about the shopper; the payload's own values win. */
  readonly identity?: Identity | undefined
}

/** How a payload is read, and what is known of its delivery. */
export type MappingOptions = MappingRules & MappingContext
