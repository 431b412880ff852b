import type { CapiOptions } from '@capi/core'
import { attempt } from '@capi/core/adapter'

/** What is worth a line in the log, once; the README says more of each. */
const WARNINGS = {
  trust_proxy_unset:
    "A proxy stands in front and is not trusted, so that visitors' addresses are unknown. Set app.set('trust proxy', …) to your proxies, or the option clientIp.",
  body_already_read:
    'Something in front of capiCollector read the body and left nothing of it. Mount the collector before it.',
} as const

export type Warn = (code: keyof typeof WARNINGS) => void

export function warnOnce(logger: CapiOptions['logger']): Warn {
  const known = new Set<string>()
  return (code) => {
    if (known.has(code)) return
    known.add(code)
    const line = `@capi/express: ${code}. ${WARNINGS[code]} Logged once.`
    attempt(() => (logger ?? console).warn(line))
  }
}
