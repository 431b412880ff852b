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
export type { Platform, RequestCapi } from '@capi/core/adapter'
export {
  type CollectorOptions,
  type Refusal,
  type SignEventOptions,
  signEvent,
} from '@capi/core/collector'
export {
  type CapiWeb,
  type CapiWebOptions,
  capiWeb,
  type OpenRequest,
  type WebCaller,
} from './capi-web.ts'
