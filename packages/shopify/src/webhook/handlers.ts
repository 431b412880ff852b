import { CapiError } from '@capi/core'
import { type OptionTable, readOptions } from '@capi/core/adapter'
import type { DeliveryMethod, HttpWebhookHandlerWithCallback } from '@shopify/shopify-api'
import { demand } from '../read/demand.ts'
import { emitUnknown } from '../read/unknown-options.ts'
import type { Delivery } from './delivery.ts'
import type { WebhookResult } from './result.ts'
import { parseBody } from './text-body.ts'

/** Where the handlers are reached. */
export interface HandlerOptions {
  /** Where Shopify delivers, a path of the app or a whole address; `register` of your own would use it. Default `/api/webhooks`. */
  readonly callbackUrl?: string | undefined
  /**
   * Further topics of your `shopify.app.toml` to answer with 200, for example `['orders/updated']`: the library answers 404 where no handler
   * is, and Shopify delivers eight times again. Default: none.
   */
  readonly acknowledge?: readonly string[] | undefined
}

export const HANDLER_OPTIONS = {
  callbackUrl: 'text',
  acknowledge: 'text',
} as const satisfies OptionTable<HandlerOptions>

/** By topic; fits `shopify.webhooks.addHandlers` and `processWebhooks({ webhookHandlers })`. */
export type WebhookHandlers = Record<string, HttpWebhookHandlerWithCallback>

const NOT_TAKEN =
  '@capi/shopify: the delivery was not taken, and no event was made of it. Shopify delivers it again.'

/** A string enum of theirs, taken as a type only: the package is not loaded for it. */
const HTTP = 'http' as DeliveryMethod.Http

/** They run after the library has validated; one that throws makes it answer 500, and Shopify deliver again. */
export function webhookHandlers(
  topics: readonly string[],
  process: (delivery: Delivery) => Promise<WebhookResult>,
  options: HandlerOptions,
): WebhookHandlers {
  const reader = { name: 'handlers', table: HANDLER_OPTIONS, warn: emitUnknown }
  const { callbackUrl = '/api/webhooks', acknowledge = [] } = readOptions(options, reader)
  demand(
    Array.isArray(acknowledge) && acknowledge.every((topic) => typeof topic === 'string'),
    'acknowledge',
    "must be a list of topics, as ['orders/updated']",
  )
  // Only these five arguments: version 13 puts another one before `context`.
  const callback = async (topic: string, shop: string, body: string, webhookId: string) => {
    const result = await process({ topic, shop, payload: parseBody(body), webhookId })
    if (result.status !== 200) {
      const why = `${result.kind}, ${result.reason ?? result.status}`
      throw new CapiError('webhook_failed', `${NOT_TAKEN} (${why})`, {
        retryable: result.status === 503,
      })
    }
  }
  return Object.fromEntries(
    [...new Set([...topics, ...acknowledge])].map((topic) => [
      topic,
      { deliveryMethod: HTTP, callbackUrl, callback },
    ]),
  )
}
