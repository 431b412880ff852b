import type { IncomingMessage } from 'node:http'
import type { Capi, CapiOptions, Consent, UserDataInput } from '@capi/core'
import type { CookieDomain, NoClientOptions, TrustedProxies } from '@capi/core/adapter'

/** Node's request with what Express, and the session, cookie and login libraries in use, declare of it. */
export type CapiRequest = IncomingMessage & Express.Request

/** Written as a method so that a function of Express's own `Request` fits. */
type OfRequest<T> = { call(req: CapiRequest): T }['call']

/**
 * How requests are read. All functions here are synchronous: of one that throws, or returns a promise, the answer is
 * lost, never the request, and the log says so once.
 */
export interface RequestOptions {
  /**
   * Sets `_fbc` and `_fbp` on page requests of visitors who consent, when they are new or changed; default
   * true. They are what ties a purchase to a click.
   */
  readonly cookies?: boolean | undefined
  /**
   * Registrable domain for those cookies, for example `example.com`, or a function of the host.
   * Default: the host that was asked, alone. Never guessed. A text that is no host name stops the start.
   */
  readonly cookieDomain?: CookieDomain | undefined
  /**
   * What the visitor allows, or a function of the request, asked at each event until `setConsent`: undefined from it
   * means `pending`, a yes or no (`true`, `'1'`, `'no'`) `granted` or `denied`, and a throw, a promise or anything else
   * `denied`. Default: `granted`. A key that is there but undefined is no yes, and stops the start.
   */
  readonly consent?: Consent | OfRequest<Consent | undefined>
  /**
   * Who the visitor is, from the session for example, where it was loaded before; asked at each event. `setUser` and
   * the event's own fields win.
   */
  readonly user?: OfRequest<UserDataInput | undefined> | undefined
  /** The visitor's address, where `trust proxy` does not find it; of a list the first public one. Return undefined to fall back to `trust proxy`. */
  readonly clientIp?: OfRequest<string | undefined> | undefined
  /**
   * True: no cookie and no automatic PageView, and what is tracked all the same is dropped as `disabled`. For bots
   * and health checks. Events whose `action_source` is not `website` are none of the request's, and are tracked.
   */
  readonly skip?: OfRequest<boolean> | undefined
  /**
   * Where the site is, for example `https://shop.example`, as the pages' addresses begin. Default: what the request
   * says. (Meta's own address is `baseUrl`.)
   */
  readonly siteUrl?: string | undefined
  /**
   * The address of the visitor's page, whole or a path of the site, where it is not the request's own: for the API of a
   * single-page application, read it from a header or the body. Default, or undefined: for a request that a page's script
   * sends (`fetch`), its `Referer`, if it is of the same site; else the address asked for.
   */
  readonly pageUrl?: OfRequest<string | undefined> | undefined
  /**
   * Tracks a PageView for each page that was answered with 2xx or 304; default false. Robots that name themselves, and
   * pages that are fetched ahead, are left out.
   */
  readonly autoPageView?: boolean | OfRequest<boolean> | undefined
  /** Where the middleware's own lines go, and those of the client it makes; default: warnings and errors go to the console. */
  readonly logger?: CapiOptions['logger']
  /** The proxies in front of a bare `node:http` server. Default: Express's `trust proxy`, else none. */
  readonly trustedProxies?: TrustedProxies | undefined
}

/** The options of `createCapi`; what is left out comes from the environment. */
interface OwnClient extends CapiOptions {
  /** A client made elsewhere; the options of `createCapi` are then ignored, and do not compile. */
  readonly client?: undefined
}

interface GivenClient extends NoClientOptions {
  /** A client made elsewhere; the options of `createCapi` are then ignored, and do not compile. */
  readonly client?: Capi | undefined
}

/** How requests are read, and all options of `createCapi`, or the client that is made already. */
export type CapiMiddlewareOptions = RequestOptions & (OwnClient | GivenClient)
