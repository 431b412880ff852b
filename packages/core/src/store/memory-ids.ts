/** Keys in one bucket: it is forgotten whole. */
const BUCKET = 16_384

/** Remembers keys of delivered events for a time, the latest of them at most. */
export interface MemoryIds {
  /** @param untilMs milliseconds since 1970. */
  add(key: string, untilMs: number): void
  has(key: string, nowMs: number): boolean
  /** Forgets what ran out, bucket by bucket. */
  dropExpired(nowMs: number): void
}

interface Bucket {
  /** Milliseconds after `fromMs`, which are small integers: those cost no memory of their own. */
  readonly until: Map<string, number>
  readonly fromMs: number
  lastMs: number
}

/** @param most remembered at least, before the oldest are forgotten. */
export function memoryIds(most: number): MemoryIds {
  let buckets: Bucket[] = []
  const size = Math.min(BUCKET, most)

  return {
    add(key, untilMs) {
      if (most < 1) return
      let bucket = buckets.at(-1)
      if (bucket === undefined || bucket.until.size >= size) {
        bucket = { until: new Map(), fromMs: untilMs, lastMs: untilMs }
        buckets.push(bucket)
        if (buckets.length > Math.ceil(most / size) + 1) buckets.shift()
      }
      bucket.until.set(packed(key), untilMs - bucket.fromMs)
      bucket.lastMs = Math.max(bucket.lastMs, untilMs)
    },
    has(key, nowMs) {
      if (buckets.length === 0) return false
      const name = packed(key)
      return buckets.some(({ until, fromMs }) => (until.get(name) ?? -Infinity) + fromMs > nowMs)
    },
    dropExpired(nowMs) {
      buckets = buckets.filter(({ lastMs }) => lastMs > nowMs)
    },
  }
}

const HEX = /^[0-9a-f]{32}$/

/** 128 bits in eight characters: half of the memory, and no longer text that it may be a part of. Another text stays as it is. */
function packed(key: string): string {
  if (!HEX.test(key)) return key
  let name = ''
  for (let from = 0; from < 32; from += 4) name += String.fromCharCode(digits(key, from))
  return name
}

/** The number that four hexadecimal digits make. */
function digits(key: string, from: number): number {
  let number = 0
  for (let i = from; i < from + 4; i++) {
    const code = key.charCodeAt(i)
    // `a` is 0x61, and ten.
    number = number * 16 + code - (code < 0x61 ? 0x30 : 0x57)
  }
  return number
}
