import type { CapiOptions } from '@capi/core'
import { attempt } from '@capi/core/adapter'

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
} as const satisfies Record<string, string>

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
