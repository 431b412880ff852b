import { CapiConfigError } from '@capi/core'
import type { CapiModuleOptions } from './capi-module-options.ts'

const CONSENTS: ReadonlySet<unknown> = new Set(['granted', 'denied', 'ldu', 'pending'])

export function isConsent(value: unknown): boolean {
  return CONSENTS.has(value)
}

type Checked = 'siteUrl' | 'cookieDomain' | 'consent'

/** What a value must be when it is given, and is no function of the request. */
const RULES: Readonly<Record<Checked, readonly [fits: (value: unknown) => boolean, must: string]>> =
  {
    siteUrl: [
      (value) => typeof value === 'string' && /^https?:\/\/[^/?#]/i.test(value),
      "must be the site's address, as 'https://shop.example'",
    ],
    cookieDomain: [
      (value) => typeof value === 'string' && /^\.?[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(value),
      "must be a domain alone, as 'shop.example', or a function",
    ],
    consent: [isConsent, "must be 'granted', 'denied', 'ldu' or 'pending', or a function"],
  }

/** @throws CapiConfigError for what would otherwise cost every event a field, or all of them, without a word. */
export function checkOptions(options: CapiModuleOptions): void {
  for (const [option, [fits, must]] of Object.entries(RULES)) {
    const value = options[option as Checked]
    if (value === undefined || typeof value === 'function' || fits(value)) continue
    throw new CapiConfigError('config_invalid', `Option ${option} ${must}.`)
  }
}
