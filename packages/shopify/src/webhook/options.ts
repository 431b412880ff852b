import type { OptionTable, TrackerLike } from '@capi/core/adapter'
import type { IdentityStore } from '../identity/identity-store.ts'
import type { MappingRules } from '../map/mapping-options.ts'
import type { OrderStore } from '../orders/order-store.ts'
import type { OrderReference } from '../read/after-sale-payloads.ts'
import type { ShopifyOrder } from '../read/shopify-payloads.ts'
import type { WebhookResult } from './result.ts'
import type { ShopifyWebhooks } from './verify.ts'

/** What events go to: a client, or a tracker of one with a scope. */
export type ShopTracker = TrackerLike

/** Topics that become an event only when asked for. */
export type ExtraTopic =
  /** InitiateCheckout. */
  | 'checkouts/create'
  /** CompleteRegistration, of customers that have an account. */
  | 'customers/create'
  | 'customers/enable'
  /** Custom events; Meta has no refunds. */
  | 'refunds/create'
  /** What an edit added, a post-purchase upsell for example: `OrderUpsell`. Needs `findOrder`. */
  | 'orders/edited'
  /** Subscribe. */
  | 'subscription_contracts/create'
  | 'orders/cancelled'

/** A compliance topic or `app/uninstalled`, for what the application itself keeps. */
export interface ComplianceRequest {
  /** What Shopify asks for. */
  readonly topic: 'customers/data_request' | 'customers/redact' | 'shop/redact' | 'app/uninstalled'
  /** The shop, by its `myshopify.com` domain. */
  readonly shop: string
  /** Shopify's own, with personal data. */
  readonly payload: Readonly<Record<string, unknown>>
}

/** Where deliveries come from, where their events go, and how payloads are read. */
export interface ShopifyCapiOptions extends MappingRules {
  /**
   * `shopifyApi(...)`, which validates every delivery. Several, one for each secret, while a secret is rotated
   * or for webhooks made in a shop's own settings: the first that finds a signature right counts. Leave it out where deliveries
   * are validated before: `fromAuthenticated`, `fromEventBridge`, `fromPubSub` and `handlers` do without.
   */
  readonly shopify?: ShopifyWebhooks | readonly ShopifyWebhooks[] | undefined
  /**
   * The client, or the one of a shop, by its exact `myshopify.com` domain in lower case; undefined skips the delivery as
   * `unknown_shop`. One client alone takes the events of every shop that installed the app.
   */
  readonly client:
    | ShopTracker
    | ((shop: string) => ShopTracker | undefined | Promise<ShopTracker | undefined>)
  /** What makes events beside sales. Default: nothing. */
  readonly topics?: readonly ExtraTopic[] | undefined
  /** Where the storefront's ids wait for their order. Default: none; orders then bring what they have themselves. */
  readonly identity?: IdentityStore | undefined
  /**
   * Remembers which orders were skipped as pending, so that their `orders/paid` is a sale, once. Default: in memory, which a restart
   * empties, with a warning at the start. Not used with `pending: 'skip'` or `'purchase'`, unless `purchaseOn` is `'orders/paid'`.
   */
  readonly orders?: OrderStore | undefined
  /**
   * The order of a refund, an edit or a subscription, by its `order_id`, from your database or the Admin API: alone they know no person, and
   * an edit no price.
   */
  readonly findOrder?:
    | ((
        about: OrderReference,
        shop: string,
      ) => ShopifyOrder | undefined | Promise<ShopifyOrder | undefined>)
    | undefined
  /** Answers compliance requests for what the application keeps; when it fails, Shopify asks again. */
  readonly onCompliance?: ((request: ComplianceRequest) => void | Promise<void>) | undefined
  /** Called with the result of every delivery, also of those not taken. What it throws is ignored. */
  readonly onProcessed?: ((result: WebhookResult) => void) | undefined
  /** Called with what failed here or in a callback. Default: each kind is logged once. What it throws is ignored. */
  readonly onError?: ((error: unknown, where: FailurePlace) => void) | undefined
  /** Milliseconds until an answer is given, whatever happens; default 4,000. Shopify waits 5,000. */
  readonly timeoutMs?: number | undefined
  /** Largest body taken, bytes; default 5 MiB. An order has about 2 KB for each line. */
  readonly maxBodyBytes?: number | undefined
  /** Default `Date.now`. */
  readonly now?: (() => number) | undefined
}

const MAPPING_RULES = {
  purchaseOn: 'any',
  pending: 'any',
  test: 'any',
  when: 'any',
  contentId: 'text',
  bundles: 'any',
  customData: 'any',
  upsells: 'any',
  value: 'any',
  money: 'any',
  eventId: 'text',
  renewals: 'any',
  actionSource: 'text',
  consent: 'consent',
} as const satisfies OptionTable<MappingRules>

/** What `shopifyCapi` takes. A missing name, and one too many, do not compile. */
export const SHOPIFY_OPTIONS = {
  ...MAPPING_RULES,
  shopify: 'any',
  client: 'any',
  topics: 'text',
  identity: 'any',
  orders: 'any',
  findOrder: 'any',
  onCompliance: 'any',
  onProcessed: 'any',
  onError: 'any',
  timeoutMs: 'any',
  maxBodyBytes: 'any',
  now: 'any',
} as const satisfies OptionTable<ShopifyCapiOptions>

/** Where it failed: reading the delivery, the `client` option, the identity store, the order store, or a callback. */
export type FailurePlace =
  | 'process'
  | 'client'
  | 'identity'
  | 'orders'
  | 'findOrder'
  | 'onCompliance'

export interface Resolved extends ShopifyCapiOptions {
  /** Undefined where no order has to be remembered. */
  readonly orders: OrderStore | undefined
  readonly instances: readonly ShopifyWebhooks[]
  readonly timeoutMs: number
  readonly maxBodyBytes: number
  readonly now: () => number
  /** Writes a line once. */
  readonly hintOnce: (line: string) => void
  readonly report: (error: unknown, where: FailurePlace) => void
}
