/** Says whether one more call of this caller is within its rate. */
export type RateLimit = (caller: string) => boolean

/** Callers remembered at most; a flood from more of them only forgets who had used up his. */
const MAX_CALLERS = 10_000

interface Bucket {
  readonly tokens: number
  readonly atMs: number
}

/** A bucket for each caller that fills up evenly and holds a minute's worth. */
export function rateLimit(perMinute: number, now: () => number): RateLimit {
  /** Longest unseen first. */
  const buckets = new Map<string, Bucket>()
  return (caller) => {
    const atMs = now()
    const before = buckets.get(caller) ?? { tokens: perMinute, atMs }
    const refilled = ((atMs - before.atMs) / 60_000) * perMinute
    const tokens = Math.min(perMinute, before.tokens + Math.max(0, refilled))
    const isAllowed = tokens >= 1
    buckets.delete(caller)
    buckets.set(caller, { tokens: isAllowed ? tokens - 1 : tokens, atMs })
    const [oldest] = buckets.keys()
    if (buckets.size > MAX_CALLERS && oldest !== undefined) buckets.delete(oldest)
    return isAllowed
  }
}

/** One home has a whole /64 of IPv6 addresses. */
export function callerOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter((group) => group !== '')
  const known = tail === undefined ? groups : [...groups, '0', '0', '0', '0']
  return known.slice(0, 4).join(':')
}
