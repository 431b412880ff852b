/** What an application names most often of core, so that it need not depend on it. */
export type { Capi, Consent, Drop, Issue, Receipt, SavedContext, Scope } from '@capi/core'
export { CapiError, closeOnShutdown, type ShutdownOptions, type UserDataInput } from '@capi/core'
export type { RequestCapi } from '@capi/core/adapter'
export { type Refusal, type SignEventOptions, signEvent } from '@capi/core/collector'
export { type CollectorOptions, capiCollector } from './capi-collector.ts'
export { capiPlugin } from './capi-plugin.ts'
export type { CapiPluginOptions, RequestOptions } from './plugin-options.ts'
export { getCapi } from './request-capi.ts'
