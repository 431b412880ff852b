export {
  type PixelCollector,
  type PixelCollectorOptions,
  type PixelRefusal,
  pixelCollector,
} from './funnel/pixel-collector.ts'
export {
  type WebPixelPlaces,
  type WebPixelSettings,
  webPixelSettings,
} from './funnel/web-pixel-settings.ts'
export {
  type IdentityEndpoint,
  type IdentityEndpointOptions,
  type IdentityRefusal,
  identityEndpoint,
} from './identity/identity-endpoint.ts'
export type {
  IdentityKey,
  IdentityOwner,
  IdentityStore,
  IdentityStoreOptions,
} from './identity/identity-store.ts'
export { memoryIdentityStore } from './identity/memory-identity-store.ts'
export { cancellationToCustomEvent } from './map/cancellation-to-custom-event.ts'
export { CART_ATTRIBUTES } from './map/cart-attributes.ts'
export { checkoutToAbandonedCheckout } from './map/checkout-to-abandoned-checkout.ts'
export { checkoutToInitiateCheckout } from './map/checkout-to-initiate-checkout.ts'
export { customerToCompleteRegistration } from './map/customer-to-complete-registration.ts'
export { type EditOptions, editToUpsell } from './map/edit-to-upsell.ts'
export { checkoutEventId, purchaseEventId } from './map/event-ids.ts'
export type { Mapped, SkipReason } from './map/mapped.ts'
export type {
  ContentIdByMarket,
  ContentIdWord,
  Identity,
  MappingContext,
  MappingOptions,
  MappingRules,
  OrderActionSource,
} from './map/mapping-options.ts'
export { orderToPurchase } from './map/order-to-purchase.ts'
export { type RefundOptions, refundToCustomEvent } from './map/refund-to-custom-event.ts'
export { OPTION_WORDS } from './map/rule-checks.ts'
export {
  type SubscriptionOptions,
  subscriptionToSubscribe,
} from './map/subscription-to-subscribe.ts'
export type { ValueParts } from './map/value-parts.ts'
export { type MemoryOrderStoreOptions, memoryOrderStore } from './orders/memory-order-store.ts'
export type { OrderKey, OrderMark, OrderStore, OrderStoreOptions } from './orders/order-store.ts'
export type {
  OrderEditLine,
  OrderReference,
  RefundLine,
  RefundTransaction,
  ShopifyOrderEdit,
  ShopifyRefund,
  ShopifySubscription,
} from './read/after-sale-payloads.ts'
export type {
  Address,
  LineItem,
  LineItemGroup,
  Money,
  MoneySet,
  NoteAttribute,
  ShippingLine,
  ShopifyCheckout,
  ShopifyCustomer,
  ShopifyId,
  ShopifyOrder,
  TaxLine,
} from './read/shopify-payloads.ts'
export type { HandlerOptions, WebhookHandlers } from './webhook/handlers.ts'
export type { WebhookMiddleware } from './webhook/middleware.ts'
export type {
  ComplianceRequest,
  ExtraTopic,
  FailurePlace,
  ShopifyCapiOptions,
  ShopTracker,
} from './webhook/options.ts'
export type { WebhookReason, WebhookResult } from './webhook/result.ts'
export { type ShopifyCapi, shopifyCapi, type WebhookRequest } from './webhook/shopify-capi.ts'
export type { Authenticated, EventBridgeEvent, PubSubMessage } from './webhook/sources.ts'
export type { ShopifyWebhooks, WebhookHeaders } from './webhook/verify.ts'
