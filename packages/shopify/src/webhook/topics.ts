import { cancellationToCustomEvent } from '../map/cancellation-to-custom-event.ts'
import { checkoutToInitiateCheckout } from '../map/checkout-to-initiate-checkout.ts'
import { customerToCompleteRegistration } from '../map/customer-to-complete-registration.ts'
import { editToUpsell } from '../map/edit-to-upsell.ts'
import type { Mapped } from '../map/mapped.ts'
import type { MappingOptions, MappingRules } from '../map/mapping-options.ts'
import { waitsForPayment } from '../map/order-rules.ts'
import { orderToPurchase } from '../map/order-to-purchase.ts'
import { refundToCustomEvent } from '../map/refund-to-custom-event.ts'
import { subscriptionToSubscribe } from '../map/subscription-to-subscribe.ts'
import type { OrderReference } from '../read/after-sale-payloads.ts'
import { record } from '../read/read.ts'
import type { ShopifyId, ShopifyOrder } from '../read/shopify-payloads.ts'
import { topicKey } from './delivery.ts'
import type { ComplianceRequest, ExtraTopic } from './options.ts'

type Payload = Readonly<Record<string, unknown>>

export interface EventTopic {
  readonly topic: 'orders/create' | 'orders/paid' | ExtraTopic
  readonly map: (payload: Payload, options: MappingOptions, order?: ShopifyOrder) => Mapped
  /** What belongs to an order, if this is not one: `findOrder` is asked for it. */
  readonly reference?: (payload: Payload) => OrderReference
  /** Where the payload names its cart and checkout, if it does. */
  readonly checkoutToken?: 'checkout_token' | 'token'
  /** What the payload's `id` identifies. */
  readonly idOf: 'order' | 'customer' | 'none'
  /** Whether this shop's rules make an event of it. */
  readonly isWanted: (rules: MappingRules, extra: readonly ExtraTopic[]) => boolean
}

const EVENT_TOPICS: readonly EventTopic[] = [
  {
    topic: 'orders/create',
    map: orderToPurchase,
    checkoutToken: 'checkout_token',
    idOf: 'order',
    isWanted: ({ purchaseOn = 'orders/create' }) => purchaseOn === 'orders/create',
  },
  {
    topic: 'orders/paid',
    map: orderToPurchase,
    checkoutToken: 'checkout_token',
    idOf: 'order',
    isWanted: (rules) => rules.purchaseOn === 'orders/paid' || waitsForPayment(rules),
  },
  {
    topic: 'orders/cancelled',
    map: cancellationToCustomEvent,
    checkoutToken: 'checkout_token',
    idOf: 'order',
    isWanted: (_rules, extra) => extra.includes('orders/cancelled'),
  },
  {
    topic: 'checkouts/create',
    map: checkoutToInitiateCheckout,
    checkoutToken: 'token',
    idOf: 'none',
    isWanted: (_rules, extra) => extra.includes('checkouts/create'),
  },
  {
    topic: 'customers/create',
    map: customerToCompleteRegistration,
    idOf: 'customer',
    isWanted: (_rules, extra) => extra.includes('customers/create'),
  },
  {
    topic: 'customers/enable',
    map: customerToCompleteRegistration,
    idOf: 'customer',
    isWanted: (_rules, extra) => extra.includes('customers/enable'),
  },
  {
    topic: 'refunds/create',
    map: (payload, options, order) => refundToCustomEvent(payload, { ...options, order }),
    reference: (payload) => payload,
    idOf: 'none',
    isWanted: (_rules, extra) => extra.includes('refunds/create'),
  },
  {
    topic: 'orders/edited',
    map: (payload, options, order) => editToUpsell(payload, { ...options, order }),
    reference: ({ order_edit }) => record(order_edit as OrderReference),
    idOf: 'none',
    isWanted: (_rules, extra) => extra.includes('orders/edited'),
  },
  {
    topic: 'subscription_contracts/create',
    map: (payload, options, order) => subscriptionToSubscribe(payload, { ...options, order }),
    reference: (payload) => ({ ...payload, order_id: payload['origin_order_id'] as ShopifyId }),
    idOf: 'none',
    isWanted: (_rules, extra) => extra.includes('subscription_contracts/create'),
  },
]

/** What `topics` may name. */
export const EXTRA_TOPICS: readonly ExtraTopic[] = EVENT_TOPICS.flatMap(({ topic }) =>
  topic === 'orders/create' || topic === 'orders/paid' ? [] : topic,
)

/** Mandatory for apps of the App Store, and the moment the app leaves. Source: shopify.dev, Privacy law compliance, read 2026-09. */
const COMPLIANCE_TOPICS: readonly ComplianceRequest['topic'][] = [
  'customers/data_request',
  'customers/redact',
  'shop/redact',
  'app/uninstalled',
]

const EVENTS_BY_KEY = new Map(EVENT_TOPICS.map((one) => [topicKey(one.topic), one]))
const COMPLIANCE_BY_KEY = new Map(COMPLIANCE_TOPICS.map((topic) => [topicKey(topic), topic]))

export function eventTopic(topic: string): EventTopic | undefined {
  return EVENTS_BY_KEY.get(topicKey(topic))
}

export function complianceTopic(topic: string): ComplianceRequest['topic'] | undefined {
  return COMPLIANCE_BY_KEY.get(topicKey(topic))
}

/** What to subscribe to under these rules: no more, for each topic needs a scope. */
export function wantedTopics(rules: MappingRules, extra: readonly ExtraTopic[]): readonly string[] {
  const wanted = EVENT_TOPICS.filter((one) => one.isWanted(rules, extra))
  return [...wanted.map(({ topic }) => topic), ...COMPLIANCE_TOPICS]
}
