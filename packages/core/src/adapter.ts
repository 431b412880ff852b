/**
 * What adapters, endpoints and bare servers are made of. Names marked `@internal` are for packages of this repository
 * alone: any release may change them.
 */

export type { ClientLike, TrackerLike } from './client/client-like.ts'
export { CLIENT_OPTIONS, clientOptions, ignoredLine } from './client/client-options.ts'
export { isTestClient } from './client/test-client.ts'
export type { CheckedData } from './custom-data/checked-data.ts'
export { minorUnits } from './custom-data/currency-table.ts'
export { ACTION_SOURCES } from './event/action-source.ts'
export { consentOf, isConsent } from './event/consent.ts'
export { isStandard } from './event/event-name.ts'
export { maxAgeSec } from './event/event-time.ts'
export { meetsIdentityFloor } from './event/identity-floor.ts'
export { homeOf } from './event/key-homes.ts'
export type { CookieDomain } from './http/cookie-domain.ts'
export { fastifyProxies } from './http/fastify-proxies.ts'
export {
  type HostedRequest,
  type OnEnd,
  onClose,
  type RequestCapi,
  type ServedResponse,
  type Shared,
} from './http/hosted-request.ts'
export type { ResponseHead, ResponseLike } from './http/keep-cookies.ts'
export type { Platform, PlatformHostOptions, PlatformOptions } from './http/platform.ts'
export type { AddressPlatform } from './http/platform-address.ts'
export {
  type PlatformHost,
  type PlatformRequest,
  type PlatformSetup,
  platformHost,
} from './http/platform-host.ts'
export {
  type RequestContext,
  type RequestContextOptions,
  readRequestContext,
  requestContext,
} from './http/request-context.ts'
export {
  type HostOptions,
  type HostSetup,
  type RequestHost,
  requestHost,
} from './http/request-host.ts'
export type { RequestLike, TrustedProxies } from './http/request-like.ts'
export type {
  ClientChoice,
  RequestOptions,
  SomeRequestOptions,
} from './http/request-options.ts'
export {
  createRequestTracker,
  type HostedRequestTracker,
  type RequestTrackerOptions,
} from './http/request-tracker.ts'
export type { RequestWarning } from './http/request-warning.ts'
export { refuseSiteAddress } from './option/meta-address.ts'
export {
  atLeast,
  callback,
  checkOptions,
  type OptionRule,
  type OptionRules,
  oneOf,
} from './option/option-rules.ts'
export type { OptionKind, OptionTable } from './option/option-table.ts'
export {
  type OptionReader,
  readOptions,
  refuseRequest,
  resemblesConsent,
} from './option/read-options.ts'
export { type OwnThread, workerFile } from './option/worker-file.ts'
export { attempt } from './runtime/attempt.ts'
export { systemClock } from './runtime/clock.ts'
export { errorName } from './runtime/error-name.ts'
export { type GraphResponse, parseGraphResponse } from './transport/graph-response.ts'
export { DEFAULT_API_VERSION, versionNotice } from './transport/graph-versions.ts'
