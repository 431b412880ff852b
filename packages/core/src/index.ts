export type { AppDataInput, ExtinfoInput } from './app-data/app-data.ts'
export { createFbc, type Fbc, parseFbc } from './click-id/fbc.ts'
export { createFbp, type Fbp, parseFbp } from './click-id/fbp.ts'
export { createCapi } from './client/create-capi.ts'
export type {
  Capi,
  DeadLetters,
  DrainOptions,
  FlushResult,
  Receipt,
  RootTracker,
  SendOptions,
  SendResult,
  Stats,
  Tracker,
} from './client/tracker.ts'
export type { Clock } from './clock.ts'
export type { Consent } from './consent.ts'
export type { CurrencyCode } from './custom-data/currency-table.ts'
export type {
  Content,
  CustomData,
  CustomerSegmentation,
  DeliveryCategory,
  PurchaseData,
  StandardCustomData,
} from './custom-data/custom-data.ts'
export type { RetryOptions } from './delivery/backoff.ts'
export type { Cause, Drop, DropReason } from './delivery/drop-reason.ts'
export type { PixelState, PixelStatus } from './delivery/lane-gate.ts'
export { type MemoryOutboxOptions, memoryOutbox } from './delivery/memory-outbox.ts'
export type {
  DeadLetter,
  DeadLetterFilter,
  DeadLetterStore,
  Lease,
  LeasedItem,
  LeaseToken,
  Loss,
  Outbox,
  OutboxItem,
  PixelCounts,
  PutOptions,
  PutResult,
  ReplayResult,
  Settlement,
  SettleResult,
} from './delivery/outbox-port.ts'
export type { CapiChannels } from './diagnostics.ts'
export {
  type AnyCapiError,
  CapiApiError,
  CapiConfigError,
  CapiError,
  type CapiErrorCode,
  CapiNetworkError,
  CapiStoreError,
  CapiTimeoutError,
  CapiValidationError,
  type StoreProblem,
} from './errors.ts'
export type { ActionSource, MessagingChannel } from './event/action-source.ts'
export type { AttributionData } from './event/attribution-data.ts'
export { type BuildOptions, type BuiltEvent, buildEvent } from './event/build-event.ts'
export { eventIdFrom } from './event/event-id.ts'
export type {
  EventFields,
  EventInput,
  Scope,
  ScopedEventFields,
  ScopedEventInput,
} from './event/event-input.ts'
export type { EventName, StandardEventName } from './event/event-name.ts'
export type { OriginalEventData } from './event/original-event-data.ts'
export type { ServerEvent } from './event/server-event.ts'
export { sha256 } from './hash/sha256.ts'
export type { CookieDomain } from './http/cookie-domain.ts'
export {
  type RequestContext,
  type RequestContextOptions,
  requestContext,
} from './http/request-context.ts'
export type { RequestLike, TrustedProxies } from './http/request-like.ts'
export type { RequestTracker } from './http/request-tracker.ts'
export type { RequestWarning } from './http/request-warning.ts'
export type { Issue } from './issue.ts'
export type { IssueCode } from './issue-catalog.ts'
export type { Logger } from './logger.ts'
export { type NormalizeOptions, normalizeField } from './normalize/normalize-field.ts'
export type { ParsePhone } from './normalize/rule-context.ts'
export type { AccessToken, BatchOptions, CapiOptions, GatewayOptions } from './options.ts'
export { optionsFromEnv } from './options-from-env.ts'
export { type Attempt, type Classified, classify, type Verdict } from './transport/classify.ts'
export { type GraphResponse, parseGraphResponse } from './transport/graph-response.ts'
export { hashUserData, type UserDataOptions } from './user-data/hash-user-data.ts'
export type {
  HashedField,
  RawValue,
  RawValues,
  UserData,
  UserDataInput,
} from './user-data/user-data.ts'
