import {
  CLIENT_OPTIONS,
  type OptionTable,
  RATE_LIMIT_OPTIONS,
  REQUEST_OPTIONS,
} from '@capi/core/adapter'
import type { CollectorOptions } from './collector/collector-options.ts'
import type { CapiMiddlewareOptions } from './middleware-options.ts'

/** The options of each function of this package; a missing name, and one too many, do not compile. */
export const MIDDLEWARE_OPTIONS = {
  ...CLIENT_OPTIONS,
  ...REQUEST_OPTIONS,
  client: 'any',
  autoPageView: 'any',
  trustedProxies: 'any',
} as const satisfies OptionTable<CapiMiddlewareOptions>

export const COLLECTOR_OPTIONS = {
  allowedOrigins: 'text',
  events: 'text',
  signingSecret: 'text',
  maxBytes: 'any',
  rateLimit: RATE_LIMIT_OPTIONS,
  onRefused: 'any',
  now: 'any',
  logger: 'any',
} as const satisfies OptionTable<CollectorOptions>
