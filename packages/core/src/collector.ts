/**
 * Takes events from pages, on web `Request` and `Response`. Names marked `@internal` are for packages of this repository
 * alone: any release may change them.
 */
export { type CollectorTracker, collect } from './collector/collect.ts'
export {
  asksForScript,
  type CollectorCaller,
  type CollectorOptions,
  collectorOptions,
  type ReadyCollectorOptions,
} from './collector/collector-options.ts'
export {
  type EarlierBody,
  earlierBody,
  type NodeRequest,
  type NodeResponse,
  serveNode,
} from './collector/node-request.ts'
export { corsHeaders, mayCall } from './collector/origins.ts'
export type { FileRequest, PageScript } from './collector/page-script.ts'
export {
  callerNetwork,
  type RateLimit,
  type RateLimiter,
  rateLimiter,
} from './collector/rate-limiter.ts'
export { type Body, type BodyLimits, readBody } from './collector/read-body.ts'
export type { Refusal } from './collector/refusal.ts'
export { type SignEventOptions, signEvent } from './collector/sign-event.ts'
