import type { Cause } from '../issue/cause.ts'
import { attempt } from '../runtime/attempt.ts'
import type { Clock } from '../runtime/clock.ts'
import { outboxCause } from './outbox-cause.ts'
import { nextProbeMs } from './put-entries.ts'

/** Failures in a row after which the outbox is away. */
export const AWAY_AFTER = 2

/** Whether the outbox answers, why not, and when to ask it again. @param onTimer it may be asked again. */
export function outboxHealth(clock: Clock, onTimer: () => void) {
  let failures = 0
  let timeouts = 0
  let cause: Cause | undefined
  let cancel: (() => void) | undefined
  const isAway = () => failures >= AWAY_AFTER

  return {
    isAway,
    /** Why it failed last. */
    lastCause: () => cause,
    /** One rejection may be a matter of the moment: it is asked again at once. */
    isMoment: () => !isAway() && cause?.code !== 'store_timeout',
    /** @param hasHung a call of it may still be on its way: these pile up, so it is asked ever less often. */
    fail(error: unknown, hasHung: boolean): void {
      failures++
      if (hasHung) timeouts++
      cause = outboxCause(error)
    },
    recover(): void {
      failures = 0
      timeouts = 0
      cancel?.()
    },
    askLater(): void {
      cancel?.()
      cancel = attempt(() => clock.after(nextProbeMs(failures, timeouts), onTimer))
    },
    stop: () => cancel?.(),
  }
}
