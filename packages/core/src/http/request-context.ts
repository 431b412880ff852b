import { createFbc, parseFbc } from '../click-id/fbc.ts'
import { createFbp, parseFbp } from '../click-id/fbp.ts'
import type { Scope } from '../tracker.ts'
import { clientIp } from './client-ip.ts'
import { clickCookie, readCookie } from './cookies.ts'
import { rawFbclid, webUrl } from './request-url.ts'

/** The few things of a request that matter here; any framework has them. */
export interface RequestLike {
  /** Reads one header by its lower-case name. */
  readonly header: (name: string) => string | undefined
  /** The whole address the visitor asked for, as far as proxies can be trusted. */
  readonly url: string
  /** The visitor's address, as far as proxies can be trusted. */
  readonly ip: string | undefined
}

export interface RequestContextOptions {
  /** Milliseconds; default `Date.now()`. */
  readonly now?: number
  /** Gives [0, 1); default `Math.random`. */
  readonly random?: () => number
  /** Domain of the cookies, for example `example.com`. Default: the host alone. Never guessed. */
  readonly cookieDomain?: string
}

export interface RequestContext {
  /** Plain data: can wait on a job queue and be handed to `capi.with(scope)` later. */
  readonly scope: Scope
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
  const now = options.now ?? Date.now()
  const url = webUrl(request.url)
  const referrer = webUrl(request.header('referer'))
  const cookies = request.header('cookie')
  const knownFbc = readCookie(cookies, '_fbc')
  const knownFbp = readCookie(cookies, '_fbp')
  const fbc = currentFbc(url, referrer, knownFbc, now)
  const fbp =
    knownFbp !== undefined && parseFbp(knownFbp)
      ? knownFbp
      : createFbp(now, options.random ?? Math.random)
  const attributes = { domain: options.cookieDomain, secure: url?.protocol === 'https:' }
  return {
    scope: {
      action_source: 'website',
      event_source_url: url?.href,
      referrer_url: referrer?.href,
      user_data: {
        client_ip_address: request.ip === undefined ? undefined : clientIp(request.ip),
        client_user_agent: request.header('user-agent'),
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

/** The click id in the address, else in the referrer's, else the cookie's; the cookie stays if it holds the same one. */
function currentFbc(
  url: URL | undefined,
  referrer: URL | undefined,
  known: string | undefined,
  now: number,
): string | undefined {
  const cookie = known === undefined ? undefined : parseFbc(known)
  const fbclid = rawFbclid(url?.search ?? '') ?? rawFbclid(referrer?.search ?? '')
  const fresh = fbclid === cookie?.fbclid ? undefined : createFbc(fbclid, now)
  return fresh ?? (cookie && known)
}
