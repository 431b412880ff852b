export { cancellationToCustomEvent } from './cancellation-to-custom-event.ts'
export { CART_ATTRIBUTES } from './cart-attributes.ts'
export { checkoutToInitiateCheckout } from './checkout-to-initiate-checkout.ts'
export { customerToCompleteRegistration } from './customer-to-complete-registration.ts'
export { checkoutEventId, purchaseEventId } from './event-ids.ts'
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
export type { Mapped, SkipReason } from './mapped.ts'
export type {
  Identity,
  MappingContext,
  MappingOptions,
  MappingRules,
  OrderActionSource,
} from './mapping-options.ts'
export { orderToPurchase } from './order-to-purchase.ts'
export { type RefundOptions, refundToCustomEvent } from './refund-to-custom-event.ts'
export type { HandlerOptions, WebhookHandlers } from './shopify-capi/handlers.ts'
export type { WebhookMiddleware } from './shopify-capi/middleware.ts'
export type {
  ComplianceRequest,
  ExtraTopic,
  FailurePlace,
  ShopifyCapiOptions,
  ShopTracker,
} from './shopify-capi/options.ts'
export type { WebhookReason, WebhookResult } from './shopify-capi/result.ts'
export { type ShopifyCapi, shopifyCapi, type WebhookRequest } from './shopify-capi/shopify-capi.ts'
export type { Authenticated, EventBridgeEvent, PubSubMessage } from './shopify-capi/sources.ts'
export type { ShopifyWebhooks, WebhookHeaders } from './shopify-capi/verify.ts'
export type {
  Address,
  LineItem,
  Money,
  MoneySet,
  NoteAttribute,
  RefundLine,
  RefundTransaction,
  ShopifyCheckout,
  ShopifyCustomer,
  ShopifyId,
  ShopifyOrder,
  ShopifyRefund,
} from './shopify-payloads.ts'
