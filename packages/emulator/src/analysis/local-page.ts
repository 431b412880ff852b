import { isPrivateIp } from './match-key-format.ts'

/** Names that only a private network has. Source: RFC 6761, 6762, 9476. */
const PRIVATE_NAME = /^[^.]+$|\.(?:localhost|local|internal|test|home\.arpa)$/

/**
 * Whether a page was served by this machine or the network around it, where a visitor's address is private too: no
 * fault of the program that sends it, or leaves it out.
 */
export function isLocalPage(url: unknown): boolean {
  if (typeof url !== 'string' || !URL.canParse(url)) return false
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (host.includes(':') || /^[\d.]+$/.test(host)) return isPrivateIp(host)
  return host !== '' && PRIVATE_NAME.test(host)
}
