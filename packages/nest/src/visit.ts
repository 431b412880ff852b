import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Capi, RequestTracker } from '@capi/core'
import type { RequestContext } from '@capi/core/adapter'
import {
  createRequestTracker,
  type HostedRequestTracker,
  isPageRequest,
  keepCookies,
  readRequestContext,
} from '@capi/core/adapter'
import type { ExecutionContext } from '@nestjs/common'
import { askOption } from './ask-option.ts'
import type { CapiModuleOptions } from './capi-module-options.ts'
import { type PlatformRequest, readRequest, trustedProxies } from './platform-request.ts'

/** A client, and how its module reads requests. */
export interface VisitSource {
  readonly name: string
  readonly client: Capi
  readonly options: CapiModuleOptions
  /** The visitor's address is unknown. */
  warnOfAddress(code: 'client_ip_unknown' | 'trust_proxy_unset'): void
  /** A line in the log, the first time that the topic comes up. */
  warnOnce(topic: string, line: string): void
}

const VISIT = Symbol.for('@capi/nest.visit')
type Marked = { [VISIT]?: Visit | undefined }

/**
 * One web request, as all clients of the application see it: however many pixels there are, the visitor gets
 * one `_fbp`. Nothing is read before it is needed.
 */
export class Visit {
  readonly #sources = new Map<string, VisitSource>()
  readonly #trackers = new Map<string, HostedRequestTracker>()
  readonly #request: PlatformRequest
  readonly #response: ServerResponse
  /** Taken when the request came in: a closed connection no longer tells it. */
  readonly #remoteAddress: string | undefined
  #context: RequestContext | undefined
  #isSkipped = false

  /** The visit of this request, for one more client. */
  static enter(
    source: VisitSource,
    request: PlatformRequest,
    raw: IncomingMessage & Marked,
    response: ServerResponse,
  ): Visit {
    const visit = raw[VISIT] ?? new Visit(request, raw, response)
    raw[VISIT] = visit
    visit.add(source)
    return visit
  }

  /** Undefined where there is no web request, or the module does not know it. */
  static of(context: ExecutionContext): Visit | undefined {
    const isGraphql = context.getType<string>() === 'graphql'
    const request = isGraphql ? context.getArgByIndex(2)?.req : context.getArgByIndex(0)
    const marked: Marked | null | undefined = request?.raw ?? request
    return typeof marked === 'object' && marked !== null ? marked[VISIT] : undefined
  }

  constructor(request: PlatformRequest, raw: IncomingMessage, response: ServerResponse) {
    this.#request = request
    this.#response = response
    this.#remoteAddress = raw.socket.remoteAddress
    const header = (name: string) => request.headers[name]
    if (isPageRequest(request.method, { header, url: '' })) {
      keepCookies(response, () => this.#cookies())
    }
  }

  /** A method, for the other copy of this class (ESM, CommonJS) cannot reach what is private to this one. */
  add(source: VisitSource): void {
    this.#sources.set(source.name, source)
  }

  tracker(name: string): RequestTracker | undefined {
    return this.#tracker(name)
  }

  /** Tracks nothing and sets no cookie from here on. */
  skip(): void {
    this.#isSkipped = true
  }

  #tracker(name: string): HostedRequestTracker | undefined {
    const known = this.#trackers.get(name)
    const source = this.#sources.get(name)
    if (known !== undefined || source === undefined) return known
    const tracker = this.#host(source)
    this.#trackers.set(name, tracker)
    return tracker
  }

  #host(source: VisitSource): HostedRequestTracker {
    const request = this.#request
    const { consent = 'granted', user } = source.options
    const tracker = createRequestTracker(source.client, () => this.#read(source), {
      isSkipped: () => this.#skips(source),
      consent:
        typeof consent === 'function'
          ? () => askOption(source, 'consent', () => consent(request), 'denied')
          : consent,
      user: user && (() => askOption(source, 'user', () => user(request))),
    })
    if (this.#response.closed) tracker.end()
    else this.#response.once('close', () => tracker.end())
    return tracker
  }

  /** Asked at each event: guards, which know bots and staff, have run by then. */
  #skips(source: VisitSource): boolean {
    const { enabled, skip } = source.options
    if (this.#isSkipped || enabled === false) return true
    if (skip === undefined) return false
    return askOption(source, 'skip', () => skip(this.#request)) === true
  }

  #read(source: VisitSource): RequestContext {
    if (this.#context !== undefined) return this.#context
    const { clientIp, cookieDomain, pageUrl, siteUrl } = source.options
    const request = this.#request
    const proxies = trustedProxies(request)
    const asked = { ...readRequest(request), remoteAddress: this.#remoteAddress }
    const context = readRequestContext(asked, {
      trustedProxies: proxies,
      clientIp: clientIp && askOption(source, 'clientIp', () => clientIp(request)),
      cookieDomain:
        typeof cookieDomain === 'function'
          ? (host) => askOption(source, 'cookieDomain', () => cookieDomain(host))
          : cookieDomain,
      siteUrl,
      pageUrl: pageUrl && askOption(source, 'pageUrl', () => pageUrl(request)),
    })
    this.#context = context
    for (const { code } of context.warnings)
      if (code === 'client_ip_unknown' || code === 'trust_proxy_unset') source.warnOfAddress(code)
    return context
  }

  /** Once for all clients: they share the visitor. */
  #cookies(): readonly string[] {
    for (const source of this.#sources.values()) {
      if (source.options.cookies === false || this.#skips(source)) continue
      const cookies = this.#tracker(source.name)?.setCookies ?? []
      if (cookies.length > 0) return cookies
    }
    return []
  }
}
