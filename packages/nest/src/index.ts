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
export type { PlatformRequest } from './platform-request.ts'
export { SkipCapi } from './skip-capi.decorator.ts'
export { getCapiRecorderToken, getCapiToken, InjectCapi } from './tokens.ts'
export { TrackEvent, type TrackEventOptions } from './track-event.decorator.ts'
