import type { ServerResponse } from 'node:http'
import type { Capi, Consent } from '@capi/core'
import type { RequestContext } from '@capi/core/adapter'
import {
  attempt,
  consentOf,
  createRequestTracker,
  type HostedRequestTracker,
  readRequestContext,
} from '@capi/core/adapter'
import type { CapiMiddlewareOptions, CapiRequest } from './middleware-options.ts'
import { readRequest, trustedProxies } from './read-request.ts'
import type { RequestCapi } from './request-capi.ts'
import { isWarning, type Warn } from './warn-once.ts'

export type HostedCapi = RequestCapi &
  HostedRequestTracker & {
    /** The automatic PageView's id, and whether the application has asked for it. */
    readonly pageView: { readonly id: string; isShown: boolean }
  }

/** Makes what gives a request its tracker: when it is first asked for, and always the same. */
export function trackerFactory(
  client: Capi,
  options: CapiMiddlewareOptions,
  warn: Warn,
): (req: CapiRequest, res: ServerResponse, isSkipped: boolean) => () => HostedCapi {
  const { consent, user } = options
  function read(req: CapiRequest): RequestContext {
    const proxies = options.trustedProxies ?? trustedProxies(req)
    const context = readRequestContext(readRequest(req), {
      trustedProxies: proxies,
      cookieDomain: options.cookieDomain,
      siteUrl: options.siteUrl,
      pageUrl: attempt(() => options.pageUrl?.(req)),
      clientIp: attempt(() => options.clientIp?.(req)),
    })
    for (const { code } of context.warnings) if (isWarning(code)) warn(code)
    return context
  }

  function make(req: CapiRequest, res: ServerResponse, isSkipped: boolean): HostedCapi {
    const tracker = createRequestTracker(client, () => read(req), {
      isSkipped: isSkipped ? () => true : undefined,
      consent: typeof consent === 'function' ? () => consent(req) : consent,
      user: user && (() => user(req)),
    })
    // After the response nobody can grant anything any more.
    if (res.destroyed) tracker.end()
    else res.once('close', () => tracker.end())
    const setConsent = tracker.setConsent.bind(tracker)
    const pageView = { id: tracker.eventId(), isShown: false }
    const capi = Object.assign(tracker, {
      pageView,
      // A form that names no choice must not grant anything.
      setConsent(given: Consent) {
        if (consentOf(given) === undefined) warn('consent_unknown')
        setConsent(consentOf(given) ?? 'denied')
      },
    })
    return Object.defineProperty(capi, 'pageViewId', {
      get: () => {
        pageView.isShown = true
        return pageView.id
      },
      enumerable: true,
    }) as HostedCapi
  }

  return (req, res, isSkipped) => {
    let capi: HostedCapi | undefined
    return () => {
      capi ??= make(req, res, isSkipped)
      return capi
    }
  }
}
