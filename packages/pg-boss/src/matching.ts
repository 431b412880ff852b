import type { Matched } from '@capi/core/outbox'
import { type OutboxContext, query } from './outbox-context.ts'

const HASH = /^[0-9a-f]{64}$/

/** All in one statement: Postgres reads every waiting event. */
export async function removeMatching(
  context: OutboxContext,
  hashes: readonly string[],
): Promise<Matched> {
  const { queues, sql, call } = context
  const sought = hashes.filter((hash) => HASH.test(hash))
  const values = [queues.prefix, queues.dead, sought]
  const rows = await call(() => query(context, sql.removeMatching, values))
  const waiting = rows.filter((row) => row['isGone'] === true && row['name'] !== queues.dead)
  return {
    removed: waiting.map((row) => ({
      lane: queues.laneOf(String(row['name'])),
      event_id: String(row['event_id']),
    })),
    dead: rows.filter((row) => row['name'] === queues.dead).length,
    leased: rows.filter((row) => row['isGone'] !== true).length,
  }
}
