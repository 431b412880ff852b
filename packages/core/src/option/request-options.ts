import type { AnyOptionTable } from './option-table.ts'

/**
 * How requests are read: the options that every adapter has.
 * @internal
 */
export const REQUEST_OPTIONS = {
  consent: 'consent',
  user: 'any',
  clientIp: 'text',
  skip: 'any',
  siteUrl: 'text',
  pageUrl: 'text',
  cookies: 'any',
  cookieDomain: 'text',
} as const satisfies AnyOptionTable
