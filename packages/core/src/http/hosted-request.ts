import type { WarnOnce } from '../runtime/warn-once.ts'
import {
  isShared,
  keepCookies,
  notSet,
  type ResponseHead,
  type ResponseLike,
} from './keep-cookies.ts'
import { isPageRequest } from './page-request.ts'
import type { PlatformOptions } from './platform.ts'
import { addressFrom } from './platform-address.ts'
import { type RequestContext, readRequestContext } from './request-context.ts'
import type { RequestLike, TrustedProxies } from './request-like.ts'
import type { RequestOptions, SomeRequestOptions } from './request-options.ts'
import {
  type HostedRequestTracker,
  RequestCapiTracker,
  type RequestTracker,
} from './request-tracker.ts'
import { warningText } from './request-warning.ts'
import { newVisitor, type Visitor, type VisitSource, type Ways } from './visit.ts'

/** Gets what to call when the response has ended, or its connection is gone. */
export type OnEnd = (end: () => void) => void

/** The tracker of one request, as applications find it on the request. */
export interface RequestCapi extends RequestTracker {
  /**
   * The id of the automatic PageView (`autoPageView`), for the page's Pixel to repeat as `eventID`. Not for pages that a
   * shared cache keeps: their visitors would share one id, and Meta would count one view.
   */
  readonly pageViewId: string
}

type HostedOptions<R> = RequestOptions<R> &
  SomeRequestOptions<R> &
  PlatformOptions<R> & { readonly enabled?: boolean | undefined }

/** What a request has of its host. */
export interface HostParts<R> {
  readonly ways: Ways
  /** Checked; their functions do not throw. */
  readonly options: HostedOptions<R>
  readonly warn: WarnOnce
  /** See `HostSetup`. */
  readonly trustAdvice: string
  /** See `HostSetup`. */
  readonly trustedProxies: ((native: R) => TrustedProxies) | undefined
  readonly isSkippedLate: boolean
}

/** One request, as its adapter sees it. */
export interface Incoming<R> {
  readonly request: RequestLike
  readonly native: R
  readonly onEnd: OnEnd
}

/**
 * What all hosts of one request know of it. Plain data: another copy of this package may have made it.
 * @internal
 */
export interface Shared {
  /** Nothing is tracked, and no cookie set, from here on. */
  isSkipped: boolean
  /** What the first host that needed it has read. */
  context: RequestContext | undefined
  /** What the application has said of the visitor: consent, and who it is. */
  readonly visitor: Visitor
  /** In the order they were opened. */
  readonly hosted: {
    /** What this host alone would set. */
    ownCookies(): readonly string[]
  }[]
}

/** A response that Node writes: Express', Fastify's raw one, and HTTP/2's. */
export interface ServedResponse extends ResponseLike {
  /** As it was answered. */
  readonly statusCode: number
  /** True once its connection is gone. */
  readonly destroyed?: boolean
  /** True once it has ended. */
  readonly closed?: boolean
  /** Of an EventEmitter. */
  once(event: 'close' | 'finish', listener: () => void): unknown
}

/** A request that a host has opened. */
export interface HostedRequest {
  /** Made when it is first asked for, and always the same. */
  readonly tracker: RequestCapi & HostedRequestTracker
  /** Whether a person navigates to a page by this request. */
  readonly isPage: boolean
  /** For another host of the same request, as the last argument of its `open`. */
  readonly shared: Shared
  /** From here on, no host of this request tracks anything or sets a cookie. */
  skip(): void
  /** For a response that Node writes: sets the cookies and tracks the PageView when their time comes. */
  serve(response: ServedResponse): void
  /** `Set-Cookie` values to add to the head of the answer: none where it is no page, or a shared cache may keep it. */
  cookies(head: ResponseHead): readonly string[]
  /** Tracks the PageView of a page that was answered with this status, where the application wants that. */
  answered(status: number): void
}

/** For `open`: what ends a request whose response Node writes. */
export function onClose(response: ServedResponse): OnEnd {
  return (end) => {
    // After the response no consent can be granted any more.
    if (response.destroyed || response.closed) end()
    else response.once('close', end)
  }
}

/** An error page and a redirect are no views. */
const isView = (status: number) => (status >= 200 && status < 300) || status === 304

