import type { ResolvedOptions } from '../options.ts'
import { pauseDelayMs, retryDelayMs, throttleDelayMs } from './backoff.ts'
import type { DropCause } from './drop-reason.ts'
import { guarded } from './ledger.ts'

/**
 * How a pixel's lane stands. `retrying`: Meta or the outbox could not be had. `throttled`: Meta asked to
 * wait. `paused`: the token, the permission or the dataset is refused, or every event is. In all of
 * them events wait, and one request tries again later.
 */
export type LaneState = 'open' | 'retrying' | 'throttled' | 'paused'

export interface LaneStatus {
  readonly state: LaneState
  readonly cause?: DropCause
  /** Milliseconds until one request tries again. */
  readonly nextTryInMs?: number
}

/** Whether a pixel's lane may send. */
export interface LaneGate {
  /** Milliseconds until the next request may leave; 0: now. */
  waitMs(): number
  isOpen(): boolean
  /** A request begun at this tick passed. */
  pass(startTick: number): void
  /** One did not, for a reason that is not its events'. `statedMs`: how long Meta asks to wait. */
  block(
    state: Exclude<LaneState, 'open'>,
    cause: DropCause,
    startTick: number,
    statedMs?: number,
  ): void
  status(): LaneStatus
}

const WHAT = {
  retrying: 'is sent again later',
  throttled: 'waits, as Meta asks',
  paused: 'waits until it is mended: check the access token, its permission and the dataset id',
} as const

export function createLaneGate(
  pixelId: string,
  options: Pick<ResolvedOptions, 'clock' | 'logger' | 'random' | 'retry' | 'baseUrl'>,
): LaneGate {
  const { clock, logger, random, retry } = options
  let state: LaneState = 'open'
  let cause: DropCause | undefined
  let failures = 0
  let untilTick = 0
  /** Requests begun before say nothing new. */
  let changedTick = Number.NEGATIVE_INFINITY

  function delayMs(next: Exclude<LaneState, 'open'>, statedMs: number | undefined): number {
    if (next === 'throttled') return throttleDelayMs(failures, statedMs, random)
    if (next === 'paused') return pauseDelayMs(failures, random)
    return Math.max(statedMs ?? 0, retryDelayMs(failures, retry, random))
  }

  return {
    waitMs: () => Math.max(0, untilTick - clock.tick()),
    isOpen: () => state === 'open',

    pass(startTick) {
      if (state === 'open' || startTick < changedTick) return
      state = 'open'
      cause = undefined
      failures = 0
      guarded(() => logger.warn(`@capi/core: pixel ${pixelId}: delivery goes on.`))
    },

    block(next, nextCause, startTick, statedMs) {
      const tick = clock.tick()
      // Requests on their way together fail together: that is one failure, but the longest wait counts.
      const isSameFailure = state !== 'open' && startTick < changedTick
      if (!isSameFailure) failures++
      const nextUntilTick = tick + delayMs(next, statedMs)
      if (isSameFailure && nextUntilTick <= untilTick) return
      const isNews = state !== next
      state = next
      cause = nextCause
      changedTick = tick
      untilTick = nextUntilTick
      // Of an outbox that fails the client tells, in its own words.
      if (!isNews || nextCause.code.startsWith('store_')) return
      const text = `@capi/core: pixel ${pixelId}: ${nextCause.code}${at(nextCause, options.baseUrl)}${trace(nextCause)}. What is tracked ${WHAT[next]}; nothing is lost before it is too old for Meta. Logged once.`
      guarded(() => (next === 'paused' ? logger.error(text) : logger.warn(text)))
    },

    status() {
      if (state === 'open') return { state }
      const nextTryInMs = Math.max(0, untilTick - clock.tick())
      return { state, nextTryInMs, ...(cause === undefined ? {} : { cause }) }
    },
  }
}

/** An unreachable address is worth naming; an answer of Meta's speaks for itself. */
function at(cause: DropCause, baseUrl: string): string {
  return cause.status === undefined && cause.code !== 'usage_limit'
    ? ` at ${new URL(baseUrl).origin}`
    : ''
}

function trace({ fbtrace_id }: DropCause): string {
  return fbtrace_id === undefined ? '' : `, fbtrace_id ${fbtrace_id}`
}
