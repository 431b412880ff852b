import { type OutboxContext, query } from './outbox-context.ts'

/** Leases that ran out are over now. @returns the pixels that have something due. */
export async function lookForDue(context: OutboxContext): Promise<ReadonlySet<string>> {
  const { queues, sql, call } = context
  // One question for all pixels: a thousand idle ones cost no more than a look into the index each.
  const rows = await call(() => query(context, sql.arrivals, [queues.prefix]))
  for (const row of rows) {
    if (row['isLapsed'] === true) await call(() => query(context, sql.release, [row['name']]))
  }
  return new Set(rows.map((row) => queues.laneOf(String(row['name']))))
}
