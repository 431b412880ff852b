import { createDoubts } from './doubts.ts'
import { drainLanes } from './drain-lanes.ts'
import { createLane, type Lane, type LaneContext, type LanesContext } from './lane.ts'
import { createLaneGate, type LaneGate } from './lane-gate.ts'
import type { LaneStatus } from './pixel-state.ts'
import { createStandstills } from './standstills.ts'
import { createTurns } from './turns.ts'

/** The pixels of one client, each with a lane for its events. */
export interface Lanes {
  /** So many events were put into the outbox for this pixel. */
  wake(pixelId: string, count: number): void
  /** See `drainLanes`. */
  drain(deadlineTick: number, isLast: boolean): Promise<void>
  /** Starts nothing more; resolves when what is on its way is settled. */
  finish(): Promise<void>
  /** Aborts what is on its way and lets it wait again. `isLoss`: that is lost, and the log has the reason. */
  stop(isLoss: boolean): Promise<void>
  /** Of every pixel that was woken. */
  statuses(): readonly (readonly [pixelId: string, status: LaneStatus])[]
  /** Events whose settlement the outbox has not confirmed. */
  unsettled(): number
}

/** Batches for each connection: while one is being sent, the next is leased or the last settled. */
const AHEAD = 2
const LOOPBACK = /^https?:\/\/(?:127\.|localhost[:/]|\[::1\])/i

export function createLanes(context: LanesContext): Lanes {
  const { options, store, ledger } = context
  const { clock, maxConnections } = options
  const gates = new Map<string, LaneGate>()
  /** Those that may hold events. Of the others nothing is kept but the gate. */
  const lanes = new Map<string, Lane>()
  const standstills = createStandstills(options)
  const gateContext = { waiting: () => ledger.waiting(), standstills }
  const batches = createTurns(AHEAD * maxConnections)
  let abort: AbortController | undefined
  let isFinishing = false
  let shared: LaneContext | undefined

  /** Made with the first lane: outside of a request, Cloudflare Workers refuse signals. */
  function makeShared(): LaneContext {
    abort = new AbortController()
    return {
      ...context,
      doubts: createDoubts(clock, () => options.time.nowMs()),
      batches,
      connections: createTurns(maxConnections),
      signal: abort.signal,
      isFinishing: () => isFinishing,
      onEmpty: (pixelId) => void lanes.delete(pixelId),
    }
  }

  function gateOf(pixelId: string): LaneGate {
    let gate = gates.get(pixelId)
    if (gate === undefined) {
      gate = createLaneGate(pixelId, options, gateContext)
      gates.set(pixelId, gate)
    }
    return gate
  }

  function laneOf(pixelId: string): Lane {
    let lane = lanes.get(pixelId)
    if (lane === undefined) {
      shared ??= makeShared()
      lane = createLane(pixelId, gateOf(pixelId), shared)
      lanes.set(pixelId, lane)
    }
    return lane
  }

  const all = () => [...lanes.values()]

  /** What is on its way comes to its end, and no more. */
  async function end(): Promise<void> {
    batches.clear()
    for (const lane of lanes.values()) lane.sleep()
    await new Promise<void>((resolve) => batches.onIdle(resolve))
  }

  return {
    wake: (pixelId, count) => laneOf(pixelId).wake(count),

    async drain(deadlineTick, isLast) {
      await context.recovered()
      // In a shared outbox, others may have put events for a pixel of this client.
      if (store.sharedAs !== undefined) for (const pixelId of gates.keys()) laneOf(pixelId).wake(0)
      const isLoopback = LOOPBACK.test(options.baseUrl)
      const isStopped = () => isFinishing || abort?.signal.aborted === true
      const onIdle = (callback: () => void) => batches.onIdle(callback)
      await drainLanes(
        { lanes: all(), deadlineTick, isLast },
        { clock, store, isStopped, onIdle, isLoopback },
      )
    },

    async finish() {
      isFinishing = true
      await end()
    },

    async stop(isLoss) {
      standstills.end(isLoss)
      abort?.abort()
      await end()
    },

    statuses: () => [...gates].map(([pixelId, gate]) => [pixelId, gate.status()] as const),
    unsettled: () => all().reduce((sum, lane) => sum + lane.unsettled(), 0),
  }
}
