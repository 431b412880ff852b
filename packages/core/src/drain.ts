import type { ClientState } from './client-state.ts'
import type { Clock } from './clock.ts'
import { count, sweep } from './outbox.ts'
import type { FlushResult } from './tracker.ts'

/** For what is aborted at the deadline to be put back, and for the outbox to close. */
const STOP_MS = 250

/** Sends what waits, until it is settled or the time is up. Never rejects. */
export async function flush(state: ClientState, timeoutMs = 10_000): Promise<FlushResult> {
  const since = countSince(state)
  await settledWithin(drain(state, timeoutMs), timeoutMs, state.options.clock)
  return since()
}

/** The same, and then no more. Never rejects. */
export async function close(state: ClientState, timeoutMs?: number): Promise<FlushResult> {
  const since = countSince(state)
  const { clock } = state.options
  state.isClosed = true
  await flush(state, timeoutMs)
  state.isStopped = true
  state.cancelSweep?.()
  const lanes = [...state.lanes.values()]
  await settledWithin(Promise.all(lanes.map((lane) => lane.stop())), STOP_MS, clock)
  await settledWithin(closeStore(state), STOP_MS, clock)
  return since()
}

async function closeStore(state: ClientState): Promise<void> {
  try {
    count(state, await state.options.store.close())
  } catch (error) {
    state.ledger.blameStore(error)
  }
}

function countSince({ ledger }: ClientState): () => FlushResult {
  const before = ledger.counts()
  return () => {
    const { delivered, dropped, queued } = ledger.counts()
    return {
      delivered: delivered - before.delivered,
      dropped: total(dropped) - total(before.dropped),
      queued,
    }
  }
}

/** First what `track` was just called with, then what waits. */
async function drain(state: ClientState, timeoutMs: number): Promise<void> {
  const deadlineTick = state.options.clock.tick() + timeoutMs
  await state.recovered
  while (state.putting.size > 0) await Promise.all(state.putting) // These never reject.
  // A microtask on, those calls have woken their lanes.
  await Promise.resolve()
  if (state.exchange !== undefined) await sweep(state)
  await Promise.all([...state.lanes.values()].map((lane) => lane.drain(deadlineTick)))
}

/** Whoever awaits a flush wants its answer: this timer keeps the process alive. */
function settledWithin(work: Promise<unknown>, timeoutMs: number, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(timeoutMs, resolve, true)
    const done = () => {
      cancel()
      resolve()
    }
    work.then(done, done)
  })
}

function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, one) => sum + one, 0)
}
