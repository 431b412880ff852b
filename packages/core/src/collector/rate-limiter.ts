import { withoutPort } from '../field/client-ip.ts'
import { mappedV4 } from '../field/ip-ranges.ts'
import type { OptionTable } from '../option/option-table.ts'
import { keepLatest } from '../runtime/keep-latest.ts'

/** How often strangers may call an endpoint, by address; IPv6 addresses count by their /64. */
export interface RateLimit {
  /** Calls an address may make at once; default 30. */
  readonly burst?: number | undefined
  /** And then in each minute; default 60. */
  readonly perMinute?: number | undefined
  /** Addresses to remember; default 10,000. The one that was silent longest is forgotten. */
  readonly maxAddresses?: number | undefined
}

export const RATE_LIMIT_OPTIONS = {
  burst: 'any',
  perMinute: 'any',
  maxAddresses: 'any',
} as const satisfies OptionTable<RateLimit>

/**
 * Whether this address may call once more.
 * @internal
 */
export type RateLimiter = (address: string, nowMs: number) => boolean

interface Bucket {
  tokens: number
  atMs: number
}

/**
 * A token bucket for each address.
 * @internal
 */
export function rateLimiter({
  burst = 30,
  perMinute = 60,
  maxAddresses = 10_000,
}: RateLimit): RateLimiter {
  const buckets = new Map<string, Bucket>()
  const forgetOldest = keepLatest(buckets, maxAddresses)
  return (address, nowMs) => {
    const key = callerNetwork(address)
    const known = buckets.get(key)
    // Put in anew, so that the first one is the one that was silent longest.
    buckets.delete(key)
    // A clock that is set back takes nothing away.
    const passedMs = known === undefined ? 0 : Math.max(0, nowMs - known.atMs)
    const refilled = known && known.tokens + (passedMs * perMinute) / 60_000
    const tokens = Math.min(burst, refilled ?? burst)
    const mayPass = tokens >= 1
    buckets.set(key, { tokens: mayPass ? tokens - 1 : tokens, atMs: nowMs })
    forgetOldest()
    return mayPass
  }
}

/**
 * Who counts as one caller: an IPv4 address, or the /64 of an IPv6 address, for who has one of those has 2^64. Without port,
 * brackets and zone; an IPv4 address written as IPv6 is itself. Of a list the last one counts: the nearest proxy wrote it, the
 * others may be made up.
 * @internal
 */
export function callerNetwork(given: string): string {
  const [address = ''] = withoutPort(given.slice(given.lastIndexOf(',') + 1).trim()).split('%')
  const url = `http://[${address}]/`
  if (!address.includes(':') || !URL.canParse(url)) return address
  const canonical = new URL(url).hostname.slice(1, -1)
  const [head = '', tail = ''] = canonical.split('::')
  const groups = head.split(':').filter(Boolean)
  const after = tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - after.length) }, () => '0')
  return mappedV4(canonical) ?? [...groups, ...zeros, ...after].slice(0, 4).join(':')
}
