/** What an application names most often of core, so that it need not depend on it. */
export type { Capi, Consent, Drop, Issue, Receipt, SavedContext, UserDataInput } from '@capi/core'
export { CapiError, closeOnShutdown } from '@capi/core'
export type { Platform, RequestCapi } from '@capi/core/adapter'
export type { CollectorOptions, Refusal, SignEventOptions } from '@capi/core/collector'
export { signEvent } from '@capi/core/collector'
export type { CapiWeb, CapiWebOptions, OpenRequest, WebCaller } from './capi-web.ts'
export { capiWeb } from './capi-web.ts'
