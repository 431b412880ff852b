import type { CapiOptions } from '@capi/core'
import { attempt } from '@capi/core/adapter'
import type { Refusal } from './collector/collector-options.ts'

/** What is worth a line in the log, once; the README says more of each. The name of an option stands behind its code. */
const WARNINGS = {
  client_ip_unknown:
    "The connection has no address, so visitors' addresses are unknown. Behind a Unix socket set app.set('trust proxy', …) to the number of proxies; elsewhere set the option clientIp.",
  trust_proxy_unset:
    "A proxy stands in front and is not trusted, so that visitors' addresses are unknown. Set app.set('trust proxy', …) to your proxies, or the option clientIp.",
  option_async: 'Option',
  option_threw: 'Option',
  option_invalid: 'Option',
  consent_unknown:
    "setConsent was given none of 'granted', 'denied', 'ldu', 'pending', and no yes or no: that counts as denied.",
  page_id_cached:
    'A page that shows req.capi.pageViewId may be kept by a shared cache (Cache-Control): all who get it repeat one id, and Meta takes their views for one. Send it as private, or leave the id out.',
  origin_not_allowed:
    'capiCollector refused a page whose origin is not in allowedOrigins. List every address of yours, the development one too.',
  rate_limited: 'capiCollector refused an address that sent too much; see rateLimit.',
  content_type:
    'capiCollector refused a body that is neither application/json nor text/plain, or is compressed.',
  body_too_large: 'capiCollector refused a body that is larger than maxBytes.',
  body_already_read:
    'Something in front of capiCollector read the body and left nothing of it. Mount the collector before it.',
  aborted: 'capiCollector lost a body: the connection ended within it.',
  malformed:
    'capiCollector refused a body that is no event: it needs event_name and event_id, a Purchase event_name and signed.',
  event_not_allowed: 'capiCollector refused an event that is not in its option events.',
  signature_invalid:
    'capiCollector refused a Purchase: its signed event is missing, too old, changed, or signed with another secret.',
  failed: 'capiCollector failed at an event, which is lost.',
} as const satisfies Record<Refusal, string> & Record<string, string>

export function isWarning(code: string): code is keyof typeof WARNINGS {
  return Object.hasOwn(WARNINGS, code)
}

/** Writes one line to the log. */
export function warnLine(logger: CapiOptions['logger']): (line: string) => void {
  return (line) => attempt(() => (logger ?? console).warn(`@capi/express: ${line}`))
}

/** Once for each code, or for each option of a code. */
export type Warn = (code: keyof typeof WARNINGS, option?: string, about?: string) => void

export function warnOnce(logger: CapiOptions['logger']): Warn {
  const known = new Set<string>()
  const write = warnLine(logger)
  return (code, option, about) => {
    const key = `${code} ${option}`
    if (known.has(key)) return
    known.add(key)
    const text = option === undefined ? WARNINGS[code] : `${WARNINGS[code]} ${option} ${about}`
    write(`${code}. ${text} Logged once.`)
  }
}
