import type { Loss } from '@capi/core/outbox'
import type { DeadLetters } from './dead-letters.ts'
import { takeLosses } from './owner.ts'
import type { Operations } from './protocol.ts'
import type { QueueParts } from './put.ts'

/** Rows given up in one go. */
const STEP = 5_000

/** Giving up what is too old, and telling what was lost since the last time. */
export function sweeping(
  { db, owner, tally }: QueueParts,
  dead: DeadLetters,
): Pick<Operations, 'sweep'> {
  const expired = db.prepare(
    'SELECT seq, lane, event_id, bytes FROM outbox WHERE expires_ms <= ? ORDER BY expires_ms',
  )
  const remove = db.prepare('DELETE FROM outbox WHERE seq = ?')
  const forgetSeen = db.prepare(
    'DELETE FROM seen WHERE seq IN (SELECT seq FROM seen WHERE until_ms <= ? LIMIT ?)',
  )

  function giveUp(nowMs: number): { losses: Loss[]; count: number } {
    const rows = []
    for (const row of expired.iterate(nowMs)) {
      // A leased one is settled by whoever leased it.
      if (!owner.leases.has(Number(row['seq']))) rows.push(row)
      if (rows.length === STEP) break
    }
    const lost = new Map<string, string[]>()
    for (const row of rows) {
      const lane = String(row['lane'])
      const event_ids = lost.get(lane) ?? []
      lost.set(lane, event_ids)
      event_ids.push(String(row['event_id']))
      remove.run(Number(row['seq']))
      tally.queued(lane, -1, -Number(row['bytes']))
    }
    const losses = [...lost].map(
      ([lane, event_ids]): Loss => ({
        lane,
        reason: 'expired',
        count: event_ids.length,
        event_ids,
      }),
    )
    return { losses, count: rows.length }
  }

  return {
    sweep(nowMs) {
      dead.sweep(nowMs)
      const { changes } = forgetSeen.run(nowMs, STEP)
      const { losses, count } = giveUp(nowMs)
      return {
        losses: [...takeLosses(owner), ...losses],
        hasMore: count === STEP || changes === STEP,
      }
    },
  }
}
