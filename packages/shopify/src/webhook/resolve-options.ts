import { readOptions } from '@capi/core/adapter'
import { waitsForPayment } from '../map/order-rules.ts'
import { memoryOrderStore } from '../orders/memory-order-store.ts'
import type { OrderStore } from '../orders/order-store.ts'
import { demand } from '../read/demand.ts'
import { emitUnknown } from '../read/unknown-options.ts'
import type { FailurePlace, Resolved, ShopifyCapiOptions } from './options.ts'
import { SHOPIFY_OPTIONS } from './options.ts'
import type { ShopifyWebhooks } from './verify.ts'

/** Shopify gives up after five seconds, one of them for the way. Source: shopify.dev, Webhooks, read 2026-09. */
const SHOPIFY_WAITS_MS = 5_000
const DEFAULT_TIMEOUT_MS = 4_000
const DEFAULT_MAX_BODY_BYTES = 5 * 1024 * 1024

/** Fills defaults and refuses what cannot work. @throws CapiConfigError naming the option. */
export function resolveOptions(given: ShopifyCapiOptions): Resolved {
  const reader = { name: 'shopifyCapi', table: SHOPIFY_OPTIONS, warn: emitUnknown }
  const options = readOptions(given, reader)
  const { shopify, client } = options
  const instances: readonly ShopifyWebhooks[] = isList(shopify) ? shopify : [shopify]
  const { timeoutMs = DEFAULT_TIMEOUT_MS, maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = options
  const areInstances = instances.every((one) => typeof one?.webhooks?.validate === 'function')
  demand(
    instances.length > 0 && areInstances,
    'shopify',
    "must be what shopifyApi(...) returns; of shopifyApp(...) in shopify-app-express, it is that app's `.api`",
  )
  demand(
    typeof client === 'function' || typeof client?.track === 'function',
    'client',
    'must be a client, createCapi(...), or a function that finds one for a shop',
  )
  demand(
    timeoutMs > 0 && timeoutMs < SHOPIFY_WAITS_MS,
    'timeoutMs',
    `must lie between 0 and ${SHOPIFY_WAITS_MS}: Shopify waits no longer`,
  )
  demand(maxBodyBytes > 0, 'maxBodyBytes', 'must be above 0')
  return {
    ...options,
    orders: orderStore(options),
    instances,
    timeoutMs,
    maxBodyBytes,
    now: options.now ?? Date.now,
    report: reporter(options.onError),
  }
}

function isList(shopify: ShopifyCapiOptions['shopify']): shopify is readonly ShopifyWebhooks[] {
  return Array.isArray(shopify)
}

function reporter(onError: ShopifyCapiOptions['onError']): Resolved['report'] {
  const logged = new Set<FailurePlace>()
  return (error, where) => {
    try {
      if (onError) return onError(error, where)
      if (logged.has(where)) return
      logged.add(where)
      // The name alone: a message may hold what a person typed.
      const kind = error instanceof Error ? error.name : typeof error
      process.emitWarning(
        `@capi/shopify: ${where} failed (${kind}); logged once. Pass onError to receive each error.`,
        'CapiShopifyWarning',
      )
    } catch {
      // The application's own callback must not cost the delivery.
    }
  }
}

const FORGETFUL =
  'orders that are not paid yet are remembered in memory only: after a restart their payment makes no Purchase, and with several processes it may make none. ' +
  "Pass orders: sqliteOrderStore({ path }), a store of your own, or memoryOrderStore() to accept this; or pending: 'skip' or 'purchase'."

/** The store that these rules need. */
function orderStore(options: ShopifyCapiOptions): OrderStore | undefined {
  const { orders, purchaseOn } = options
  if (purchaseOn !== 'orders/paid' && !waitsForPayment(options)) return undefined
  if (orders === undefined)
    process.emitWarning(`@capi/shopify: ${FORGETFUL}`, 'CapiShopifyWarning', 'orders_in_memory')
  return orders ?? memoryOrderStore()
}
