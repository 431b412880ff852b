import { withoutPort } from '../field/client-ip.ts'
import type { OptionTable } from '../option/option-table.ts'

/**
 * How often strangers may call an endpoint; by address, of IPv6 by its first half.
 * @internal
 */
export interface RateLimit {
  /** Calls an address may make at once; default 30. */
  readonly burst?: number | undefined
  /** And then in each minute; default 60. */
  readonly perMinute?: number | undefined
  /** Addresses to remember; default 10,000. The one that was silent longest is forgotten. */
  readonly maxAddresses?: number | undefined
}

/**
 * The options of `rateLimit`.
 * @internal
 */
export const RATE_LIMIT_OPTIONS = {
  burst: 'any',
  perMinute: 'any',
  maxAddresses: 'any',
} as const satisfies OptionTable<RateLimit>

interface Bucket {
  tokens: number
  atMs: number
}

/**
 * A token bucket for each address. @returns whether this address may send one more.
 * @internal
 */
export function rateLimiter({
  burst = 30,
  perMinute = 60,
  maxAddresses = 10_000,
}: RateLimit): (address: string, nowMs: number) => boolean {
  const buckets = new Map<string, Bucket>()
  return (address, nowMs) => {
    const key = network(address)
    const known = buckets.get(key)
    // Put in anew, so that the first one is the one that was silent longest.
    buckets.delete(key)
    if (buckets.size >= maxAddresses)
      for (const oldest of buckets.keys()) {
        buckets.delete(oldest)
        break
      }
    // A clock that is set back takes nothing away.
    const passedMs = known === undefined ? 0 : Math.max(0, nowMs - known.atMs)
    const refilled = known && known.tokens + (passedMs * perMinute) / 60_000
    const tokens = Math.min(burst, refilled ?? burst)
    const mayPass = tokens >= 1
    buckets.set(key, { tokens: mayPass ? tokens - 1 : tokens, atMs: nowMs })
    return mayPass
  }
}

/** As a socket of both kinds tells of an IPv4 address. */
const MAPPED = '::ffff:'

/**
 * Who has one IPv6 address has 2^64 of them: the first four groups count. A port is another with each connection. Of a
 * list the last one counts: the nearest proxy wrote it, the others may be made up.
 */
function network(given: string): string {
  const address = withoutPort(given.slice(given.lastIndexOf(',') + 1).trim())
  if (address.startsWith(MAPPED) && address.includes('.')) return address.slice(MAPPED.length)
  if (!address.includes(':') || !URL.canParse(`http://[${address}]/`)) return address
  const [head = '', tail = ''] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::')
  const groups = head.split(':').filter(Boolean)
  const after = tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - after.length) }, () => '0')
  return [...groups, ...zeros, ...after].slice(0, 4).join(':')
}
