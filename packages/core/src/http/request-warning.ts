import type { ScopeWarning } from '../event/scope-warnings.ts'
import { isThenable } from '../runtime/attempt.ts'
import type { RequestLike } from './request-like.ts'

/** Why a request cannot be read in full. It costs its events a field, never the request. */
export interface RequestWarning extends ScopeWarning {
  /**
   * `client_ip_unknown`: the connection has no address. `trust_proxy_unset`: a proxy stands in front, and none is trusted.
   * `trust_proxy_all`: every address is trusted as a proxy, so any client can write the one that is taken.
   * `header_unreadable`: `header` throws or is async, so the headers are lost. `option_unknown`: an option is misspelt.
   */
  readonly code:
    | 'client_ip_unknown'
    | 'trust_proxy_unset'
    | 'trust_proxy_all'
    | 'header_unreadable'
    | 'option_unknown'
}

type ReadWarning = Exclude<RequestWarning['code'], 'option_unknown'>

/** What happened and what it costs, and what to do. */
const MESSAGES: Readonly<Record<ReadWarning, readonly [what: string, advice: string]>> = {
  client_ip_unknown: [
    'Events go out without client_ip_address, for the request does not say it.',
    'Pass clientIp, or the number of proxies in front as trustedProxies',
  ],
  trust_proxy_unset: [
    'Events go out without client_ip_address, for a proxy stands in front that is not trusted.',
    'Pass trustedProxies or clientIp',
  ],
  trust_proxy_all: [
    'Every address is trusted as a proxy: events take the first one of X-Forwarded-For, which any client can write.',
    'Pass the number of proxies, or a function that knows their addresses, as trustedProxies',
  ],
  header_unreadable: [
    'Events go out without what the headers say, for `header` throws or is async.',
    'Pass (name) => headers.get(name), not headers.get, of headers that are awaited',
  ],
}

export function warningOf(code: ReadWarning): RequestWarning {
  return { code, message: `${MESSAGES[code].join(' ')} (${code}).` }
}

/** The same for users of an adapter, who name their proxies in the framework's way. */
export function warningText(code: RequestWarning['code'], trustAdvice: string): string {
  const [what, advice] = MESSAGES[code as ReadWarning]
  return `${what} ${code === 'header_unreadable' ? `${advice}.` : trustAdvice}`
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
