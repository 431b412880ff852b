import type { Decimal, LineItem, MoneySet, ShopifyId } from './shopify-payloads.ts'

/** Of `orders/edited`: what changed. It knows neither person nor price. */
export interface ShopifyOrderEdit {
  /** The edit. */
  readonly order_edit?: {
    /** The edit's own; the event's id is made of it. */
    readonly id?: ShopifyId
    /** The order it belongs to. */
    readonly order_id?: ShopifyId
    /** ISO 8601. */
    readonly committed_at?: string | null
    /** ISO 8601. */
    readonly created_at?: string | null
    /** What was added and taken out. */
    readonly line_items?: {
      /** Lines of which more are in the order now. */
      readonly additions?: readonly OrderEditLine[] | null
    } | null
    readonly [field: string]: unknown
  } | null
  readonly [field: string]: unknown
}

/** A line of the order, and how many were added. */
export interface OrderEditLine {
  /** Of the line. */
  readonly id?: ShopifyId
  /** How many. */
  readonly delta?: number | null
}

/** Of `subscription_contracts/create`. */
export interface ShopifySubscription {
  /** The contract's own; the event's id is made of it. */
  readonly id?: ShopifyId
  /** `gid://shopify/SubscriptionContract/…`: the id with every digit. */
  readonly admin_graphql_api_id?: string | null
  /** For `external_id`. */
  readonly customer_id?: ShopifyId
  /** `gid://shopify/Customer/…`. */
  readonly admin_graphql_api_customer_id?: string | null
  /** The order that began it. */
  readonly origin_order_id?: ShopifyId
  /** `active`; others are no start. */
  readonly status?: string | null
  readonly [field: string]: unknown
}

/** What belongs to an order: a refund, an edit, a subscription. */
export interface OrderReference {
  /** The order's number. */
  readonly order_id?: ShopifyId
  readonly [field: string]: unknown
}

/** Of `refunds/create`. It knows no person: pass the order it belongs to. */
export interface ShopifyRefund {
  /** The refund's own; the event's id is made of it. */
  readonly id?: ShopifyId
  /** `gid://shopify/Refund/…`: the id with every digit. */
  readonly admin_graphql_api_id?: string | null
  /** The order it belongs to. */
  readonly order_id?: ShopifyId
  /** ISO 8601. */
  readonly created_at?: string | null
  /** ISO 8601. */
  readonly processed_at?: string | null
  /** The money given back. */
  readonly transactions?: readonly RefundTransaction[] | null
  /** The items taken back. */
  readonly refund_line_items?: readonly RefundLine[] | null
  readonly [field: string]: unknown
}

/** One payment back to the shopper. */
export interface RefundTransaction {
  /** `refund`; others are not counted. */
  readonly kind?: string | null
  /** `success`; others are not counted. */
  readonly status?: string | null
  /** Whether it went through a test gateway. */
  readonly test?: boolean | null
  /** In `currency`. */
  readonly amount?: Decimal
  /** ISO 4217. */
  readonly currency?: string | null
  /** The same in both currencies. */
  readonly amount_set?: MoneySet | null
  readonly [field: string]: unknown
}

/** One line taken back. */
export interface RefundLine {
  /** How many. */
  readonly quantity?: number | null
  /** The line of the order. */
  readonly line_item?: LineItem | null
  /** What is given back for it; `total_tax_set` is the tax beside it. */
  readonly subtotal_set?: MoneySet | null
  /** The tax given back with it. */
  readonly total_tax_set?: MoneySet | null
  readonly [field: string]: unknown
}