export class OpenRequest<R> implements HostedRequest, VisitSource {
  readonly ways: Ways
  readonly shared: Shared
  readonly #host: HostParts<R>
  readonly #incoming: Incoming<R>
  readonly #isOff: boolean
  #tracker: RequestCapiTracker | undefined
  #isPage: boolean | undefined
  #isKeptByCaches = false

  constructor(host: HostParts<R>, incoming: Incoming<R>, shared?: Shared) {
    const { enabled, skip } = host.options
    this.ways = host.ways
    this.shared = shared ?? {
      isSkipped: false,
      context: undefined,
      visitor: newVisitor(),
      hosted: [],
    }
    this.#host = host
    this.#incoming = incoming
    this.#isOff = enabled === false || (!host.isSkippedLate && skip?.(incoming.native) === true)
    this.shared.hosted.push(this)
  }

  get tracker(): RequestCapi & HostedRequestTracker {
    return this.#own() as unknown as RequestCapi & HostedRequestTracker
  }

  get visitor(): Visitor {
    return this.shared.visitor
  }

  get isPage(): boolean {
    const { request } = this.#incoming
    this.#isPage ??= isPageRequest(request.method, request)
    return this.#isPage
  }

  skip(): void {
    this.shared.isSkipped = true
  }

  serve(response: ServedResponse): void {
    const isNobodys = this.#isOff && !this.#host.isSkippedLate
    if (isNobodys || response.headersSent || !this.isPage) return
    keepCookies(response, (head) => this.cookies(head))
    response.once('finish', () => this.answered(response.statusCode))
  }

  cookies(head: ResponseHead): readonly string[] {
    if (!this.isPage) return []
    this.#isKeptByCaches = isShared(head)
    if (this.#isKeptByCaches) return []
    for (const hosted of this.shared.hosted) {
      const cookies = hosted.ownCookies()
      if (cookies.length > 0) return notSet(cookies, head)
    }
    return []
  }

  answered(status: number): void {
    const { options, warn } = this.#host
    const { autoPageView = false } = options
    if (!this.isPage) return
    if (this.#isKeptByCaches && this.#tracker?.isPageIdShown) warn('page_id_cached', PAGE_ID_CACHED)
    if (autoPageView === false || !isView(status) || this.isSkipped()) return
    if (autoPageView !== true && autoPageView(this.#incoming.native) !== true) return
    const tracker = this.#own()
    void tracker.track('PageView', {}, { event_id: tracker.pageId() } as object)
  }

  ownCookies(): readonly string[] {
    if (this.#host.options.cookies === false || this.isSkipped()) return []
    return this.#own().setCookies
  }

  read(): RequestContext {
    this.shared.context ??= this.#read()
    return this.shared.context
  }

  consent(): unknown {
    const { consent = 'granted' } = this.#host.options
    return typeof consent === 'function' ? consent(this.#incoming.native) : consent
  }

  user(): unknown {
    return this.#host.options.user?.(this.#incoming.native)
  }

  isSkipped(): boolean {
    if (this.#isOff || this.shared.isSkipped) return true
    const { isSkippedLate, options } = this.#host
    return isSkippedLate && options.skip?.(this.#incoming.native) === true
  }

  onUnknownConsent(): void {
    this.#host.warn('consent_unknown', CONSENT_UNKNOWN)
  }

  #own(): RequestCapiTracker {
    if (this.#tracker === undefined) {
      this.#tracker = new RequestCapiTracker(this)
      this.#incoming.onEnd(this.#tracker.end)
    }
    return this.#tracker
  }

  #read(): RequestContext {
    const { options, trustedProxies, trustAdvice, warn } = this.#host
    const { request, native } = this.#incoming
    const judged = addressFrom(options.address, request, native)
    const context = readRequestContext(judged.request, {
      trustedProxies: options.trustedProxies ?? judged.trustedProxies ?? trustedProxies?.(native),
      cookieDomain: options.cookieDomain,
      siteUrl: options.siteUrl,
      pageUrl: options.pageUrl?.(native),
      clientIp: options.clientIp?.(native) ?? judged.clientIp,
    })
    for (const { code } of context.warnings) warn(code, warningText(code, trustAdvice))
    return context
  }
}

const CONSENT_UNKNOWN =
  "setConsent was given none of 'granted', 'denied', 'ldu', 'pending', and no yes or no: that counts as denied."
const PAGE_ID_CACHED =
  'A page that shows the tracker’s pageViewId may be kept by a shared cache (Cache-Control): all who get it repeat one id, and Meta takes their views for one. Send it as private, or leave the id out.'
