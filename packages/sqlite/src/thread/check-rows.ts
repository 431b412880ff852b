import { isSound } from '../damage/checksum.ts'
import { failure } from '../outbox-problem.ts'
import { setLosses } from './owner.ts'
import type { Operations } from './protocol.ts'
import type { Queue } from './queue.ts'
import type { Parts } from './rows.ts'

/** Reads what waits, row by row: one that is damaged is given up, one that no index names would never be sent. */
export function checkOn({ db, options, owner }: Parts, queue: Queue): Pick<Operations, 'check'> {
  const next = db.prepare('SELECT * FROM outbox WHERE seq > ? ORDER BY seq LIMIT ?')
  const isIndexed = db.prepare(
    'SELECT 1 FROM outbox INDEXED BY outbox_due WHERE lane = ? AND due_tick = ? AND seq = ?',
  )

  return {
    check(after, limit) {
      const rows = next.all(after, limit)
      for (const row of rows) {
        const { lane, due_tick, seq, event_id } = row
        if (isIndexed.get(lane ?? null, due_tick ?? null, seq ?? null) === undefined)
          throw failure('corrupt', options.path, 'a row is missing in an index')
        if (isSound(row)) continue
        queue.remove(row)
        const loss = {
          lane: String(lane),
          reason: 'store_failed',
          event_id: String(event_id),
        } as const
        setLosses(owner, [...owner.losses, loss])
      }
      return rows.length < limit ? undefined : Number(rows.at(-1)?.['seq'])
    },
  }
}
