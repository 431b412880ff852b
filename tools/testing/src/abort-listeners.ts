import { getEventListeners } from 'node:events'

/** The listeners that wait for a signal to abort. */
export interface AbortListeners {
  /** How many there are, on all signals that got one since. */
  count(): number
  /** Ends the watch. */
  restore(): void
}

/**
 * Watches every `AbortSignal` of this process from now on: a listener that stays keeps what it closes over.
 * @param folder whose sources' listeners count; `fetch` and servers have others, which end with the request
 */
export function abortListeners(folder: string): AbortListeners {
  const signals = new Set<AbortSignal>()
  const { addEventListener } = AbortSignal.prototype
  const watched = function (this: AbortSignal, ...given: unknown[]): void {
    // The third line is of the caller.
    if (new Error().stack?.split('\n', 3)[2]?.includes(folder)) signals.add(this)
    Reflect.apply(addEventListener, this, given)
  }
  const isOwn = Object.hasOwn(AbortSignal.prototype, 'addEventListener')
  AbortSignal.prototype.addEventListener = watched
  return {
    count() {
      let count = 0
      for (const signal of signals) count += getEventListeners(signal, 'abort').length
      return count
    },
    restore() {
      if (AbortSignal.prototype.addEventListener !== watched) return
      if (isOwn) AbortSignal.prototype.addEventListener = addEventListener
      else Reflect.deleteProperty(AbortSignal.prototype, 'addEventListener')
    },
  }
}
