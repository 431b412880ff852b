/** The options by which adapters read requests; `http/request-options.ts` has the table of them. */
export const REQUEST_OPTION_NAMES = [
  'consent',
  'user',
  'clientIp',
  'skip',
  'siteUrl',
  'pageUrl',
  'cookies',
  'cookieDomain',
  'client',
  'autoPageView',
  'trustedProxies',
  'address',
] as const
