import { CapiStoreError } from '../issue/errors.ts'
import type { Clock } from '../runtime/clock.ts'

/** How long an outbox may take to answer. */
export interface Limit {
  readonly clock: Clock
  readonly timeoutMs: number
  /** Keeps the process alive until then: somebody waits for the answer. */
  readonly isAwaited?: true
}

/**
 * The outbox's answer, or a rejection as `timeout` when there is none in time: an outbox that hangs must not hold up
 * its caller. @param onLate gets an answer that came too late.
 */
export function within<T>(
  { clock, timeoutMs, isAwaited }: Limit,
  call: () => Promise<T>,
  onLate: (answer: T) => void = () => {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    let isLate = false
    const giveUp = () => {
      isLate = true
      reject(new CapiStoreError('timeout', `The outbox did not answer within ${timeoutMs} ms.`))
    }
    const cancel = clock.after(timeoutMs, giveUp, isAwaited)
    const settle = async () => {
      try {
        const answer = await call()
        if (isLate) onLate(answer)
        else resolve(answer)
      } catch (error) {
        reject(error)
      } finally {
        cancel()
      }
    }
    void settle()
  })
}
