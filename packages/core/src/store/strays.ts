import { keepLatest } from '../runtime/keep-latest.ts'
import type { LeasedItem, Settlement } from './outbox-port.ts'

/** Keys that are watched, oldest forgotten first. */
const MAX_KEYS = 5_000

/**
 * Finds events whose put got no answer and took effect after they were counted: one that was repeated, and whose repeat was
 * delivered and forgotten since, and one that was given up. They are neither sent nor counted again.
 */
export interface Strays {
  /** It was put more than once. */
  watch(key: string): void
  /** It was reported as dropped. */
  giveUp(key: string): void
  /** It was tracked again. @returns whether it was given up before. */
  takeBack(key: string): boolean
  /** Those that came to rest already. */
  among(items: readonly LeasedItem[]): readonly LeasedItem[]
  /** The outbox took note of these. */
  onSettled(settlements: readonly Settlement[]): void
}

export function strays(): Strays {
  const isAtRest = new Map<string, boolean>()
  const keys = new Map<string, string>()
  const givenUp = new Set<string>()
  const forgetWatched = keepLatest(isAtRest, MAX_KEYS)
  const forgetGivenUp = keepLatest(givenUp, MAX_KEYS)

  return {
    watch(key) {
      if (isAtRest.has(key)) return
      isAtRest.set(key, false)
      forgetWatched()
    },
    giveUp(key) {
      givenUp.add(key)
      forgetGivenUp()
    },
    takeBack: (key) => givenUp.delete(key),
    among(items) {
      if (isAtRest.size === 0 && givenUp.size === 0) return []
      for (const { id, key } of items) if (isAtRest.get(key) === false) keys.set(id, key)
      return items.filter(({ key }) => isAtRest.get(key) === true || givenUp.has(key))
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
