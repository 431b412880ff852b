import { CapiConfigError } from '@capi/core'
import { readOptions } from '@capi/core/adapter'
import { waitsForPayment } from '../map/order-rules.ts'
import { wrongRule } from '../map/rule-checks.ts'
import { memoryOrderStore } from '../orders/memory-order-store.ts'
import type { OrderStore } from '../orders/order-store.ts'
import { demand } from '../read/demand.ts'
import type { ExtraTopic, FailurePlace, Resolved, ShopifyCapiOptions } from './options.ts'
import { SHOPIFY_OPTIONS } from './options.ts'
import { EXTRA_TOPICS } from './topics.ts'
import type { ShopifyWebhooks } from './verify.ts'

/** Shopify gives up after five seconds, one of them for the way. Source: shopify.dev, Webhooks, read 2026-09. */
const SHOPIFY_WAITS_MS = 5_000
const DEFAULT_TIMEOUT_MS = 4_000
const DEFAULT_MAX_BODY_BYTES = 5 * 1024 * 1024

/** Fills defaults and refuses what cannot work. @throws CapiConfigError naming the option. */
export function resolveOptions(given: ShopifyCapiOptions): Resolved {
  const reader = { name: 'shopifyCapi', table: SHOPIFY_OPTIONS, warn: refuseUnknown }
  const options = readOptions(given, reader)
  const { shopify, client } = options
  const instances = shopify === undefined ? [] : isList(shopify) ? shopify : [shopify]
  const { timeoutMs = DEFAULT_TIMEOUT_MS, maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = options
  const areInstances = instances.every((one) => typeof one?.webhooks?.validate === 'function')
  demand(
    areInstances && (shopify === undefined || instances.length > 0),
    'shopify',
    "must be what shopifyApi(...) returns; of shopifyApp(...) in shopify-app-express, it is that app's `.api`. " +
      'Leave it out with shopify-app-react-router, whose authenticate.webhook(request) goes to fromAuthenticated',
  )
  demand(
    typeof client === 'function' || typeof client?.track === 'function',
    'client',
    'must be a client, createCapi(...), or a function that finds one for a shop',
  )
  const wrong = wrongRule(options)
  if (wrong !== undefined) demand(false, wrong.option, wrong.rule)
  for (const { option, holds, rule } of CHECKS)
    demand(options[option] === undefined || holds(options[option]), option, rule)
  demand(
    typeof timeoutMs === 'number' && timeoutMs > 0 && timeoutMs < SHOPIFY_WAITS_MS,
    'timeoutMs',
    `must lie between 0 and ${SHOPIFY_WAITS_MS}: Shopify waits no longer`,
  )
  demand(
    typeof maxBodyBytes === 'number' && maxBodyBytes > 0,
    'maxBodyBytes',
    'must be a number above 0',
  )
  return {
    ...options,
    orders: orderStore(options),
    instances,
    timeoutMs,
    maxBodyBytes,
    now: options.now ?? Date.now,
    hintOnce: onceFor(),
    report: reporter(options.onError),
  }
}

const FUNCTIONS = ['findOrder', 'onCompliance', 'onProcessed', 'onError', 'now'] as const

interface Check {
  readonly option: keyof ShopifyCapiOptions
  readonly holds: (value: unknown) => boolean
  readonly rule: string
}

/** What options must be that are neither words nor rules of mapping. */
const CHECKS: readonly Check[] = [
  ...FUNCTIONS.map((option) => ({
    option,
    holds: (value: unknown) => typeof value === 'function',
    rule: 'must be a function',
  })),
  {
    option: 'topics',
    holds: (value) =>
      Array.isArray(value) && value.every((one) => EXTRA_TOPICS.includes(one as ExtraTopic)),
    rule: `must be a list of: ${EXTRA_TOPICS.map((topic) => `'${topic}'`).join(', ')}`,
  },
  {
    option: 'identity',
    holds: (value) => hasMethods(value, ['put', 'find', 'link', 'redact', 'forgetShop']),
    rule: 'must be an identity store: memoryIdentityStore(), sqliteIdentityStore(...) or its five functions',
  },
  {
    option: 'orders',
    holds: (value) => hasMethods(value, ['mark', 'forget']),
    rule: 'must be an order store: memoryOrderStore(), sqliteOrderStore(...) or its two functions',
  },
]

function hasMethods(value: unknown, names: readonly string[]): boolean {
  const given = (value ?? {}) as Readonly<Record<string, unknown>>
  return names.every((name) => typeof given[name] === 'function')
}

/** A misspelt name would cost sales, which are answered 200. */
export function refuseUnknown(line: string): never {
  const names = Object.keys(SHOPIFY_OPTIONS).join(', ')
  throw new CapiConfigError('config_invalid', `${line} The options are: ${names}.`)
}

function isList(shopify: ShopifyCapiOptions['shopify']): shopify is readonly ShopifyWebhooks[] {
  return Array.isArray(shopify)
}

function onceFor(): Resolved['hintOnce'] {
  const written = new Set<string>()
  return (line) => {
    if (written.has(line)) return
    written.add(line)
    process.emitWarning(`@capi/shopify: ${line}`, 'CapiShopifyWarning')
  }
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
