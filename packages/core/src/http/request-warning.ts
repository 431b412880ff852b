import { isThenable } from '../attempt.ts'
import type { ScopeWarning } from '../event/scope-warnings.ts'
import type { RequestLike } from './request-like.ts'

/** Why a request cannot be read in full. It costs its events a field, never the request. */
export interface RequestWarning extends ScopeWarning {
  /**
   * `client_ip_unknown`: nobody says who is connected. `trust_proxy_unset`: a proxy stands in front, and none is trusted.
   * `header_unreadable`: `header` throws or is async, so the headers are lost. `option_unknown`: an option is misspelt.
   */
  readonly code: 'client_ip_unknown' | 'trust_proxy_unset' | 'header_unreadable' | 'option_unknown'
}

const MESSAGES: Readonly<Record<Exclude<RequestWarning['code'], 'option_unknown'>, string>> = {
  client_ip_unknown:
    "The request has no client address, so events go out without client_ip_address. Pass the platform's as clientIp, or as trustedProxies the number of proxies in front (client_ip_unknown).",
  trust_proxy_unset:
    "A proxy stands in front and is not trusted, so events go out without client_ip_address. Pass trustedProxies, or the visitor's address as clientIp (trust_proxy_unset).",
  header_unreadable:
    'Reading a header threw or gave a promise, so events go out without what the headers say. Pass header: (name) => headers.get(name); headers.get alone is not bound, and an async headers() is awaited first (header_unreadable).',
}

export function warningOf(code: keyof typeof MESSAGES): RequestWarning {
  return { code, message: MESSAGES[code] }
}

/** The request, and whether its headers turned out to be unreadable. */
export function watchHeaders(request: RequestLike): {
  readonly watched: RequestLike
  readonly isUnreadable: () => boolean
} {
  let isUnreadable = false
  const header: RequestLike['header'] = (name) => {
    try {
      const value: unknown = request.header(name)
      if (isThenable(value)) isUnreadable = true
      return value as ReturnType<RequestLike['header']>
    } catch (error) {
      // The web's Headers have no such names.
      if (!name.startsWith(':')) isUnreadable = true
      throw error
    }
  }
  const { url, remoteAddress, clientIp, isEncrypted } = request
  return {
    watched: { header, url, remoteAddress, clientIp, isEncrypted },
    isUnreadable: () => isUnreadable,
  }
}
