import type { Cause } from '../issue/cause.ts'
import { attempt } from '../runtime/attempt.ts'
import { pauseDelayMs, probeDelay, throttleDelayMs } from './backoff.ts'
import type { DeliveryOptions } from './delivery-options.ts'
import { kindOfNews, laneNews } from './lane-news.ts'
import type { LaneStatus, PixelState } from './pixel-state.ts'

/** Whether a pixel's lane may send. */
export interface LaneGate {
  /** Milliseconds until the next request may leave; 0: now. */
  waitMs(): number
  /** Lets one request leave now: a caller waits, or this is the last chance. A wait that Meta stated stands. */
  tryNow(): void
  isOpen(): boolean
  /** A request begun at this tick passed. It opens the lane again, unless the lane was blocked since. */
  pass(startTick: number): void
  /** Whether one passed within so many milliseconds. */
  passedWithin(ms: number): boolean
  /** Whether it is paused for this reason. */
  isPausedFor(code: string): boolean
  /** One did not, for a reason that is not its events'. `statedMs`: how long Meta asks to wait. */
  block(
    state: Exclude<PixelState, 'open'>,
    cause: Cause,
    startTick: number,
    statedMs?: number,
  ): void
  status(): LaneStatus
}

/** A lane that fails and passes alternately is logged at most this often, for each kind of trouble. */
const LOG_AGAIN_MS = 600_000

export function createLaneGate(
  pixelId: string,
  options: Pick<DeliveryOptions, 'clock' | 'logger' | 'random' | 'retry' | 'baseUrl' | 'gateway'>,
  /** How many events wait in the outbox. */
  waiting: () => number,
): LaneGate {
  const { clock, logger, random, retry } = options
  let state: PixelState = 'open'
  let cause: Cause | undefined
  let failures = 0
  /** When the next request may leave. It comes nearer as events pile up. */
  let untilTick = () => 0
  /** Until then, Meta itself asked for none. */
  let statedUntilTick = 0
  /** Requests begun before say nothing new. */
  let changedTick = Number.NEGATIVE_INFINITY
  let passedTick = Number.NEGATIVE_INFINITY
  const loggedTicks = new Map<string, number>()
  /** Whether the log has a line about the current block. */
  let isLogged = false

  /** Counted from the start of the request that failed: one that hung has waited already. */
  function nextUntil(next: Exclude<PixelState, 'open'>, startTick: number, statedMs?: number) {
    const tick = clock.tick()
    const fixed = (delayMs: number) => () => tick + delayMs
    if (next === 'throttled') return fixed(throttleDelayMs(failures, statedMs, random))
    if (next === 'paused') return fixed(pauseDelayMs(failures, random))
    const delay = probeDelay(failures, retry, random)
    const soonestTick = tick + Math.max(statedMs ?? 0, Math.min(delay(0), retry.baseDelayMs / 2))
    return () => Math.max(soonestTick, startTick + delay(waiting()))
  }

  function log(next: Exclude<PixelState, 'open'>, news: Cause): void {
    const kind = kindOfNews(next, news)
    if (clock.tick() - (loggedTicks.get(kind) ?? Number.NEGATIVE_INFINITY) < LOG_AGAIN_MS) return
    loggedTicks.set(kind, clock.tick())
    isLogged = true
    const text = `@capi/core: pixel ${pixelId}: ${laneNews(next, news, options)}`
    attempt(() => (next === 'paused' ? logger.error(text) : logger.warn(text)))
  }

  const waitMs = () => Math.max(0, Math.ceil(untilTick() - clock.tick()))

  return {
    waitMs,

    tryNow() {
      const soonestTick = Math.max(clock.tick(), statedUntilTick)
      if (untilTick() > soonestTick) untilTick = () => soonestTick
    },

    passedWithin: (ms) => clock.tick() - passedTick <= ms,
    isPausedFor: (code) => state === 'paused' && cause?.code === code,
    isOpen: () => state === 'open',

    pass(startTick) {
      passedTick = clock.tick()
      if (state === 'open' || startTick < changedTick || untilTick() > passedTick) return
      const wasLogged = isLogged
      state = 'open'
      cause = undefined
      failures = 0
      isLogged = false
      if (wasLogged) attempt(() => logger.warn(`@capi/core: pixel ${pixelId}: delivery resumed.`))
    },

    block(next, nextCause, startTick, statedMs) {
      const tick = clock.tick()
      // Requests on their way together fail together: that is one failure.
      if (state === 'open' || startTick >= changedTick) failures++
      const until = nextUntil(next, startTick, statedMs)
      // A longer wait stands, most of all one that Meta asked for.
      if (state !== 'open' && until() <= untilTick()) return
      const isNews = kindOfNews(state, cause) !== kindOfNews(next, nextCause)
      state = next
      cause = nextCause
      changedTick = tick
      untilTick = until
      statedUntilTick = next === 'throttled' ? until() : tick + (statedMs ?? 0)
      // The ledger logs failures of the outbox.
      if (isNews && !nextCause.code.startsWith('store_')) log(next, nextCause)
    },

    status() {
      if (state === 'open') return { state }
      return { state, nextTryInMs: waitMs(), ...(cause === undefined ? {} : { cause }) }
    },
  }
}
