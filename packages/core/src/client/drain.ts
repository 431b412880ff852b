import type { Clock } from '../runtime/clock.ts'
import { mayClose, release } from '../store/outbox-owners.ts'
import type { ClientState } from './client-state.ts'
import { isAtHome } from './home.ts'
import { recoverInRequest, sweep } from './outbox.ts'
import { measureOutbox, measureQueue } from './stats.ts'
import type { FlushResult } from './tracker.ts'

/** For what is aborted at the deadline to be put back, for the counts, and for the outbox to close: each. */
const STOP_MS = 250
/** The same where the outbox keeps what waits. What is not put back is due again at the next start, or when its lease runs out. */
const DURABLE_STOP_MS = 150
/** In a durable outbox of this process: so long requests may begin while it closes … */
const BEGIN_MS = 250
/** … and so long they, and those of an outbox that processes share, may take. */
const FINISH_MS = 500
/** Between two tries to put what only this process holds. */
const PUT_AGAIN_MS = 100

const DEFAULT_TIMEOUT_MS = 10_000

/** Sends what waits, until it is settled or the time is up. Never rejects. */
export async function flush(
  state: ClientState,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): Promise<FlushResult> {
  const since = countSince(state)
  // What another request began cannot be waited for here: the wait would never end.
  if (!isAtHome(state)) return { ...since(), queued: await measureQueue(state) }
  recoverInRequest(state)
  await settledWithin(drain(state, timeoutMs), timeoutMs, state.options.clock)
  const queued = await measureQueue(state)
  return { ...since(), queued }
}

/**
 * The same, and then no more. What a durable outbox holds is not lost by stopping: it is left there, in under a second, for the next
 * start, or for the others that share it. Never rejects.
 */
export async function close(
  state: ClientState,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): Promise<FlushResult> {
  const since = countSince(state)
  const { clock } = state.options
  state.isClosed = true
  const { isDurable } = state.store
  const stopMs = isDurable ? DURABLE_STOP_MS : STOP_MS
  const work = isDurable ? finish(state, timeoutMs) : drain(state, timeoutMs, true)
  await settledWithin(work, timeoutMs, clock)
  state.isStopped = true
  state.cancelSweep?.()
  state.cancelPoll?.()
  if (state.lanes) await settledWithin(state.lanes.stop(!isDurable), stopMs, clock)
  const inOutbox = await settledWithin(measureOutbox(state), stopMs, clock)
  const lost = (await settledWithin(closeOutbox(state, stopMs), stopMs, clock)) ?? 0
  // What the outbox cannot keep waits no longer.
  return {
    ...since(),
    queued:
      inOutbox === undefined ? undefined : Math.max(0, inOutbox - lost) + state.store.status().held,
  }
}

/** @returns how many events it gave up. */
async function closeOutbox(state: ClientState, withinMs: number): Promise<number> {
  const { outbox } = state.options
  if (!mayClose(outbox, state)) return 0
  try {
    return await state.store.close(withinMs)
  } catch (error) {
    state.ledger.reportOutboxError(error)
    return 0
  } finally {
    release(outbox)
  }
}

function countSince({ ledger }: ClientState): () => Pick<FlushResult, 'delivered' | 'dropped'> {
  const before = ledger.counts()
  return () => {
    const { delivered, dropped } = ledger.counts()
    return {
      delivered: delivered - before.delivered,
      dropped: total(dropped) - total(before.dropped),
    }
  }
}

/** First what `track` was just called with, then what waits. `isLast`: what is left afterwards is lost. */
async function drain(state: ClientState, timeoutMs: number, isLast = false): Promise<void> {
  const deadlineTick = state.options.clock.tick() + timeoutMs
  await state.recovered
  await put(state)
  const { exchange, store, lanes } = state
  if (exchange !== undefined && store.sharedAs !== 'producer') await sweep(state)
  await lanes?.drain(deadlineTick, isLast)
}

/**
 * What only this process holds goes into the outbox, for as long as may be. What is in there is safe: a little of it is sent, what is on
 * its way is waited for, and neither for long.
 */
async function finish(state: ClientState, timeoutMs: number): Promise<void> {
  const { clock } = state.options
  const { store, lanes } = state
  await put(state)
  while (heldIn(state) > 0 && !state.isStopped) {
    await new Promise<void>((resolve) => void clock.after(PUT_AGAIN_MS, resolve))
    await store.putHeld()
  }
  const startTick = clock.tick()
  const beginMs = Math.min(timeoutMs, BEGIN_MS)
  if (store.sharedAs === undefined) await settledWithin(drain(state, beginMs), beginMs, clock)
  const leftMs = Math.max(0, Math.min(timeoutMs, FINISH_MS) - (clock.tick() - startTick))
  if (lanes) await settledWithin(lanes.finish(), leftMs, clock)
}

function heldIn({ store }: ClientState): number {
  const { held, unknown } = store.status()
  return held + unknown
}

async function put({ putting, store }: ClientState): Promise<void> {
  while (putting.size > 0) await Promise.all(putting) // These never reject.
  await store.putHeld()
}

/** The answer; undefined where the work fails, or takes longer. The caller waits for it: this timer keeps the process alive. */
function settledWithin<T>(
  work: Promise<T>,
  timeoutMs: number,
  clock: Clock,
): Promise<T | undefined> {
  return new Promise((resolve) => {
    const cancel = clock.after(timeoutMs, () => resolve(undefined), true)
    const done = (answer?: T) => {
      cancel()
      resolve(answer)
    }
    work.then(done, () => done())
  })
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, one) => sum + one, 0)
}
