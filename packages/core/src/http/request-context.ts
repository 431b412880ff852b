import { createFbc, parseFbc } from '../click-id/fbc.ts'
import { createFbp, isFbp } from '../click-id/fbp.ts'
import { rawFbclid } from '../click-id/raw-fbclid.ts'
import type { Scope } from '../event/event-input.ts'
import { ofRequest } from '../event/request-scope.ts'
import { withWarnings } from '../event/scope-warnings.ts'
import { bareIp, firstPublicIp } from '../field/client-ip.ts'
import { demandObject } from '../option/demand.ts'
import { tidyOption } from '../option/tidy-option.ts'
import { unknownLine, unknownNames } from '../option/unknown-names.ts'
import { attempt } from '../runtime/attempt.ts'
import { isExpired } from '../user-data/fbc-warnings.ts'
import { isBehindUnknownProxy } from './behind-unknown-proxy.ts'
import { type CookieDomain, cookiePlace } from './cookie-domain.ts'
import { clickCookie, cookiePairs, readCookie } from './cookies.ts'
import { askedOnce, headerOf, type RequestLike, type TrustedProxies } from './request-like.ts'
import { isDocumentRequest, isSameSite } from './request-page.ts'
import { visitedUrl, webUrl } from './request-url.ts'
import { type RequestWarning, warningOf, watchHeaders } from './request-warning.ts'
import { isAnybodyTrusted, visitorAddress } from './visitor-address.ts'

/**
 * How to read a request. No header is believed that a visitor could have written, unless a proxy of yours is named. Meta's
 * cookies `_fbc`, `_fbp` and `_fbi` are the visitor's own word.
 */
export interface RequestContextOptions {
  /** The time, milliseconds since 1970; default `Date.now()`. */
  readonly nowMs?: number | undefined
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
  readonly siteUrl?: string | undefined
  /**
   * The page's address, where the request's own is not it (the API of a single-page application): whole, or a path of the
   * site. Default: for what a page's script asks, the `Referer`, if it is of the same site; else the address asked for.
   */
  readonly pageUrl?: string | undefined
  /** The visitor's address where it is known already; default: the request's, else found by `trustedProxies`. */
  readonly clientIp?: string | undefined
}

/** A table, so that the compiler misses one that is added. */
const OPTIONS: Readonly<Record<keyof RequestContextOptions, 1>> = {
  nowMs: 1,
  random: 1,
  trustedProxies: 1,
  cookieDomain: 1,
  siteUrl: 1,
  pageUrl: 1,
  clientIp: 1,
}

/** What a request says about its visitor, and the cookies to answer with. */
export interface RequestContext {
  /** Plain data: can wait on a job queue and be handed to `capi.with(scope)` later. `with` logs the `warnings`, once each. */
  readonly scope: Scope & { readonly action_source: 'website' }
  /** The visitor's address as the connection and your proxies tell it: for rate limits, for no cookie can change it. */
  readonly clientIp?: string | undefined
  /** `Set-Cookie` values for `_fbc` and `_fbp`, where they are new or changed. */
  readonly setCookies: readonly string[]
  /** What keeps the request from being read in full; empty when nothing does. */
  readonly warnings: readonly RequestWarning[]
}

const TAKES = 'requestContext takes a request and an object of options.'

/**
 * What a web request knows of its visitor: address, user agent, page, referrer, click and browser
 * id. Never throws, whatever the headers hold.
 * @throws CapiConfigError for a request or options that are no object.
 * @example
 * const { scope } = requestContext({ url: request.url, header: (name) => request.headers.get(name) })
 * await capi.with(scope).track('Lead', {}, { user_data: { em } })
 */
export function requestContext(
  request: RequestLike,
  options: RequestContextOptions = {},
): RequestContext {
  demandObject(request, TAKES)
  demandObject(options, TAKES)
  const unknown = attempt(() => unknownNames(options, Object.keys(OPTIONS)), [])
  const context = readRequestContext(
    request,
    attempt(() => tidy(options), options),
  )
  const warnings = [...context.warnings]
  if (unknown.length > 0) {
    const renamed = 'baseUrl' in options ? " The site's address is siteUrl." : ''
    const message = unknownLine('requestContext', unknown) + renamed
    warnings.push({ code: 'option_unknown', message })
  }
  return { ...context, scope: ofRequest(withWarnings(context.scope, warnings)), warnings }
}

function tidy(options: RequestContextOptions): RequestContextOptions {
  const entries = Object.entries(options).map(([name, value]) => [
    name,
    tidyOption(value, name === 'cookieDomain' ? 'text' : 'any', options),
  ])
  return Object.fromEntries(entries)
}

/**
 * The same for an adapter, which has checked its options and reports the warnings itself.
 * @internal
 */
export function readRequestContext(
  request: RequestLike,
  options: RequestContextOptions,
): RequestContext {
  const { watched, isUnreadable } = watchHeaders(request)
  try {
    const context = read(watched, {
      ...options,
      trustedProxies: askedOnce(options.trustedProxies),
    })
    if (!isUnreadable()) return context
    return { ...context, warnings: [...context.warnings, warningOf('header_unreadable')] }
  } catch {
    // A function of the caller's threw: the request still gets its tracker.
    return { scope: { action_source: 'website' }, setCookies: [], warnings: [] }
  }
}

