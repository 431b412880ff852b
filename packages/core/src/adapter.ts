/** What adapters and endpoints are made of. An application needs none of it. */
export { attempt } from './attempt.ts'
export { isConsent } from './consent.ts'
export { errorName } from './error-name.ts'
export { maxAgeSec } from './event/event-time.ts'
export { meetsIdentityFloor } from './event/identity-floor.ts'
export { isBehindUnknownProxy } from './http/behind-unknown-proxy.ts'
export { keepCookies, type ResponseLike } from './http/keep-cookies.ts'
export { isPageRequest } from './http/page-request.ts'
export { type RateLimit, rateLimiter } from './http/rate-limiter.ts'
export {
  createRequestTracker,
  type HostedRequestTracker,
  type RequestTrackerOptions,
} from './http/request-tracker.ts'
export { isCookieDomain, isSiteAddress } from './http/site-options.ts'
