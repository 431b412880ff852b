import type { Exit } from '../../shell/exit-codes.ts'
import type { Delivery } from './delivery.ts'
import { duration } from './progress.ts'

/** Watches whether the delivery moves. */
export interface Watched {
  moved(): void
  /** Why nothing moves, for the progress. */
  waits(): string | undefined
  end(): void
}

const LOOK_MS = 250

/**
 * Ends the run where waiting is of no use: Meta refuses the token or the dataset, or does not answer for too long.
 * @param stop gets what core's log says, where it said something
 */
export function watch(
  delivery: Delivery,
  patienceMs: number,
  stop: (exit: Exit, why: string) => void,
): Watched {
  let movedMs = performance.now()
  let waits: string | undefined
  let isLooking = false

  async function look(): Promise<void> {
    if (isLooking) return
    isLooking = true
    const status = await delivery.status()
    isLooking = false
    const { state = 'open', cause, nextTryInMs = 0 } = status ?? {}
    if (state === 'paused')
      stop('access', `Meta refuses the request (${cause?.code ?? 'unknown'}).`)
    waits =
      state === 'open'
        ? undefined
        : `waits ${duration(nextTryInMs / 1_000)} (${cause?.code ?? state})`
    if (state === 'open') return
    const stillMs = performance.now() - movedMs
    if (stillMs > patienceMs)
      stop(
        'remote',
        `Meta took no event for ${duration(stillMs / 1_000)} (${cause?.code ?? state}).`,
      )
  }

  const timer = setInterval(() => void look(), LOOK_MS)
  return {
    moved() {
      movedMs = performance.now()
    },
    waits: () => waits,
    end: () => clearInterval(timer),
  }
}
