import type { Loss } from '@capi/core/outbox'
import type { DeadLetters } from './dead-letters.ts'
import { isLeased, setLosses } from './owner.ts'
import type { Operations } from './protocol.ts'
import type { Queue } from './queue.ts'
import type { Parts, Row } from './rows.ts'

/** Giving up what is too old, and reporting what was lost since the last time. */
export function expiryOn(
  { db, owner }: Parts,
  queue: Queue,
  dead: DeadLetters,
): Pick<Operations, 'takeExpired'> {
  const expired = db.prepare(
    'SELECT seq, lane, dedup_key, event_id, bytes FROM outbox WHERE expires_ms <= ? ORDER BY expires_ms',
  )

  return {
    takeExpired(limit, { nowMs }) {
      dead.dropExpired()
      const rows: Row[] = []
      for (const row of expired.iterate(nowMs)) {
        // A leased one is settled by its holder.
        if (!isLeased(owner, Number(row['seq']))) rows.push(row)
        if (rows.length === limit) break
      }
      for (const row of rows) queue.remove(row)
      const toLoss = ({ lane, event_id }: Row): Loss => {
        return { lane: String(lane), event_id: String(event_id), reason: 'expired' }
      }
      const losses = [...owner.losses, ...rows.map(toLoss)]
      setLosses(owner, [])
      return rows.length === limit ? { losses, hasMore: true } : { losses }
    },
  }
}