function read(request: RequestLike, options: RequestContextOptions): RequestContext {
  const now = Math.floor(options.nowMs ?? Date.now())
  const url = visitedUrl(request, options.trustedProxies, options.siteUrl)
  const referrer = webUrl(headerOf(request, 'referer'))
  const page = pageOf(request, options, url, referrer)
  const address = addressOf(request, options)
  const cookies = cookiePairs(headerOf(request, 'cookie'))
  const place = cookiePlace(url, options.cookieDomain)
  const knownFbc = readCookie(cookies, '_fbc')
  const knownFbp = readCookie(cookies, '_fbp')
  const fbc = currentFbc([url, page, referrer], knownFbc, now, place.subdomainIndex)
  const isKnown = knownFbp !== undefined && isFbp(knownFbp)
  const fbp = isKnown
    ? knownFbp
    : createFbp(now, options.random ?? Math.random, place.subdomainIndex)
  const attributes = { domain: place.domain, secure: url?.startsWith('https:') ?? false }
  return {
    scope: {
      action_source: 'website',
      event_source_url: page ?? url,
      // A script's Referer is its page, and no page tells what led to it.
      referrer_url: page === referrer ? undefined : referrer,
      user_data: {
        client_ip_address: preferredIp(address, readCookie(cookies, '_fbi')),
        client_user_agent: headerOf(request, 'user-agent'),
        fbc,
        fbp,
      },
    },
    clientIp: address,
    setCookies: [
      ...(fbc !== undefined && fbc !== knownFbc ? [clickCookie('_fbc', fbc, attributes)] : []),
      ...(fbp !== undefined && fbp !== knownFbp ? [clickCookie('_fbp', fbp, attributes)] : []),
    ],
    warnings: addressWarnings(request, options, address),
  }
}

/** The page that is not what was asked for: the one that the application names, else a script's. */
function pageOf(
  request: RequestLike,
  { pageUrl, siteUrl, cookieDomain, trustedProxies }: RequestContextOptions,
  visited: string | undefined,
  referrer: string | undefined,
): string | undefined {
  const named = pageUrl?.startsWith('/')
    ? visitedUrl({ ...request, url: pageUrl }, trustedProxies, siteUrl)
    : webUrl(pageUrl)
  if (named !== undefined || referrer === undefined || isDocumentRequest(request)) return named
  return isSameSite(request, referrer, { visited, siteUrl, cookieDomain }) ? referrer : undefined
}

function addressOf(request: RequestLike, options: RequestContextOptions): string | undefined {
  const known = givenAddress(request, options)
  return known === undefined
    ? visitorAddress(request, options.trustedProxies)
    : firstPublicIp(known)
}

function givenAddress(request: RequestLike, options: RequestContextOptions): string | undefined {
  const given: readonly unknown[] = [options.clientIp, request.clientIp]
  return given.find((one): one is string => typeof one === 'string' && one.trim() !== '')
}

/** On loopback and in a private network no address is missing: no visitor has such an address. */
function addressWarnings(
  request: RequestLike,
  options: RequestContextOptions,
  address: string | undefined,
): readonly RequestWarning[] {
  const { trustedProxies } = options
  if (givenAddress(request, options) !== undefined) return []
  if (address !== undefined)
    return isAnybodyTrusted(request, trustedProxies, address) ? [warningOf('trust_proxy_all')] : []
  if (request.remoteAddress === undefined) return [warningOf('client_ip_unknown')]
  return isBehindUnknownProxy(request, trustedProxies) ? [warningOf('trust_proxy_unset')] : []
}

/**
 * Meta's Parameter Builder keeps the address that the visitor's browser found out in `_fbi`. Its IPv6 comes before the
 * request's IPv4, for Meta prefers IPv6; its IPv4 stands in where the request tells none.
 */
function preferredIp(ip: string | undefined, cookie: string | undefined): string | undefined {
  const told = cookie === undefined ? undefined : bareIp(cookie)
  return told !== undefined && (ip === undefined || (isV6(told) && !isV6(ip))) ? told : ip
}

function isV6(ip: string): boolean {
  return ip.includes(':')
}

/**
 * The first click id of these addresses, else the cookie's; the cookie stays if it holds the same one, and counts while
 * Meta's own would live.
 */
function currentFbc(
  urls: readonly (string | undefined)[],
  known: string | undefined,
  now: number,
  subdomainIndex: number,
): string | undefined {
  const cookie = known === undefined ? undefined : parseFbc(known)
  let fbclid: string | undefined
  for (const url of urls) fbclid ??= rawFbclid(url ?? '')
  const fresh = fbclid === cookie?.fbclid ? undefined : createFbc(fbclid, now, subdomainIndex)
  return fresh ?? (cookie && !isExpired(cookie.creationTimeMs, now) ? known : undefined)
}
