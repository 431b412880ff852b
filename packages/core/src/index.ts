export type { AppDataInput } from './app-data/app-data.ts'
export { createFbc, type Fbc, parseFbc } from './click-id/fbc.ts'
export { createFbp, type Fbp, parseFbp } from './click-id/fbp.ts'
export { closeOnShutdown, type ShutdownOptions } from './client/close-on-shutdown.ts'
export { createCapi } from './client/create-capi.ts'
export type { CapiOptions } from './client/options.ts'
export { optionsFromEnv } from './client/options-from-env.ts'
export type { Receipt } from './client/receipt.ts'
export type { TrackArguments, TrackOptions } from './client/track-arguments.ts'
export type {
  Capi,
  DeadLetterFilter,
  DeadLetters,
  DrainOptions,
  FlushResult,
  PixelStatus,
  RootTracker,
  SendOptions,
  Stats,
  Tracker,
} from './client/tracker.ts'
export type { CurrencyCode } from './custom-data/currency-table.ts'
export type {
  Content,
  CustomData,
  PurchaseData,
  StandardCustomData,
} from './custom-data/custom-data.ts'
export type { PixelState } from './delivery/pixel-state.ts'
export type { ActionSource } from './event/action-source.ts'
export { type BuildOptions, type BuiltEvent, buildEvent } from './event/build-event.ts'
export type { EventsPayload } from './event/checked-event.ts'
export type { Consent } from './event/consent.ts'
export { eventIdFrom } from './event/event-id.ts'
export type {
  EventFields,
  EventInput,
  Scope,
  ScopedEventFields,
  ScopedEventInput,
} from './event/event-input.ts'
export type { EventName, StandardEventName } from './event/event-name.ts'
export { hashUserData } from './event/hash-user-data.ts'
export type { SavedContext } from './event/saved-context.ts'
export type { ServerEvent } from './event/server-event.ts'
export { sha256 } from './hash/sha256.ts'
export type { RequestTracker } from './http/request-tracker.ts'
export type { Cause } from './issue/cause.ts'
export type { Drop, DropReason } from './issue/drop-reason.ts'
export {
  CapiApiError,
  CapiClosedError,
  CapiConfigError,
  CapiError,
  type CapiErrorCode,
  CapiNetworkError,
  CapiStoreError,
  CapiTimeoutError,
  CapiValidationError,
  type StoreProblem,
} from './issue/errors.ts'
export type { Issue } from './issue/issue.ts'
export type { IssueCode } from './issue/issue-catalog.ts'
export type { SendReceipt, SendResult } from './issue/send-result.ts'
export type { ParsePhone } from './normalize/rule-context.ts'
export type { Clock } from './runtime/clock.ts'
export type { Logger } from './runtime/logger.ts'
export type { DeadLetter, ReplayResult } from './store/dead-letters.ts'
export { type MemoryOutboxOptions, memoryOutbox } from './store/memory-outbox.ts'
export type { CapiChannels } from './transport/diagnostics.ts'
export type { AccessToken } from './transport/exchange-options.ts'
export { normalizeField } from './user-data/normalize-field.ts'
export type {
  HashedField,
  UserData,
  UserDataInput,
} from './user-data/user-data.ts'
