import type { LeasedItem, Settlement } from './outbox-port.ts'

/** Keys that are watched, oldest forgotten first. */
const MAX_KEYS = 5_000

/**
 * Finds events that came into the outbox twice: a put that got no answer was repeated, and took effect long after the
 * repeat was delivered and forgotten. The second copy is the same event, and is neither sent nor counted.
 */
export interface Strays {
  /** It was put more than once. */
  watch(key: string): void
  /** Those that came to rest already. */
  among(items: readonly LeasedItem[]): readonly LeasedItem[]
  /** The outbox took note of these. */
  onSettled(settlements: readonly Settlement[]): void
}

export function strays(): Strays {
  const isAtRest = new Map<string, boolean>()
  const keys = new Map<string, string>()

  return {
    watch(key) {
      if (isAtRest.has(key)) return
      isAtRest.set(key, false)
      const [oldest] = isAtRest.keys()
      if (isAtRest.size > MAX_KEYS && oldest !== undefined) isAtRest.delete(oldest)
    },
    among(items) {
      if (isAtRest.size === 0) return []
      for (const { id, key } of items) if (isAtRest.get(key) === false) keys.set(id, key)
      return items.filter(({ key }) => isAtRest.get(key) === true)
    },
    onSettled(settlements) {
      if (keys.size === 0) return
      for (const { kind, token } of settlements) {
        const key = keys.get(token.id)
        if (key === undefined || kind === 'retry') continue
        keys.delete(token.id)
        if (isAtRest.has(key)) isAtRest.set(key, true)
      }
    },
  }
}
