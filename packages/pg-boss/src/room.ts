import type { Counts } from './counts.ts'

/** The bound on how many events wait, counted by Postgres now and then and by this process in between. */
export interface Room {
  /** @returns for how many of so many there is room. */
  take(count: number): Promise<number>
  /** So many came to rest here. */
  give(count: number): void
}

/** Other processes put as well. Counting takes its time: a hundredth of all time at most. */
const RECOUNT = { afterMs: 10_000, timesCost: 100 }
/** A full outbox is asked again sooner, but not for each event. */
const FULL_RECOUNT = { afterMs: 1_000, timesCost: 20 }

export function createRoom(maxEvents: number, counts: () => Promise<Counts>): Room {
  let free = 0
  let countedMs = Number.NEGATIVE_INFINITY
  let costMs = 0
  let counting: Promise<void> | undefined

  async function count(): Promise<void> {
    const startMs = performance.now()
    let waiting = 0
    for (const { queued } of (await counts()).values()) waiting += queued
    free = maxEvents - waiting
    countedMs = performance.now()
    costMs = countedMs - startMs
  }

  return {
    async take(wanted) {
      const isFull = free < wanted
      const { afterMs, timesCost } = isFull ? FULL_RECOUNT : RECOUNT
      if (performance.now() - countedMs > Math.max(afterMs, timesCost * costMs)) {
        counting ??= count().finally(() => {
          counting = undefined
        })
        // Nobody waits for a count while there is room; one that fails is made again.
        if (isFull) await counting
        else counting.catch(() => {})
      }
      const granted = Math.max(0, Math.min(wanted, free))
      free -= granted
      return granted
    },
    give(count) {
      free += count
    },
  }
}
