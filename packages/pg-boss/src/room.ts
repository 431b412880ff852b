import { query, type StoreContext } from './store-context.ts'

/** The bound on how many events wait, counted by Postgres now and then and by this process in between. */
export interface Room {
  /** @returns for how many of so many there is room. */
  take(count: number): Promise<number>
  /** So many came to rest here. */
  give(count: number): void
}

/** Other processes put as well. Counting a million takes its time: a hundredth of all time at most. */
const RECOUNT = { afterMs: 10_000, timesCost: 100 }
/** A full outbox is asked again sooner, but not for each event. */
const FULL_RECOUNT = { afterMs: 1_000, timesCost: 20 }

export function createRoom(context: StoreContext): Room {
  const { maxEvents } = context.options
  let free = 0
  let countedMs = Number.NEGATIVE_INFINITY
  let costMs = 0
  let counting: Promise<void> | undefined

  async function count(): Promise<void> {
    const startMs = performance.now()
    const [row] = await query(context, context.sql.total, [context.queues.prefix, maxEvents])
    free = maxEvents - Number(row?.['total'])
    countedMs = performance.now()
    costMs = countedMs - startMs
  }

  return {
    async take(wanted) {
      const ageMs = performance.now() - countedMs
      const { afterMs, timesCost } = free < wanted ? FULL_RECOUNT : RECOUNT
      if (ageMs > Math.max(afterMs, timesCost * costMs)) {
        counting ??= count().finally(() => {
          counting = undefined
        })
        await counting
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
