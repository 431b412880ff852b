import type { DatabaseSync } from 'node:sqlite'
import { toFailure } from '../outbox-problem.ts'
import { daysIn, type KnownKeys, knownKeysOn, recordsIn, tableOf } from '../thread/known-keys.ts'
import { newOwner } from '../thread/owner.ts'
import { recount } from '../thread/tally.ts'
import { isSound } from './checksum.ts'
import { type Row, readableKeys, readableRows } from './readable-rows.ts'

/** Events by lane. */
export type LaneCount = ReadonlyMap<string, number>

/** What became of the events of a file. */
export interface Copied {
  /** Taken over, or there already. */
  readonly salvaged: LaneCount
  /** Readable, but not what was written. */
  readonly spoilt: LaneCount
}

/** Rows taken over in one transaction. */
const STEP = 500

/**
 * Copies what can be read of one file into another, which may hold events of its own. A row keeps its number, for leases
 * name it. Done twice, nothing is there twice.
 * @throws what another try may fix: a full disk, a lock
 */
export function copyAll(from: DatabaseSync, into: DatabaseSync, nowMs: number): Copied {
  const owner = newOwner()
  owner.nowMs = nowMs
  const keys = knownKeysOn(into, owner)
  const counts = { salvaged: new Map<string, number>(), spoilt: new Map<string, number>() }
  const takeOver = waitingInto(into, keys)

  function inSteps<T>(found: Iterable<T>, write: (one: T) => void): void {
    let batch: T[] = []
    const commit = () => {
      into.exec('BEGIN')
      for (const one of batch) write(one)
      keys.write()
      into.exec('COMMIT')
      owner.undo.length = 0
      batch = []
    }
    for (const one of found) {
      batch.push(one)
      if (batch.length === STEP) commit()
    }
    commit()
  }

  attempt(() =>
    inSteps(readableRows(from, 'outbox'), (row) => {
      const isGood = isSound(row)
      if (isGood) takeOver(row)
      const of = isGood ? counts.salvaged : counts.spoilt
      const lane = String(row['lane'])
      of.set(lane, (of.get(lane) ?? 0) + 1)
    }),
  )
  const letter = inserter(into, 'dead')
  attempt(() =>
    inSteps(readableRows(from, 'dead'), (row) => {
      if (isSound(row)) letter({ ...row, seq: null })
    }),
  )
  attempt(() => inSteps(rememberedIn(from, nowMs), ([key, untilMs]) => keys.remember(key, untilMs)))
  recount(into)
  return counts
}

function waitingInto(into: DatabaseSync, keys: KnownKeys): (row: Row) => void {
  const insert = inserter(into, 'outbox')
  const keyOf = into.prepare(
    'SELECT dedup_key, expires_ms, remember_until_ms FROM outbox WHERE seq = ?',
  )
  const move = into.prepare('UPDATE outbox SET seq = ? WHERE seq = ?')
  const wait = (row: Row, seq: number) => {
    const untilMs = Math.max(Number(row['expires_ms']), Number(row['remember_until_ms']))
    keys.wait(String(row['dedup_key']), { seq, untilMs })
  }
  return (row) => {
    const seq = Number(row['seq'])
    const there = keyOf.get(seq)
    if (there?.['dedup_key'] === row['dedup_key']) return
    if (there !== undefined) {
      const elsewhere = keys.nextSeq()
      move.run(elsewhere, seq)
      wait(there, elsewhere)
    }
    insert(repaired(row))
    wait(row, seq)
  }
}

function inserter(into: DatabaseSync, table: 'outbox' | 'dead') {
  const columns = into.prepare(`SELECT name FROM pragma_table_info('${table}')`).all()
  const names = columns.map((column) => String(column['name']))
  const insert = into.prepare(
    `INSERT OR IGNORE INTO ${table} (${names.join()}) VALUES (${names.map(() => '?').join()})`,
  )
  return (row: Row) => void insert.run(...names.map((name) => row[name] ?? null))
}

/** The columns the checksum does not cover, made good. */
function repaired(row: Row): Row {
  const attempts = Number(row['attempts'])
  return {
    ...row,
    due_tick: 0,
    attempts: attempts >= 0 && attempts < 1e6 ? Math.trunc(attempts) : 0,
    bytes: Buffer.byteLength(String(row['body'])),
  }
}

/** Keys of what was delivered, the newest last. */
export function* rememberedIn(
  from: DatabaseSync,
  nowMs: number,
): Generator<readonly [string, number]> {
  for (const day of daysIn(from)) {
    for (const { dedup_key, until_ms } of readableKeys(from, tableOf(day))) {
      const untilMs = Number(until_ms)
      if (untilMs > nowMs) yield [Buffer.from(dedup_key as Uint8Array).toString('hex'), untilMs]
    }
  }
  for (const { keys } of readableRows(from, 'recent')) {
    for (const [key, { seq, untilMs }] of recordsIn(keys))
      if (seq === 0 && untilMs > nowMs) yield [key, untilMs]
  }
}

/** Damage is what there is to expect here. */
export function attempt(work: () => void): void {
  try {
    work()
  } catch (error) {
    const { problem } = toFailure(error, '')
    if (problem === 'disk_full' || problem === 'locked') throw error
  }
}
