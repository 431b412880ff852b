import type { Delivery } from './delivery.ts'
import { decodeBody, parseBody } from './text-body.ts'

/** What `authenticate.webhook(request)` of the React Router and Remix packages resolves to. */
export interface Authenticated {
  /** As the library writes it: `ORDERS_CREATE`. */
  readonly topic: string
  /** The shop's `myshopify.com` domain. */
  readonly shop: string
  /** The parsed body. */
  readonly payload: unknown
  /** Tells a repeated delivery. */
  readonly webhookId?: string | undefined
  /** Tells deliveries of one event through several subscriptions. */
  readonly eventId?: string | undefined
  /** ISO 8601; when it happened in the shop. */
  readonly triggeredAt?: string | undefined
}

/** An event of Shopify's partner event source on Amazon EventBridge. */
export interface EventBridgeEvent {
  /** Shopify's part of the event. */
  readonly detail?:
    | {
        /** The headers of the delivery. */
        readonly metadata?: Readonly<Record<string, unknown>>
        /** The parsed body. */
        readonly payload?: unknown
      }
    | undefined
}

/** A message of Google Cloud Pub/Sub: bytes from the client library, base64 text in a push. */
export interface PubSubMessage {
  /** The body. */
  readonly data?: Uint8Array | string | null | undefined
  /** Shopify's headers. */
  readonly attributes?: Readonly<Record<string, unknown>> | null | undefined
}

export function fromAuthenticated(authenticated: Authenticated): Delivery {
  const { topic, shop, payload, webhookId, eventId, triggeredAt } = authenticated
  return { topic, shop, payload, webhookId, eventId, triggeredAt }
}

export function fromEventBridge({ detail }: EventBridgeEvent): Delivery {
  return { ...readMetadata(detail?.metadata), payload: detail?.payload }
}

export function fromPubSub({ data, attributes }: PubSubMessage): Delivery {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'base64') : (data ?? new Uint8Array())
  return { ...readMetadata(attributes ?? {}), payload: parseBody(decodeBody(bytes) ?? '') }
}

/** The headers of an HTTP delivery stand here as metadata, or as attributes. */
function readMetadata(metadata: Readonly<Record<string, unknown>> = {}) {
  const values = new Map(Object.entries(metadata).map(([key, value]) => [key.toLowerCase(), value]))
  const text = (name: string) => {
    const value = values.get(`x-shopify-${name}`)
    return typeof value === 'string' ? value : undefined
  }
  return {
    topic: text('topic') ?? '',
    shop: text('shop-domain') ?? '',
    webhookId: text('webhook-id'),
    eventId: text('event-id'),
    triggeredAt: text('triggered-at'),
  }
}
