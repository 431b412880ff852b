import type { Clock } from '../runtime/clock.ts'
import { mayClose, release } from '../store/outbox-owners.ts'
import type { ClientState } from './client-state.ts'
import { isAtHome } from './home.ts'
import { recoverInRequest, sweep } from './outbox.ts'
import { measureOutbox, measureQueue } from './stats.ts'
import type { FlushResult } from './tracker.ts'

/** For what is aborted at the deadline to be put back, and for the outbox to close. */
const STOP_MS = 250
/** The same, when that takes a server's answer. */
const SHARED_STOP_MS = 2_000

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

/** The same, and then no more; a shared outbox is left to the others as it is. Never rejects. */
export async function close(
  state: ClientState,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): Promise<FlushResult> {
  const since = countSince(state)
  const { clock } = state.options
  state.isClosed = true
  const isShared = state.store.sharedAs !== undefined
  const stopMs = isShared ? SHARED_STOP_MS : STOP_MS
  await settledWithin(isShared ? finish(state) : drain(state, timeoutMs), timeoutMs, clock)
  state.isStopped = true
  state.cancelSweep?.()
  state.cancelPoll?.()
  const lanes = [...state.lanes.values()]
  await settledWithin(Promise.all(lanes.map((lane) => lane.stop())), stopMs, clock)
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

/** First what `track` was just called with, then what waits. */
async function drain(state: ClientState, timeoutMs: number): Promise<void> {
  const deadlineTick = state.options.clock.tick() + timeoutMs
  await state.recovered
  await put(state)
  const { exchange, store, lanes } = state
  if (exchange !== undefined && store.sharedAs !== 'producer') await sweep(state)
  await Promise.all([...lanes.values()].map((lane) => lane.drain(deadlineTick)))
}

/** What this process took: into the outbox, or to Meta if it is on its way there. */
async function finish(state: ClientState): Promise<void> {
  await put(state)
  await Promise.all([...state.lanes.values()].map((lane) => lane.finish()))
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
