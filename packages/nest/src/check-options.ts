import { CapiConfigError } from '@capi/core'
import { isConsent, isCookieDomain, isSiteAddress, refuseSiteAddress } from '@capi/core/adapter'
import type { CapiModuleOptions } from './capi-module-options.ts'

type Checked = 'siteUrl' | 'cookieDomain' | 'consent' | 'client'

/** What a value must be when it is given, and is no function of the request. */
const RULES: Readonly<Record<Checked, readonly [fits: (value: unknown) => boolean, must: string]>> =
  {
    siteUrl: [isSiteAddress, "must be the site's address, as 'https://shop.example'"],
    cookieDomain: [isCookieDomain, "must be a domain alone, as 'shop.example', or a function"],
    client: [
      isClient,
      'must be a client, createCapi(…), that is there when the application starts',
    ],
    consent: [isConsent, "must be 'granted', 'denied', 'ldu' or 'pending', or a function"],
  }

/** @throws CapiConfigError for what would otherwise cost every event a field, or all of them, without a word. */
export function checkOptions(options: CapiModuleOptions): void {
  refuseSiteAddress(options)
  for (const [option, [fits, must]] of Object.entries(RULES)) {
    const value = options[option as Checked]
    const isAsked = typeof value === 'function' && option !== 'client'
    if (value === undefined || isAsked || fits(value)) continue
    throw new CapiConfigError('config_invalid', `Option ${option} ${must}.`)
  }
}

function isClient(value: unknown): boolean {
  return typeof (value as { readonly with?: unknown } | null)?.with === 'function'
}
