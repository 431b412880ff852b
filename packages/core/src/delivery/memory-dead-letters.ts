import type { Cause } from './drop-reason.ts'
import type {
  DeadLetter,
  DeadLetterQuery,
  DeadLetterStore,
  OutboxItem,
  PutResult,
  ReplayResult,
} from './outbox-port.ts'

/** More are forgotten, oldest first: each was counted and told when it died. */
const MAX_LETTERS = 1_000

interface Letter {
  readonly item: OutboxItem
  readonly cause: Cause
  readonly diedAtMs: number
}

export interface MemoryDeadLetters {
  readonly outbox: DeadLetterStore
  add(item: OutboxItem, key: string, cause: Cause, nowMs: number): void
  sweep(nowMs: number): void
  /** By lane. */
  counts(): ReadonlyMap<string, number>
}

/** The dead letters of the memory outbox. */
export function memoryDeadLetters(
  put: (item: OutboxItem, nowMs: number) => PutResult,
): MemoryDeadLetters {
  const letters = new Map<string, Letter>()

  function* chosen({ pixelId, keys }: DeadLetterQuery): Generator<[string, Letter]> {
    for (const entry of [...letters].reverse()) {
      if (pixelId !== undefined && entry[1].item.lane !== pixelId) continue
      if (keys === undefined || keys.includes(entry[0])) yield entry
    }
  }

  const outbox: DeadLetterStore = {
    async list({ limit = 100, ...filter } = {}) {
      return [...chosen(filter)].slice(0, limit).map(describe)
    },

    async replay(filter, nowMs) {
      const counts: { accepted: Record<string, number> } & Record<
        'expired' | 'duplicate' | 'full',
        number
      > = { accepted: {}, expired: 0, duplicate: 0, full: 0 }
      for (const [key, { item }] of [...chosen(filter)].reverse()) {
        const result = item.expiresAtMs <= nowMs ? 'expired' : put(item, nowMs)
        if (result !== 'full') letters.delete(key)
        if (result !== 'accepted') counts[result]++
        else counts.accepted[item.lane] = (counts.accepted[item.lane] ?? 0) + 1
      }
      const { accepted, ...rest } = counts
      return { replayed: accepted, ...rest } satisfies ReplayResult
    },

    async purge(filter = {}) {
      const gone = [...chosen(filter)]
      for (const [key] of gone) letters.delete(key)
      return gone.length
    },
  }

  return {
    outbox,
    add(item, key, cause, diedAtMs) {
      letters.delete(key)
      letters.set(key, { item, cause, diedAtMs })
      const [oldest] = letters.keys()
      if (letters.size > MAX_LETTERS && oldest !== undefined) letters.delete(oldest)
    },
    sweep(nowMs) {
      for (const [key, { item }] of letters) if (item.expiresAtMs <= nowMs) letters.delete(key)
    },
    counts() {
      const counts = new Map<string, number>()
      for (const { item } of letters.values())
        counts.set(item.lane, (counts.get(item.lane) ?? 0) + 1)
      return counts
    },
  }
}

function describe([key, { item, cause, diedAtMs }]: [string, Letter]): DeadLetter {
  const { lane: pixelId, event_id, event_name, expiresAtMs } = item
  return { key, pixelId, event_id, event_name, cause, diedAtMs, expiresAtMs }
}
