/** One delivery, whatever brought it; its origin is proven. */
export interface Delivery {
  /** `orders/create` or `ORDERS_CREATE`. */
  readonly topic: string
  readonly shop: string
  readonly payload: unknown
  /** `X-Shopify-Webhook-Id`: the same whenever this delivery is repeated. */
  readonly webhookId?: string | undefined
  /** `X-Shopify-Event-Id`: the merchant's action, which may have made several deliveries. */
  readonly eventId?: string | undefined
  readonly triggeredAt?: string | undefined
}

/** How @shopify/shopify-api writes a topic. */
export function topicKey(topic: string): string {
  return topic.toUpperCase().replace(/[/.]/g, '_')
}

/**
 * What makes a repetition: the delivery's id, as "Verify webhook deliveries" says; the action's id is for
 * sources that name no other. It would be too wide: one action, such as marking ten orders as paid, makes ten deliveries.
 * Source: shopify.dev, Verify webhook deliveries, and Ignore duplicate webhooks, read 2026-09; they differ.
 */
export function deliveryKey({ shop, topic, webhookId, eventId }: Delivery): string | undefined {
  const id = webhookId ?? eventId
  return id === undefined ? undefined : `${shop} ${topicKey(topic)} ${id}`
}

/** A host name in lower case, compared whole: never by its ending. */
export function shopDomain(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length > 253) return undefined
  const domain = text.trim().toLowerCase()
  return /^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)+$/.test(domain) ? domain : undefined
}
