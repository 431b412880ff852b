import type { OptionTable } from '@capi/core/adapter'
import type { IdentityEndpointOptions } from './identity/identity-endpoint.ts'
import type { IdentityStoreOptions } from './identity/identity-store.ts'
import type { SqliteIdentityStoreOptions } from './identity/sqlite-identity-store.ts'
import type { MappingRules } from './mapping-options.ts'
import type { HandlerOptions } from './shopify-capi/handlers.ts'
import type { ShopifyCapiOptions } from './shopify-capi/options.ts'

const MAPPING_RULES = {
  purchaseOn: 'any',
  pending: 'any',
  contentId: 'text',
  value: 'any',
  money: 'any',
  eventId: 'text',
  renewals: 'any',
  actionSource: 'text',
  consent: 'consent',
} as const satisfies OptionTable<MappingRules>

/** What `shopifyCapi` takes. A missing name, and one too many, do not compile. */
export const SHOPIFY_OPTIONS = {
  ...MAPPING_RULES,
  shopify: 'any',
  client: 'any',
  topics: 'text',
  identity: 'any',
  findOrder: 'any',
  onCompliance: 'any',
  onProcessed: 'any',
  onError: 'any',
  timeoutMs: 'any',
  maxBodyBytes: 'any',
  now: 'any',
} as const satisfies OptionTable<ShopifyCapiOptions>

export const HANDLER_OPTIONS = {
  callbackUrl: 'text',
} as const satisfies OptionTable<HandlerOptions>

export const ENDPOINT_OPTIONS = {
  store: 'any',
  shops: 'any',
  perMinute: 'any',
  clientIp: 'text',
  onRefused: 'any',
  now: 'any',
} as const satisfies OptionTable<IdentityEndpointOptions>

export const IDENTITY_OPTIONS = {
  ttlMs: 'any',
  maxEntries: 'any',
  now: 'any',
} as const satisfies OptionTable<IdentityStoreOptions>

export const SQLITE_IDENTITY_OPTIONS = {
  ...IDENTITY_OPTIONS,
  path: 'any',
} as const satisfies OptionTable<SqliteIdentityStoreOptions>

/** Says that names are unknown. These functions have no logger. */
export function emitUnknown(line: string): void {
  process.emitWarning(`@capi/shopify: ${line}`, 'CapiShopifyWarning', 'option_unknown')
}
