import type { Clock } from '@capi/core'
import { systemClock } from '@capi/core/adapter'

/** The promise's value, or another one when that takes too long. What it does later is not heard. */
export async function within<T, F>(
  timeoutMs: number,
  work: Promise<T>,
  late: F,
  clock: Pick<Clock, 'after'> = systemClock,
): Promise<T | F> {
  let cancel = () => {}
  const timeout = new Promise<F>((resolve) => {
    cancel = clock.after(Math.max(0, timeoutMs), () => resolve(late), true)
  })
  try {
    return await Promise.race([work, timeout])
  } finally {
    cancel()
  }
}
