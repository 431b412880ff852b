import type { PixelCounts } from '@capi/core/outbox'
import { type OutboxContext, query } from './outbox-context.ts'

/** Counted one by one; of more, pg-boss's own count of the last minute tells the rest. */
const COUNTED = 10_000
/** Above, a count is used again for twenty times as long as it took: a flush asks twenty times a second. */
const LARGE = 5_000
const REUSE = 20

export type Counts = ReadonlyMap<string, PixelCounts>

/** What waits and what is dead, by pixel. */
export function createCounts(context: OutboxContext): () => Promise<Counts> {
  const { queues, sql, call } = context
  let last: { readonly counts: Counts; readonly untilMs: number } | undefined

  async function count(): Promise<Counts> {
    const rows = await call(() => query(context, sql.counts, [queues.prefix, COUNTED]))
    const dead = await call(() => query(context, sql.deadCounts, [queues.dead, COUNTED]))
    const deadOf = new Map(dead.map((row) => [String(row['name']), Number(row['dead'])]))
    return new Map(
      rows.map((row) => {
        const counted = Number(row['counted'])
        const queued = counted < COUNTED ? counted : Math.max(counted, Number(row['told']))
        const name = String(row['name'])
        return [queues.laneOf(name), { queued, dead: deadOf.get(name) ?? 0 }]
      }),
    )
  }

  return async () => {
    const startMs = performance.now()
    if (last !== undefined && startMs < last.untilMs) return last.counts
    const counts = await count()
    const endMs = performance.now()
    const isLarge = [...counts.values()].some(({ queued, dead }) => queued + dead > LARGE)
    last = isLarge ? { counts, untilMs: endMs + REUSE * (endMs - startMs) } : undefined
    return counts
  }
}
