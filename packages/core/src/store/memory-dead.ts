import type { Cause } from '../issue/cause.ts'
import { keepLatest } from '../runtime/keep-latest.ts'
import type { DeadFilter, DeadItem, OutboxItem } from './outbox-port.ts'

/** More are forgotten, oldest first: each was counted and reported when it died. */
const MAX_LETTERS = 1_000

/** The dead letters of the memory outbox. */
export interface MemoryDead {
  add(item: OutboxItem, cause: Cause, nowMs: number): void
  read(filter: DeadFilter, limit: number): readonly DeadItem[]
  remove(ids: readonly string[]): number
  dropExpired(nowMs: number): void
  /** By lane. */
  counts(): ReadonlyMap<string, number>
}

export function memoryDead(): MemoryDead {
  /** By the key of the event: the same one dies once. */
  const letters = new Map<string, DeadItem>()
  const forgetOldest = keepLatest(letters, MAX_LETTERS)
  let lastId = 0

  return {
    add(item, cause, diedAtMs) {
      letters.delete(item.key)
      letters.set(item.key, { id: String(++lastId), item, cause, diedAtMs })
      forgetOldest()
    },
    read({ lane, ids, before }, limit) {
      const isChosen = ({ id, item }: DeadItem) =>
        (lane === undefined || item.lane === lane) &&
        (ids === undefined || ids.includes(id)) &&
        (before === undefined || Number(id) < Number(before))
      return [...letters.values()].reverse().filter(isChosen).slice(0, limit)
    },
    remove(ids) {
      const sought = new Set(ids)
      const before = letters.size
      for (const [key, { id }] of letters) if (sought.has(id)) letters.delete(key)
      return before - letters.size
    },
    dropExpired(nowMs) {
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
