import { isPixelId } from '../option/pixel-ids.ts'
import { attempt } from '../runtime/attempt.ts'
import { nextProbeMs } from '../store/put-entries.ts'
import type { ClientState } from './client-state.ts'
import { isAtHome } from './home.ts'
import { warmUpWhenIdle } from './warm-up.ts'

const SWEEP_MS = 60_000

/** Asks the outbox what it holds from before, and sends that. Tries until the outbox answers. */
export function startOutbox(state: ClientState): void {
  warmUpWhenIdle()
  const { sharedAs } = state.store
  if (sharedAs === 'producer') return
  state.recovered = recover(state)
  if (sharedAs === undefined) return
  // What other processes put is looked for, not waited for.
  for (const pixelId of state.options.pixelIds) wake(state, pixelId, 0)
  poll(state)
}

/** Looks again and again for lanes that have something due which this client did not put. */
function poll(state: ClientState): void {
  const { options, store } = state
  const look = async () => {
    // The lanes' own leases then say what is wrong with the outbox.
    const lanes = await store
      .dueLanes()
      .catch(() => state.lanes?.statuses().map(([pixelId]) => pixelId))
    for (const lane of lanes ?? []) wakeKnown(state, lane, 0)
    if (!state.isStopped) poll(state)
  }
  state.cancelPoll = attempt(() => options.clock.after(store.pollMs, () => void look()))
}

async function recover(state: ClientState): Promise<void> {
  for (let tries = 1; !state.isStopped; tries++) {
    try {
      return await state.store.recover()
    } catch {
      // Reported by the store. Where Cloudflare Workers refuse I/O, outside of a request, they refuse timers too.
      state.isRecoverDue = !isAtHome(state)
      if (state.isRecoverDue) return
      if (tries === 1) continue
      const delayMs = nextProbeMs(tries, 0)
      await new Promise<void>((resolve) => void state.options.clock.after(delayMs, resolve))
    }
  }
}

/** Again, where a request can do what could not be done outside of one. */
export function recoverInRequest(state: ClientState): void {
  if (!state.isRecoverDue || !isAtHome(state)) return
  state.isRecoverDue = false
  state.recovered = recover(state)
}

/** These wait again, and are this client's to count. */
export function wakeLanes(state: ClientState, waiting: Readonly<Record<string, number>>): void {
  for (const [pixelId, count] of Object.entries(waiting)) {
    if (count <= 0) continue
    // In a shared outbox, the client that put them counts them.
    if (state.store.sharedAs === undefined) state.ledger.accept(count)
    wakeKnown(state, pixelId, count)
  }
}

/** A lane's name becomes part of an address. Under another one nothing is sent; it waits until it is swept out. */
function wakeKnown(state: ClientState, lane: string, count: number): void {
  if (isPixelId(lane)) wake(state, lane, count)
  else sweepLater(state)
}

/**
 * These were put into the outbox for this pixel. Never throws: they are kept, and the next event, `flush` or `close`
 * wakes the lane again.
 */
export function wake(state: ClientState, pixelId: string, count: number): void {
  const { lanes } = state
  if (lanes === undefined || state.isStopped) return
  if (state.store.sharedAs === 'producer') return
  attempt(() => lanes.wake(pixelId, count))
  attempt(() => sweepLater(state))
}

/** As long as something waits: without that there is no timer. */
function sweepLater(state: ClientState): void {
  if (state.cancelSweep !== undefined || state.isStopped) return
  state.cancelSweep = state.options.clock.after(SWEEP_MS, () => {
    void sweep(state).finally(() => {
      state.cancelSweep = undefined
      if (state.store.sharedAs !== undefined || state.ledger.mayWait()) sweepLater(state)
    })
  })
}

/** Gives up what is too old, also in lanes that wait. Never rejects. */
export async function sweep(state: ClientState): Promise<void> {
  try {
    await state.store.dropExpired()
  } catch (error) {
    state.ledger.reportOutboxError(error)
  }
}
