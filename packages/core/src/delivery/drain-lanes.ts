import type { Clock } from '../runtime/clock.ts'
import type { Store } from '../store/store.ts'
import type { Lane } from './lane.ts'

/** Between two looks at what is left. */
const IDLE_MS = 50
/** With less time left, Meta is not asked once more. */
const LAST_TRIES_MS = 1_000

export interface Drain {
  readonly lanes: readonly Lane[]
  readonly deadlineTick: number
  /** What is left is lost, so Meta is asked again and again until then. */
  readonly isLast: boolean
}

export interface DrainContext {
  readonly clock: Clock
  readonly store: Pick<Store, 'counts'>
  readonly isStopped: () => boolean
  /** Calls back when no lane sends any more; at once if none does. */
  readonly onIdle: (callback: () => void) => void
  /** Events go to a server on this machine: one that refuses a connection is not running. */
  readonly isLoopback: boolean
}

interface Goal {
  /** So many must have come to rest. */
  readonly settled: number
  /** When Meta is asked although the lane waits. */
  askTick?: number | undefined
}

/**
 * Sends now, also where a lane waits, unless Meta stated the wait. Resolves when nothing waits any more, or can be sent before
 * the deadline. One loop for all lanes: each look costs one question to the outbox, not one a lane.
 */
export async function drainLanes(
  { lanes, deadlineTick, isLast }: Drain,
  { clock, store, isStopped, onIdle, isLoopback }: DrainContext,
): Promise<void> {
  /** Undefined: the outbox cannot say. */
  const counts = () => store.counts().catch(() => undefined)
  const sleep = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve))
  const pause = () =>
    new Promise<void>((resolve) => {
      const cancel = clock.after(IDLE_MS, resolve)
      onIdle(() => {
        cancel()
        resolve()
      })
    })

  if (clock.tick() < deadlineTick) for (const lane of lanes) lane.gate.tryNow()
  // Events that come later are not waited for: under steady traffic the wait would never end.
  const held = await counts()
  const goals = new Map<Lane, Goal>()
  for (const lane of lanes) goals.set(lane, { settled: lane.settled() + heldBy(held, lane) })

  /** How long until it is tried; undefined: not before the deadline. */
  function nextTryMs(lane: Lane, goal: Goal): number | undefined {
    const tick = clock.tick()
    const leftMs = deadlineTick - tick
    if (isLast && isLoopback && lane.gate.status().cause?.code === 'ECONNREFUSED') return undefined
    const ms = lane.waitMs()
    if (ms < leftMs) return ms
    if (!isLast || leftMs <= LAST_TRIES_MS || lane.gate.status().state !== 'retrying')
      return undefined
    goal.askTick ??= tick + leftMs / 2
    return goal.askTick - tick
  }

  while (!isStopped()) {
    let isSending = false
    for (const lane of goals.keys()) if (!lane.isSending() && lane.waitMs() === 0) lane.start()
    await pause()
    for (const [lane, goal] of goals) {
      if (lane.isEmpty() || lane.settled() >= goal.settled) goals.delete(lane)
      else isSending ||= lane.isSending()
    }
    if (goals.size === 0) return
    // Other processes may have sent what a shared outbox held.
    const left = isSending ? undefined : await counts()
    let soonestMs = Number.POSITIVE_INFINITY
    for (const [lane, goal] of goals) {
      if (lane.isSending()) continue
      const ms = nextTryMs(lane, goal)
      if (ms === undefined || heldBy(left, lane) === 0) goals.delete(lane)
      else soonestMs = Math.min(soonestMs, ms === 0 && lane.isDirty() ? 0 : Math.max(IDLE_MS, ms))
    }
    if (goals.size === 0) return
    if (!isSending && soonestMs > 0) await sleep(soonestMs)
    for (const [lane, goal] of goals) {
      if ((goal.askTick ?? Number.POSITIVE_INFINITY) > clock.tick()) continue
      lane.gate.tryNow()
      goal.askTick = undefined
    }
  }
}

/** Where the outbox cannot say, there may be more. */
function heldBy(counts: Awaited<ReturnType<Store['counts']>> | undefined, lane: Lane): number {
  return counts === undefined ? Number.POSITIVE_INFINITY : (counts[lane.pixelId]?.queued ?? 0)
}
