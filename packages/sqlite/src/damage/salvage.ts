import { DatabaseSync } from 'node:sqlite'
import { numberOf } from '../file/connection.ts'
import { toFailure } from '../outbox-problem.ts'
import { COUNT_QUEUED } from '../thread/tally.ts'
import { isSound } from './checksum.ts'
import { type Row, readableRows } from './readable-rows.ts'

/** Events by lane. */
export type LaneCount = ReadonlyMap<string, number>

export interface Salvage {
  /** Taken over. */
  readonly salvaged: LaneCount
  /** Readable, but not what was written. */
  readonly spoilt: LaneCount
  /** What the damaged file says it held; absent when it cannot say. */
  readonly held: LaneCount | undefined
}

/** Where the damage hides even that. */
const UNKNOWN_LANE = 'unknown'

/** Rows taken over in one transaction. */
const STEP = 500

/**
 * Copies what can be read of a damaged file into a new one; what cannot be read is lost.
 * @throws what another try may mend: a full disk, a lock
 */
export function salvage(damagedPath: string, into: DatabaseSync): Salvage {
  const salvaged = new Map<string, number>()
  const spoilt = new Map<string, number>()
  const db = new DatabaseSync(damagedPath)
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE')
    attempt(() =>
      copy(db, into, 'outbox', (row, isCopied) => {
        const counts = isCopied ? salvaged : spoilt
        const lane = String(row['lane'])
        counts.set(lane, (counts.get(lane) ?? 0) + 1)
      }),
    )
    for (const table of ['dead', 'seen'] as const) attempt(() => copy(db, into, table))
    return { salvaged, spoilt, held: countHeld(db, salvaged) }
  } finally {
    db.close()
  }
}

function copy(
  from: DatabaseSync,
  into: DatabaseSync,
  table: 'outbox' | 'dead' | 'seen',
  onRow: (row: Row, isCopied: boolean) => void = () => {},
): void {
  const columns = into.prepare(`SELECT name FROM pragma_table_info('${table}')`).all()
  const names = columns.map((column) => String(column['name']))
  const insert = into.prepare(
    `INSERT OR IGNORE INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`,
  )
  let batch: Row[] = []
  const write = () => {
    into.exec('BEGIN')
    const copied = batch.map((found) => {
      if (table !== 'seen' && !isSound(found)) return false
      const row = { ...found, ...(table === 'outbox' ? unchecked(found) : {}) }
      return insert.run(...names.map((name) => row[name] ?? null)).changes === 1
    })
    into.exec('COMMIT')
    for (const [n, row] of batch.entries()) onRow(row, copied[n] === true)
    batch = []
  }
  for (const row of readableRows(from, table)) {
    batch.push(row)
    if (batch.length === STEP) write()
  }
  write()
}

/** The columns the checksum does not cover, made good. */
function unchecked(row: Row): Row {
  const attempts = Number(row['attempts'])
  return {
    due_tick: 0,
    attempts: attempts >= 0 && attempts < 1e6 ? Math.trunc(attempts) : 0,
    bytes: Buffer.byteLength(String(row['body'])),
  }
}

/** From the indexes: other pages than the rows, and each may be damaged or whole. */
function countHeld(db: DatabaseSync, salvaged: LaneCount): LaneCount | undefined {
  const totals = ['outbox_due', 'outbox_dedup', 'outbox_expiry'].flatMap((index) => {
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

/** Damage is what there is to expect here. */
function attempt(work: () => void): void {
  try {
    work()
  } catch (error) {
    const { problem } = toFailure(error, '')
    if (problem === 'disk_full' || problem === 'locked') throw error
  }
}
