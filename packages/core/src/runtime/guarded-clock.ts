import { attempt } from './attempt.ts'
import { type Clock, systemClock } from './clock.ts'
import type { Logger } from './logger.ts'

/**
 * A clock of the caller's that cannot fail: once it throws, or gives no number, the machine's clock goes on in its place,
 * and the log says so. `after` throws only where the runtime itself refuses timers.
 */
export function guardedClock(given: Clock, logger: Logger): Clock {
  let clock = given
  let lastTick = 0

  function replaceClock(): void {
    // Ticks go on from where they stood: what waits for one must not wait longer.
    const offset = lastTick - systemClock.tick()
    clock = { ...systemClock, tick: () => systemClock.tick() + offset }
    logger.warn("@capi/core: the option clock failed. The machine's clock is used from now on.")
  }

  function read(name: 'now' | 'tick'): number {
    const time: unknown = attempt(() => clock[name]())
    if (typeof time === 'number' && Number.isFinite(time)) return time
    replaceClock()
    return clock[name]()
  }

  return {
    now: () => read('now'),
    tick() {
      lastTick = read('tick')
      return lastTick
    },
    after(delayMs, callback, isAwaited) {
      const cancel: unknown = attempt(() => clock.after(delayMs, callback, isAwaited))
      if (typeof cancel === 'function') return () => attempt(() => cancel())
      replaceClock()
      return clock.after(delayMs, callback, isAwaited)
    },
  }
}
