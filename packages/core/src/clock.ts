/** Time, passed in so that tests need not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number
  /** Must not keep the process alive. Returns how to cancel it. */
  after(delayMs: number, callback: () => void): () => void
}

/** Longer timers fire at once. */
const MAX_DELAY_MS = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, callback) {
    const timer: unknown = setTimeout(callback, Math.min(delayMs, MAX_DELAY_MS))
    // Node gives an object and would wait for it; elsewhere it is a number and nobody waits.
    if (typeof timer === 'object' && timer !== null && 'unref' in timer)
      (timer as { unref(): void }).unref()
    return () => clearTimeout(timer as number)
  },
}
