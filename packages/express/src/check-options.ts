import { CapiConfigError, type Consent } from '@capi/core'
import type { CapiMiddlewareOptions } from './middleware-options.ts'

/** A table, so that the compiler misses a consent that core adds. */
const CONSENTS: Readonly<Record<Consent, true>> = {
  granted: true,
  denied: true,
  ldu: true,
  pending: true,
}

/** A leading dot is how old cookies were written. */
const HOST_NAME = /^\.?[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i

/** @throws CapiConfigError for what would be ignored without a word later. */
export function checkMiddlewareOptions({
  baseUrl,
  cookieDomain,
  consent,
}: CapiMiddlewareOptions): void {
  demand(
    baseUrl === undefined || /^https?:\/\/[^/?#]/i.test(baseUrl),
    "Option baseUrl must be the site's address, as 'https://shop.example'.",
  )
  demand(
    cookieDomain === undefined ||
      typeof cookieDomain === 'function' ||
      HOST_NAME.test(cookieDomain),
    "Option cookieDomain must be a host name alone, as 'shop.example', or a function of the host.",
  )
  demand(
    consent === undefined || typeof consent === 'function' || isConsent(consent),
    "Option consent must be 'granted', 'denied', 'ldu' or 'pending', or a function of the request.",
  )
}

export function isConsent(value: unknown): value is Consent {
  return typeof value === 'string' && Object.hasOwn(CONSENTS, value)
}

export function demand(holds: boolean, message: string): void {
  if (!holds) throw new CapiConfigError('config_invalid', message)
}
