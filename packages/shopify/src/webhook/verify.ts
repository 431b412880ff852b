import type { Delivery } from './delivery.ts'
import type { Rejection } from './result.ts'

/** The part of `shopifyApi(...)` that is used: its `webhooks.validate`, of versions 13.1 to 15. */
export interface ShopifyWebhooks {
  /** The library's own. */
  readonly webhooks: {
    /** Says whether the signature is right. */
    validate(request: {
      /** What was signed. */
      rawBody: string
      /** What the library reads headers from. */
      rawRequest: unknown
    }): Promise<Validation>
  }
}

interface ValidFields {
  readonly valid: true
  /** `webhooks`, or `events` for the next generation. */
  readonly webhookType: string
  /** As the library writes it. */
  readonly topic: string
  /** The shop's `myshopify.com` domain. */
  readonly domain: string
  /** Tells a repeated delivery. */
  readonly webhookId?: string | undefined
  /** Tells deliveries of one event through several subscriptions. */
  readonly eventId?: string | undefined
  /** ISO 8601; when it happened in the shop. */
  readonly triggeredAt?: string | undefined
}

type Validation =
  | ValidFields
  | {
      readonly valid: false
      /** What is missing or wrong. */
      readonly reason: 'missing_body' | 'missing_hmac' | 'invalid_hmac' | 'missing_headers'
    }

/** Headers of Node.js, of Fetch, or a plain record. */
export type WebhookHeaders =
  | Headers
  | Readonly<Record<string, string | readonly string[] | undefined>>

export type Verified =
  | { readonly ok: true; readonly delivery: Omit<Delivery, 'payload'>; readonly isEvents: boolean }
  | { readonly ok: false; readonly reason: Rejection }

/** Lets each instance validate until one finds the signature right. @throws what `validate` throws */
export async function verify(
  instances: readonly ShopifyWebhooks[],
  rawBody: string,
  headers: WebhookHeaders,
): Promise<Verified> {
  const rawRequest = neutralRequest(headers)
  let reason: Rejection = 'invalid_hmac'
  for (const { webhooks } of instances) {
    const validation = await webhooks.validate({ rawBody, rawRequest })
    if (validation.valid) return { ok: true, ...read(validation) }
    reason = validation.reason
    if (reason !== 'invalid_hmac') break // Another secret changes nothing about it.
  }
  return { ok: false, reason }
}

function read({ webhookType, topic, domain, ...ids }: ValidFields) {
  const { webhookId, eventId, triggeredAt } = ids
  const delivery = { topic, shop: domain, webhookId, eventId, triggeredAt }
  return { delivery, isEvents: webhookType === 'events' }
}

/** Shopify's own headers in lower case; others, such as the caller's cookies, stay here. */
function ownHeaders(headers: WebhookHeaders): Record<string, string> {
  const entries: Iterable<[string, unknown]> =
    headers instanceof Headers ? headers.entries() : Object.entries(headers)
  const own: Record<string, string> = {}
  for (const [name, value] of entries) {
    const key = name.toLowerCase()
    const [first] = Array.isArray(value) ? value : [value]
    if (/^(x-)?shopify-/.test(key) && typeof first === 'string') own[key] = first
  }
  return own
}

/**
 * Which request `validate` reads depends on the runtime adapter the application imported: Node's copies the header
 * object's own keys, that of the web calls its `entries()`. This one serves both.
 */
function neutralRequest(headers: WebhookHeaders): unknown {
  const own = ownHeaders(headers)
  const entries = { value: () => Object.entries(own)[Symbol.iterator](), enumerable: false }
  return {
    method: 'POST',
    url: 'https://localhost/webhooks',
    headers: Object.defineProperty({ ...own }, 'entries', entries),
  }
}
