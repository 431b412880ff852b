import { CapiConfigError } from '../issue/errors.ts'
import { isPrivateHost } from './private-host.ts'

/** Where requests go, and what an unencrypted one would show on its way. */
interface AddressOption {
  readonly option: string
  /** What travels in each request. */
  readonly secret: string
  /** The environment variable that gives it; blank for none. */
  readonly variable: string
}

/** Without a slash at its end. @throws CapiConfigError for what is no address, or would send the secret in clear. */
export function toMetaAddress(given: string, { option, secret, variable }: AddressOption): string {
  const address = String(given).replace(/\/$/, '')
  const from = variable === '' ? '' : ` (${variable})`
  const { protocol, hostname } = URL.canParse(address)
    ? new URL(address)
    : { protocol: '', hostname: '' }
  if (!/^https?:$/.test(protocol)) {
    throw new CapiConfigError(
      'config_invalid',
      `Option ${option} must be an http or https address${from}.`,
    )
  }
  if (protocol === 'https:' || isPrivateHost(hostname)) return address
  throw new CapiConfigError(
    'config_invalid',
    `Option ${option} must begin with https: over http, ${secret} would travel in clear to ${hostname}${from}. ` +
      'Plain http is for loopback, private addresses and private names: one label, .localhost, .local, .internal, .test.',
  )
}

/**
 * Refuses the address of a site where Meta's belongs: they have been one option in some packages.
 * @throws CapiConfigError unless `baseUrl` is Meta's, private as an emulator's is, or stands beside `siteUrl`.
 * @internal
 */
export function refuseSiteAddress(options: {
  /** Where Meta's address belongs. */
  readonly baseUrl?: unknown
  /** Where the site's belongs. */
  readonly siteUrl?: unknown
}): void {
  const { baseUrl, siteUrl } = options
  if (baseUrl === undefined || isMeta(baseUrl)) return
  const site = originOf(baseUrl)
  if (siteUrl !== undefined && site !== undefined && originOf(siteUrl) !== site) return
  throw new CapiConfigError(
    'config_invalid',
    `Option baseUrl is the address of Meta's API, and ${site ?? 'what was given'} is not Meta's. For the address of your ` +
      `site write siteUrl: '${site ?? 'https://shop.example'}'. For a proxy in front of Meta, pass your site's siteUrl beside it.`,
  )
}

function isMeta(address: unknown): boolean {
  if (originOf(address) === undefined) return false
  const { hostname } = new URL(String(address))
  return /(?:^|\.)facebook\.com$/.test(hostname) || isPrivateHost(hostname)
}

function originOf(address: unknown): string | undefined {
  const isWeb = typeof address === 'string' && /^https?:/i.test(address) && URL.canParse(address)
  return isWeb ? new URL(address).origin : undefined
}
