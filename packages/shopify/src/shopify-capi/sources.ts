import type { Delivery } from './delivery.ts'
import { decodeBody, parseBody } from './text-body.ts'

/** What `authenticate.webhook(request)` of the React Router and Remix packages resolves to. */
export interface Authenticated {
  readonly topic: string
  readonly shop: string
  readonly payload: unknown
  readonly webhookId?: string | undefined
  readonly eventId?: string | undefined
  readonly triggeredAt?: string | undefined
}

/** An event of Shopify's partner event source on Amazon EventBridge. */
export interface EventBridgeEvent {
  readonly detail?:
    | { readonly metadata?: Readonly<Record<string, unknown>>; readonly payload?: unknown }
    | undefined
}

/** A message of Google Cloud Pub/Sub: bytes from the client library, base64 text in a push. */
export interface PubSubMessage {
  readonly data?: Uint8Array | string | null | undefined
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
