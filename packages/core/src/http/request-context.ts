import { createFbc, parseFbc } from '../click-id/fbc.ts'
import { createFbp, parseFbp } from '../click-id/fbp.ts'
import type { Scope } from '../event/event-input.ts'
import { clientIp } from './client-ip.ts'
import { type CookieDomain, cookiePlace } from './cookie-domain.ts'
import { clickCookie, readCookie } from './cookies.ts'
import { headerOf, type RequestLike, type TrustedProxies } from './request-like.ts'
import { rawFbclid, visitedUrl, webUrl } from './request-url.ts'
import { visitorAddress } from './visitor-address.ts'

/**
 * How to read a request. Nothing in a request is believed that a visitor could have written, unless a proxy of
 * yours is named.
 */
export interface RequestContextOptions {
  /** Milliseconds; default `Date.now()`. */
  readonly now?: number | undefined
  /** Gives [0, 1); default `Math.random`. */
  readonly random?: (() => number) | undefined
  /** Proxies of yours, whose X-Forwarded headers are true. Default: none. */
  readonly trustedProxies?: TrustedProxies | undefined
  /** Registrable domain for the cookies, for example `example.com`. Default: the host alone; never guessed. */
  readonly cookieDomain?: CookieDomain | undefined
  /**
   * Where the site is, for example `https://shop.example`: scheme, host and a path in front of the request's.
   * Default: what the request says.
   */
  readonly baseUrl?: string | undefined
  /** The visitor's address where it is known already; default: found by `trustedProxies`. */
  readonly clientIp?: string | undefined
}

/** What a request told, and the cookies to answer with. */
export interface RequestContext {
  /** Plain data: can wait on a job queue and be handed to `capi.with(scope)` later. */
  readonly scope: Scope & { readonly action_source: 'website' }
  /** `Set-Cookie` values for `_fbc` and `_fbp`, where they are new or changed. */
  readonly setCookies: readonly string[]
}

/**
 * What a web request knows of its visitor: address, user agent, page, referrer, click and browser
 * id. Never throws, whatever the headers hold.
 */
export function requestContext(
  request: RequestLike,
  options: RequestContextOptions = {},
): RequestContext {
  try {
    return read(request, options)
  } catch {
    // A function of the caller's threw: the request still gets its tracker.
    return { scope: { action_source: 'website' }, setCookies: [] }
  }
}

function read(request: RequestLike, options: RequestContextOptions): RequestContext {
  const now = options.now ?? Date.now()
  const url = visitedUrl(request, options.trustedProxies, options.baseUrl)
  const referrer = webUrl(headerOf(request, 'referer'))
  const cookies = headerOf(request, 'cookie')
  const place = cookiePlace(url, options.cookieDomain)
  const knownFbc = readCookie(cookies, '_fbc')
  const knownFbp = readCookie(cookies, '_fbp')
  const fbc = currentFbc(url, referrer, knownFbc, now, place.subdomainIndex)
  const isKnown = knownFbp !== undefined && parseFbp(knownFbp) !== undefined
  const fbp = isKnown
    ? knownFbp
    : createFbp(now, options.random ?? Math.random, place.subdomainIndex)
  const attributes = { domain: place.domain, secure: url?.startsWith('https:') ?? false }
  return {
    scope: {
      action_source: 'website',
      event_source_url: url,
      referrer_url: referrer,
      user_data: {
        client_ip_address: addressOf(request, options),
        client_user_agent: headerOf(request, 'user-agent'),
        fbc,
        fbp,
      },
    },
    setCookies: [
      ...(fbc !== undefined && fbc !== knownFbc ? [clickCookie('_fbc', fbc, attributes)] : []),
      ...(fbp !== knownFbp ? [clickCookie('_fbp', fbp, attributes)] : []),
    ],
  }
}

function addressOf(request: RequestLike, options: RequestContextOptions): string | undefined {
  const { clientIp: known, trustedProxies } = options
  return typeof known === 'string' ? clientIp(known) : visitorAddress(request, trustedProxies)
}

/** The click id in the address, else in the referrer's, else the cookie's; the cookie stays if it holds the same one. */
function currentFbc(
  url: string | undefined,
  referrer: string | undefined,
  known: string | undefined,
  now: number,
  subdomainIndex: number,
): string | undefined {
  const cookie = known === undefined ? undefined : parseFbc(known)
  const fbclid = rawFbclid(url ?? '') ?? rawFbclid(referrer ?? '')
  const fresh = fbclid === cookie?.fbclid ? undefined : createFbc(fbclid, now, subdomainIndex)
  return fresh ?? (cookie && known)
}
