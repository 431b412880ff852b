import type { Clock } from '../runtime/clock.ts'
import type { Limit } from './within.ts'

/** A limit of many calls, with one timer for all of them. */
export interface SharedLimit extends Limit {
  /** Cancels the timer, when no more calls begin. */
  stop(): void
}

interface Call {
  readonly endTick: number
  onEnd: (() => void) | undefined
}

/**
 * For calls that begin all the time: each would arm and cancel a timer of its own, which costs more than most of the calls. The
 * timer is armed for the oldest call, and not again while none waits.
 */
export function sharedLimit(clock: Clock, timeoutMs: number): SharedLimit {
  /** In the order in which they end; one that was cancelled has no `onEnd`. */
  let calls: Call[] = []
  let cancel: (() => void) | undefined

  function onTimer(): void {
    cancel = undefined
    const tick = clock.tick()
    const due = calls.filter(({ endTick }) => endTick <= tick)
    calls = calls.filter(({ endTick, onEnd }) => endTick > tick && onEnd !== undefined)
    const [next] = calls
    if (next !== undefined) cancel = clock.after(next.endTick - tick, onTimer)
    for (const { onEnd } of due) onEnd?.()
  }

  return {
    timeoutMs,
    clock: {
      ...clock,
      after(_timeoutMs, onEnd) {
        cancel ??= clock.after(timeoutMs, onTimer)
        const call: Call = { endTick: clock.tick() + timeoutMs, onEnd }
        calls.push(call)
        return () => {
          call.onEnd = undefined
        }
      },
    },
    stop: () => cancel?.(),
  }
}
