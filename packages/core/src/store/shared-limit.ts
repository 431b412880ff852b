import type { Clock } from '../runtime/clock.ts'
import type { Limit } from './within.ts'

/** A limit of many calls, with one timer for all of them. */
export interface SharedLimit extends Limit {
  /** Cancels the timer, when no more calls begin. */
  stop(): void
}

/**
 * For calls that begin all the time: each would arm and cancel a timer of its own, which costs more than most of the calls. The
 * timer is armed for the oldest call, and not again while none waits.
 */
export function sharedLimit(clock: Clock, timeoutMs: number): SharedLimit {
  /** In the order in which they end. */
  const waiting = new Map<() => void, number>()
  let cancel: (() => void) | undefined

  function onTimer(): void {
    cancel = undefined
    const tick = clock.tick()
    for (const [onEnd, endTick] of waiting) {
      if (endTick > tick) {
        cancel = clock.after(endTick - tick, onTimer)
        return
      }
      waiting.delete(onEnd)
      onEnd()
    }
  }

  return {
    timeoutMs,
    clock: {
      ...clock,
      after(_timeoutMs, onEnd) {
        cancel ??= clock.after(timeoutMs, onTimer)
        waiting.set(onEnd, clock.tick() + timeoutMs)
        return () => void waiting.delete(onEnd)
      },
    },
    stop: () => cancel?.(),
  }
}
