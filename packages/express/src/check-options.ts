import { CapiConfigError } from '@capi/core'
import { isConsent, isCookieDomain, isSiteAddress, refuseSiteAddress } from '@capi/core/adapter'
import type { CapiMiddlewareOptions } from './middleware-options.ts'

/** @throws CapiConfigError for what would be ignored without a word later. */
export function checkMiddlewareOptions(options: CapiMiddlewareOptions): void {
  const { siteUrl, cookieDomain, consent, client } = options
  refuseSiteAddress(options)
  demand(
    client === undefined || typeof (client as { with?: unknown } | null)?.with === 'function',
    'Option client must be a client, createCapi(…), that is there when the server starts.',
  )
  demand(
    siteUrl === undefined || isSiteAddress(siteUrl),
    "Option siteUrl must be the site's address, as 'https://shop.example'.",
  )
  demand(
    cookieDomain === undefined ||
      typeof cookieDomain === 'function' ||
      isCookieDomain(cookieDomain),
    "Option cookieDomain must be a host name alone, as 'shop.example', or a function of the host.",
  )
  demand(
    consent === undefined || typeof consent === 'function' || isConsent(consent),
    "Option consent must be 'granted', 'denied', 'ldu' or 'pending', or a function of the request.",
  )
}

function demand(holds: boolean, message: string): void {
  if (!holds) throw new CapiConfigError('config_invalid', message)
}
