import { query, type StoreContext } from './store-context.ts'

/** The bound on how many events wait, counted by Postgres now and then and by this process in between. */
export interface Room {
  /** @returns for how many of so many there is room. */
  take(count: number): Promise<number>
  /** So many came to rest here. */
  give(count: number): void
}

/** Other processes put as well. */
const RECOUNT_MS = 10_000
/** A full outbox is asked again, but not for each event: counting a million takes its time. */
const FULL_RECOUNT_MS = 1_000

export function createRoom(context: StoreContext): Room {
  const { maxEvents } = context.options
  let free = 0
  let countedMs = Number.NEGATIVE_INFINITY
  let counting: Promise<void> | undefined

  async function count(): Promise<void> {
    const [row] = await query(context, context.sql.total, [context.queues.prefix, maxEvents])
    free = maxEvents - Number(row?.['total'])
    countedMs = performance.now()
  }

  return {
    async take(wanted) {
      const ageMs = performance.now() - countedMs
      if (ageMs > (free < wanted ? FULL_RECOUNT_MS : RECOUNT_MS)) {
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
