import { hostOf } from '../field/host-of.ts'
import { attempt } from '../runtime/attempt.ts'

/** The registrable domain of a host (`example.co.uk` of `www.example.co.uk`), or a function that finds it. */
export type CookieDomain = string | ((host: string) => string | undefined)

export interface CookiePlace {
  /** Undefined: the cookie belongs to the host alone. */
  readonly domain: string | undefined
  /** The second segment of `_fbc` and `_fbp`. */
  readonly subdomainIndex: number
}

/** The index is what Meta documents for values made on a server without a cookie's domain. */
const HOST_ALONE: CookiePlace = { domain: undefined, subdomainIndex: 1 }

/**
 * Where the cookies belong. The registrable domain comes from the caller: without a list of public
 * suffixes `co.uk` cannot be distinguished from `example.uk`, and browsers refuse cookies for such.
 * Source: Meta, fbp and fbc Parameters, read 2026-09: the index counts the domain's labels from 0.
 */
export function cookiePlace(
  url: string | undefined,
  cookieDomain: CookieDomain | undefined,
): CookiePlace {
  if (cookieDomain === undefined) return HOST_ALONE
  const host = url === undefined ? '' : hostOf(url)
  const given =
    typeof cookieDomain === 'function' ? attempt(() => cookieDomain(host)) : cookieDomain
  const domain = typeof given === 'string' ? given.toLowerCase().replace(/^\./, '') : undefined
  if (domain === undefined || !isOwn(domain, host)) return HOST_ALONE
  return { domain, subdomainIndex: domain.split('.').length - 1 }
}

/** A browser drops a cookie for a domain that is not the host's. */
function isOwn(domain: string, host: string): boolean {
  return (
    /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(domain) && (host === domain || host.endsWith(`.${domain}`))
  )
}
