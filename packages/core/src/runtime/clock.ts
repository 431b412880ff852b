/** Time, passed in so that tests need not wait. */
export interface Clock {
  /** Milliseconds since 1970. May jump, as the machine's clock does. */
  now(): number
  /** Milliseconds that only go forward; only their differences mean something. */
  tick(): number
  /**
   * Returns how to cancel it. Must not keep the process alive, unless `isAwaited`: a `flush` ends with it, or events make their first
   * attempt.
   */
  after(delayMs: number, callback: () => void, isAwaited?: boolean): () => void
}

/** Longer timers fire at once. */
const MAX_DELAY_MS = 2 ** 31 - 1

/**
 * The machine's clock and timers.
 * @internal
 */
export const systemClock: Clock = {
  now: () => Date.now(),
  tick: () => performance.now(),
  after(delayMs, callback, isAwaited = false) {
    const timer: unknown = setTimeout(callback, Math.min(delayMs, MAX_DELAY_MS))
    // In Node.js a timer is an object that keeps the process alive; elsewhere it is a number that does not.
    if (!isAwaited && typeof timer === 'object' && timer !== null && 'unref' in timer)
      (timer as { unref(): void }).unref()
    return () => clearTimeout(timer as number)
  },
}
