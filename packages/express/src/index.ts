/** What an application names most often of core, so that it need not depend on it. */
export {
  type Capi,
  CapiError,
  type Consent,
  closeOnShutdown,
  type Drop,
  type Issue,
  type Receipt,
  type SavedContext,
  type Scope,
  type ShutdownOptions,
  type UserDataInput,
} from '@capi/core'
export type { RequestCapi } from '@capi/core/adapter'
export { type Refusal, type SignEventOptions, signEvent } from '@capi/core/collector'
export { type CapiMiddleware, capiMiddleware } from './capi-middleware.ts'
export {
  type CapiCollector,
  type CollectorOptions,
  capiCollector,
} from './collector/capi-collector.ts'
export type { CapiMiddlewareOptions, CapiRequest, RequestOptions } from './middleware-options.ts'
export { getCapi } from './request-capi.ts'
