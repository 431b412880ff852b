/** What an application names most often of core, so that it need not depend on it. */
export {
  type Capi,
  CapiError,
  type Consent,
  type Drop,
  type Issue,
  type Receipt,
  type RequestTracker,
  type SavedContext,
  type Scope,
  type UserDataInput,
} from '@capi/core'
export { CapiModule } from './capi.module.ts'
export { CapiService } from './capi.service.ts'
export { CapiContext } from './capi-context.decorator.ts'
export type {
  CapiModuleAsyncOptions,
  CapiModuleExtras,
  CapiModuleOptions,
  CapiOptionsFactory,
  CapiTestingOptions,
} from './capi-module-options.ts'
export { CapiRecorder } from './capi-recorder.ts'
export { CapiTesting } from './capi-testing.ts'
export type { PlatformRequest } from './platform-request.ts'
export { SkipCapi } from './skip-capi.decorator.ts'
export { getCapiRecorderToken, getCapiToken, InjectCapi } from './tokens.ts'
export { TrackEvent, type TrackEventOptions } from './track-event.decorator.ts'
