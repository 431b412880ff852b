import { CapiConfigError } from '@capi/core'
import { refuseRequest, systemClock } from '@capi/core/adapter'
import { type Delivery, deliveryKey } from './delivery.ts'
import { type HandlerOptions, type WebhookHandlers, webhookHandlers } from './handlers.ts'
import { type WebhookMiddleware, webhookMiddleware } from './middleware.ts'
import type { ShopifyCapiOptions } from './options.ts'
import { processDelivery } from './process-delivery.ts'
import { resolveOptions } from './resolve-options.ts'
import { refused, rejected, skipped, type WebhookResult } from './result.ts'
import { seenDeliveries } from './seen-deliveries.ts'
import {
  type Authenticated,
  type EventBridgeEvent,
  fromAuthenticated,
  fromEventBridge,
  fromPubSub,
  type PubSubMessage,
} from './sources.ts'
import { decodeBody, parseBody } from './text-body.ts'
import { wantedTopics } from './topics.ts'
import { verify, type WebhookHeaders } from './verify.ts'
import { within } from './within.ts'

/**
 * Ways in for deliveries of Shopify. All end in the same result, none rejects,
 * a repetition makes no second event, and none needs `this`.
 */
export interface ShopifyCapi {
  /** An endpoint for Express or `node:http`; throws a CapiConfigError without the option `shopify`. It reads the body itself: mount it above `express.json()`. */
  readonly middleware: () => WebhookMiddleware
  /** For any other server that has the unparsed body. Answer with the result's `status`; 503 `validator_missing` without the option `shopify`. */
  readonly handle: (request: WebhookRequest) => Promise<WebhookResult>
  /** For `shopify.webhooks.addHandlers`, and `processWebhooks` of @shopify/shopify-app-express. */
  readonly handlers: (options?: HandlerOptions) => WebhookHandlers
  /** For what `authenticate.webhook(request)` of @shopify/shopify-app-react-router resolves to. */
  readonly fromAuthenticated: (authenticated: Authenticated) => Promise<WebhookResult>
  /** For an event on Amazon EventBridge; AWS has authenticated its source. */
  readonly fromEventBridge: (event: EventBridgeEvent) => Promise<WebhookResult>
  /** For a message of Google Cloud Pub/Sub; a push endpoint must check Google's token itself. */
  readonly fromPubSub: (message: PubSubMessage) => Promise<WebhookResult>
}

/** A delivery over HTTP, unparsed. */
export interface WebhookRequest {
  /** The bytes as they came, or their text: what was signed. */
  readonly rawBody: Uint8Array | string
  /** All of them, or Shopify's own. */
  readonly headers: WebhookHeaders
}

const NO_VALIDATOR =
  'Option shopify of shopifyCapi is missing, so middleware() and handle() cannot check a signature: pass what shopifyApi(...) returns. ' +
  'Deliveries that are validated already go to fromAuthenticated, fromEventBridge, fromPubSub or handlers, which do without it.'

/**
 * Turns Shopify's deliveries into events of `client`: validated by @shopify/shopify-api, mapped, queued, answered in time.
 * Sales alone, unless `topics` asks for more; compliance topics are always answered. Registers nothing with Shopify.
 * @throws CapiConfigError when an option is malformed.
 * @example
 * const webhooks = shopifyCapi({ shopify, client: capi })
 * app.post('/webhooks', webhooks.middleware()) // before any body parser
 */
export function shopifyCapi(given: ShopifyCapiOptions): ShopifyCapi {
  const options = resolveOptions(given)
  const { instances, timeoutMs, maxBodyBytes, now, report, hintOnce } = options
  const seen = seenDeliveries<WebhookResult>(({ status }) => status === 200, now)

  const notify = (result: WebhookResult) => {
    try {
      options.onProcessed?.(result)
    } catch {
      // The application's own callback must not cost the delivery.
    }
    return result
  }

  const processOnce = async (delivery: Delivery): Promise<WebhookResult> => {
    const key = deliveryKey(delivery)
    const work = () => processDelivery(options, delivery)
    if (key === undefined) return await work()
    const { result, isRepeat } = await seen.once(key, work)
    return isRepeat && result.kind === 'tracked' ? { ...result, kind: 'duplicate' } : result
  }

  /** The caller has validated its origin; its form is unchecked. */
  const proven = async (read: () => Delivery) => await processOnce(read())

  /** Late work goes on: if it comes to something, Shopify's next try finds it done. */
  const inTime = async (work: Promise<WebhookResult>, remainingMs = timeoutMs) => {
    const safe = work.catch((error: unknown) => {
      report(error, 'process')
      return refused('failed')
    })
    return notify(await within(remainingMs, safe, refused('timeout')))
  }

  const validate = async (
    rawBody: Uint8Array | string,
    headers: WebhookHeaders,
  ): Promise<WebhookResult> => {
    if (instances.length === 0) {
      hintOnce(NO_VALIDATOR)
      return refused('validator_missing')
    }
    const text = decodeBody(rawBody)
    if (text === undefined) return rejected('invalid_utf8')
    const verified = await verify(instances, text, headers)
    if (!verified.ok) return rejected(verified.reason)
    const { delivery, isEvents } = verified
    if (isEvents) return { ...skipped('unsupported_events'), topic: delivery.topic }
    return await processOnce({ ...delivery, payload: parseBody(text) })
  }

  return {
    middleware: (...given: readonly unknown[]) => {
      refuseRequest(given[0], 'middleware')
      if (instances.length === 0) throw new CapiConfigError('config_invalid', NO_VALIDATOR)
      return webhookMiddleware({
        limits: { maxBytes: maxBodyBytes, timeoutMs, clock: systemClock },
        handle: (body, headers, remainingMs) => inTime(validate(body, headers), remainingMs),
        notify,
      })
    },
    handle: ({ rawBody, headers }) => inTime(validate(rawBody, headers)),
    handlers: (handlerOptions = {}) =>
      webhookHandlers(
        wantedTopics(options, options.topics ?? []),
        (delivery) => inTime(processOnce(delivery)),
        handlerOptions,
      ),
    fromAuthenticated: (authenticated) => inTime(proven(() => fromAuthenticated(authenticated))),
    fromEventBridge: (event) => inTime(proven(() => fromEventBridge(event))),
    fromPubSub: (message) => inTime(proven(() => fromPubSub(message))),
  }
}
