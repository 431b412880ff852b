import { CLIENT_OPTIONS, type OptionTable, REQUEST_OPTIONS } from '@capi/core/adapter'
import type { CapiMiddlewareOptions } from './middleware-options.ts'

/** The options of each function of this package; a missing name, and one too many, do not compile. */
export const MIDDLEWARE_OPTIONS = {
  ...CLIENT_OPTIONS,
  ...REQUEST_OPTIONS,
  client: 'any',
  autoPageView: 'any',
  trustedProxies: 'any',
} as const satisfies OptionTable<CapiMiddlewareOptions>
