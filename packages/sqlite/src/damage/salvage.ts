import { DatabaseSync } from 'node:sqlite'
import { numberOf } from '../file/connection.ts'
import { COUNT_QUEUED } from '../thread/tally.ts'
import { attempt, type Copied, copyAll, type LaneCount } from './copy-all.ts'

export interface Salvage extends Copied {
  /** What the damaged file says it held; absent when it cannot say. */
  readonly held: LaneCount | undefined
}

/** Where the damage hides even that. */
const UNKNOWN_LANE = 'unknown'

/**
 * Copies what can be read of a damaged file into a new one; what cannot be read is lost.
 * @throws what another try may fix: a full disk, a lock
 */
export function salvage(damagedPath: string, into: DatabaseSync, nowMs: number): Salvage {
  const db = new DatabaseSync(damagedPath)
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE')
    const copied = copyAll(db, into, nowMs)
    return { ...copied, held: countHeld(db, copied.salvaged) }
  } finally {
    db.close()
  }
}

/** From the indexes: other pages than the rows, and each may be damaged or whole. */
function countHeld(db: DatabaseSync, salvaged: LaneCount): LaneCount | undefined {
  const totals = ['outbox_due', 'outbox_expiry'].flatMap((index) => {
    let total: number[] = []
    attempt(() => {
      total = [numberOf(db, `SELECT count(*) FROM outbox INDEXED BY ${index}`)]
    })
    return total
  })
  if (totals.length === 0) return undefined
  let lanes = new Map(salvaged)
  attempt(() => {
    const rows = db.prepare(COUNT_QUEUED).all()
    lanes = new Map(rows.map((row) => [String(row['lane']), Number(row['events'])]))
  })
  const counted = [...lanes.values()].reduce((sum, one) => sum + one, 0)
  const rest = Math.max(0, Math.max(...totals) - counted)
  // What no index knows the lane of is most likely of the busiest.
  const [busiest = UNKNOWN_LANE] = [...lanes].sort(([, a], [, b]) => b - a).map(([lane]) => lane)
  return lanes.set(busiest, (lanes.get(busiest) ?? 0) + rest)
}
