import type { Cause } from '../issue/cause.ts'
import { attempt } from '../runtime/attempt.ts'
import type { DeliveryOptions } from './delivery-options.ts'
import { kindOfNews, laneNews, TOKEN_KIND } from './lane-news.ts'
import type { PixelState } from './pixel-state.ts'

type Closed = Exclude<PixelState, 'open'>

/** What the log gets to know of pixels that wait: one line for a trouble of many of them, and none for a blip. */
export interface Standstills {
  /** The pixel waits, for this reason. */
  blocked(pixelId: string, state: Closed, cause: Cause): void
  /** A request passed, of any pixel. */
  passed(): void
  /** The pixel waits no longer. */
  resumed(pixelId: string): void
  /** Logs nothing more; `isLoss`: what waits is lost, and the reason is logged before. */
  end(isLoss: boolean): void
}

interface Standstill {
  readonly sinceTick: number
  state: Closed
  cause: Cause
  /** Kinds of trouble that the log has a line about. */
  readonly logged: Set<string>
}

/** A lane that waits for longer is no blip. */
const STILL_MS = 30_000
/** The same before the first delivery: a wrong address, or a network that lets nothing out, is no outage. */
const FIRST_MS = 2_000
/** Between two lines about one kind of trouble, and for pixels that resume together. */
const GATHER_MS = 10_000

export function createStandstills(
  options: Pick<DeliveryOptions, 'clock' | 'logger' | 'baseUrl' | 'gateway'>,
): Standstills {
  const { clock, logger } = options
  const standing = new Map<string, Standstill>()
  /** When each kind was logged last. */
  const lineTicks = new Map<string, number>()
  /** They resumed, and the log does not have it. */
  let ended: { readonly pixelId: string; readonly ms: number; readonly code: string }[] = []
  /** When a request of any pixel passed last. */
  let passedTick = Number.NEGATIVE_INFINITY
  let timer: { readonly atTick: number; readonly cancel: () => void } | undefined

  const kindOf = ({ state, cause }: Standstill) => kindOfNews(state, cause)
  const lineTick = (kind: string) => lineTicks.get(kind) ?? Number.NEGATIVE_INFINITY

  function dueTick(one: Standstill): number {
    const kind = kindOf(one)
    if (one.logged.has(kind)) return Number.POSITIVE_INFINITY
    const isFirst = passedTick === Number.NEGATIVE_INFINITY && kind !== TOKEN_KIND
    const patienceMs = isFirst ? FIRST_MS : STILL_MS
    // A person has to act.
    const sinceMs = one.state === 'paused' ? 0 : patienceMs
    return Math.max(one.sinceTick + sinceMs, lineTick(kind) + GATHER_MS)
  }

  /** One line for all that wait for the same, whether or not each has waited for long. */
  function report(isDue: (one: Standstill) => boolean): void {
    const kinds = new Set([...standing.values()].filter(isDue).map(kindOf))
    for (const kind of kinds) {
      const those = [...standing].filter(([, one]) => kindOf(one) === kind)
      // Since the last line nothing passed, of any pixel: this is what that line is about.
      const isKnown = lineTick(kind) > passedTick && those.some(([, one]) => one.logged.has(kind))
      for (const [, one] of those) one.logged.add(kind)
      const [, first] = those[0] ?? []
      if (isKnown || first === undefined) continue
      lineTicks.set(kind, clock.tick())
      log(
        first.state === 'paused',
        those.map(([id]) => id),
        laneNews(first.state, first.cause, options),
      )
    }
  }

  function log(isError: boolean, pixelIds: readonly string[], text: string): void {
    const others = pixelIds.length - 1
    const more = others === 0 ? '' : ` and ${others} ${others === 1 ? 'other' : 'others'}`
    const line = `@capi/core: pixel ${pixelIds[0]}${more}: ${text}`
    attempt(() => (isError ? logger.error(line) : logger.warn(line)))
  }

  function reportResumed(): void {
    const [first] = ended
    if (first === undefined) return
    const waiting = [...standing.values()].filter((one) => one.logged.size > 0).length
    const rest = waiting === 0 ? '' : ` ${waiting} more still wait.`
    const sec = Math.round(Math.max(...ended.map(({ ms }) => ms)) / 1_000)
    const text = `delivery resumed after ${sec} s (${first.code}).${rest}`
    log(
      false,
      ended.map(({ pixelId }) => pixelId),
      text,
    )
    ended = []
  }

  function onTimer(): void {
    timer = undefined
    reportResumed()
    const tick = clock.tick()
    report((one) => dueTick(one) <= tick)
    let nextTick = Number.POSITIVE_INFINITY
    for (const one of standing.values()) nextTick = Math.min(nextTick, dueTick(one))
    startAt(nextTick)
  }

  function startAt(atTick: number): void {
    if (atTick === Number.POSITIVE_INFINITY || (timer && timer.atTick <= atTick)) return
    timer?.cancel()
    // Where the runtime refuses timers, the next failure is the moment to look.
    const cancel = attempt(() => clock.after(Math.max(0, atTick - clock.tick()), onTimer))
    timer = cancel && { atTick, cancel }
  }

  function stop(): void {
    timer?.cancel()
    timer = undefined
  }

  return {
    blocked(pixelId, state, cause) {
      const tick = clock.tick()
      const one = standing.get(pixelId) ?? { sinceTick: tick, state, cause, logged: new Set() }
      one.state = state
      one.cause = cause
      standing.set(pixelId, one)
      const atTick = dueTick(one)
      if (atTick <= tick) onTimer()
      else startAt(atTick)
    },

    passed() {
      passedTick = clock.tick()
    },

    resumed(pixelId) {
      const tick = clock.tick()
      const one = standing.get(pixelId)
      if (one === undefined) return
      standing.delete(pixelId)
      const ms = tick - one.sinceTick
      if (one.logged.size === 0 && ms < STILL_MS) return
      ended.push({ pixelId, ms, code: one.cause.code })
      // Of thousands of pixels that resume together, each looks at few.
      for (const { logged } of standing.values())
        if (logged.size > 0) return startAt(tick + GATHER_MS)
      reportResumed()
    },

    end(isLoss) {
      stop()
      reportResumed()
      if (isLoss) report((one) => one.logged.size === 0)
    },
  }
}
