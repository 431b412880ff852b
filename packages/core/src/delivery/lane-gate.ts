import type { Cause } from '../issue/cause.ts'
import { pauseDelayMs, probeDelay, TOKEN_TRIES, throttleDelayMs, tokenDelayMs } from './backoff.ts'
import type { DeliveryOptions } from './delivery-options.ts'
import type { LaneStatus, PixelState } from './pixel-state.ts'
import type { Standstills } from './standstills.ts'

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

/** The `accessToken` function may have had a bad moment. */
const TOKEN_FAILURES: readonly string[] = ['access_token_unavailable', 'access_token_timeout']

/** What the gates of one client share. */
export interface GateContext {
  /** How many events wait in the outbox. */
  readonly waiting: () => number
  readonly standstills: Standstills
}

export function createLaneGate(
  pixelId: string,
  options: Pick<DeliveryOptions, 'clock' | 'random' | 'retry'>,
  { waiting, standstills }: GateContext,
): LaneGate {
  const { clock, random, retry } = options
  let state: PixelState = 'open'
  let cause: Cause | undefined
  /** In a row, of one trouble. */
  let failures = 0
  let trouble: PixelState | 'token' | undefined
  /** When the next request may leave. It comes nearer as events pile up. */
  let untilTick = () => 0
  /** Until then, Meta itself asked for none. */
  let statedUntilTick = 0
  /** When it was open last. */
  let closedTick = 0
  /** Requests begun before say nothing new. */
  let changedTick = Number.NEGATIVE_INFINITY
  let passedTick = Number.NEGATIVE_INFINITY

  function fixed(delayMs: number): () => number {
    const tick = clock.tick()
    return () => tick + delayMs
  }

  /** Counted from the start of the request that failed: one that hung has waited already. */
  function nextUntil(
    next: Exclude<PixelState, 'open'>,
    startTick: number,
    { statedMs, spared }: { readonly statedMs: number | undefined; readonly spared: number },
  ) {
    if (next === 'throttled') return fixed(throttleDelayMs(failures, statedMs, random))
    if (next === 'paused') return fixed(pauseDelayMs(failures - spared, random))
    const delay = probeDelay(failures, retry, random)
    const soonestMs = Math.max(statedMs ?? 0, Math.min(delay(0), retry.baseDelayMs / 2))
    const soonestTick = clock.tick() + soonestMs
    return () => Math.max(soonestTick, startTick + delay(waiting()))
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
      standstills.passed()
      if (state === 'open' || startTick < changedTick || untilTick() > passedTick) return
      state = 'open'
      cause = undefined
      failures = 0
      trouble = undefined
      standstills.resumed(pixelId)
    },

    block(wanted, nextCause, startTick, statedMs) {
      const tick = clock.tick()
      const nextTrouble = TOKEN_FAILURES.includes(nextCause.code) ? 'token' : wanted
      // Requests on their way together fail together: that is one failure.
      if (trouble !== nextTrouble) failures = 1
      else if (startTick >= changedTick) failures++
      const spared = nextTrouble === 'token' ? TOKEN_TRIES : 0
      const isMoment = failures <= spared
      const next = isMoment ? 'retrying' : wanted
      const until = isMoment
        ? fixed(tokenDelayMs(failures, random))
        : nextUntil(next, startTick, { statedMs, spared })
      // A longer wait stands, most of all one that Meta asked for.
      if (state !== 'open' && until() <= untilTick()) return
      if (state === 'open') closedTick = tick
      state = next
      trouble = nextTrouble
      cause = nextCause
      changedTick = tick
      untilTick = until
      statedUntilTick = next === 'throttled' ? until() : tick + (statedMs ?? 0)
      // The ledger logs failures of the outbox.
      if (!nextCause.code.startsWith('store_')) standstills.blocked(pixelId, next, nextCause)
    },

    status() {
      if (state === 'open') return { state }
      const blockedForMs = Math.round(clock.tick() - closedTick)
      return { state, blockedForMs, nextTryInMs: waitMs(), ...(cause && { cause }) }
    },
  }
}
