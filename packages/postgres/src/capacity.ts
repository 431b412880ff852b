/** Ticks between two counts: other processes put as well. A hundred thousand that wait make it ten seconds more. */
const RECOUNT = { always: 10_000, eachWaiting: 0.1 }
/** So few are counted again whenever they seem to be too many. */
const FEW = 10_000

/** About how many more events may wait: counted by Postgres now and then, and by this process in between. */
export interface Capacity {
  /** Counts again, where that is due. */
  recount(wanted: number, tickMs: number): Promise<void>
  /** How many of so many fit. */
  free(wanted: number): number
  /** So many more wait, or with a minus no longer. */
  add(count: number): void
}

export function createCapacity(maxEvents: number, count: () => Promise<number>): Capacity {
  let waiting = 0
  let dueTick = Number.NEGATIVE_INFINITY
  return {
    async recount(wanted, tickMs) {
      const isFull = waiting + wanted > maxEvents
      if (tickMs < dueTick && !(isFull && waiting < FEW)) return
      dueTick = tickMs + RECOUNT.always + RECOUNT.eachWaiting * waiting
      waiting = await count()
    },
    free: (wanted) => Math.max(0, Math.min(wanted, Math.floor(maxEvents - waiting))),
    add(more) {
      waiting += more
    },
  }
}
