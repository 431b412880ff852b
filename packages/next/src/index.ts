/** What an application names most often of core, so that it need not depend on it. */
export {
  type Capi,
  CapiError,
  type Consent,
  type Drop,
  type Issue,
  type Receipt,
  type SavedContext,
  type Scope,
  type UserDataInput,
} from '@capi/core'
export type { RequestCapi } from '@capi/core/adapter'
export {
  type CollectorOptions,
  type Refusal,
  type SignEventOptions,
  signEvent,
} from '@capi/core/collector'
export type { CapiHandlers, CapiNext, OwnProxy, PagesRequest } from './capi-next.ts'
export { createCapiNext } from './create-capi-next.ts'
export type { CapiNextOptions, RequestOptions, VisitCookie, VisitRequest } from './next-options.ts'
