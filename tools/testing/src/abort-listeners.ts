import { getEventListeners } from 'node:events'

const NAME = 'addEventListener'

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
  const own = Object.getOwnPropertyDescriptor(AbortSignal.prototype, NAME)
  const before = own ?? Object.getOwnPropertyDescriptor(EventTarget.prototype, NAME)
  const watched = function (this: AbortSignal, ...given: unknown[]): void {
    // The third line is of the caller.
    if (new Error().stack?.split('\n', 3)[2]?.includes(folder)) signals.add(this)
    Reflect.apply(before?.value, this, given)
  }
  Object.defineProperty(AbortSignal.prototype, NAME, { value: watched, configurable: true })
  return {
    count() {
      let count = 0
      for (const signal of signals) count += getEventListeners(signal, 'abort').length
      return count
    },
    restore() {
      if (own !== undefined) Object.defineProperty(AbortSignal.prototype, NAME, own)
      else Reflect.deleteProperty(AbortSignal.prototype, NAME)
    },
  }
}
