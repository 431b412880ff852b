import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { numberOf } from '../file/connection.ts'
import type { Owner } from './owner.ts'

const DAY_MS = 86_400_000
/** Keys held in memory beyond which some are written to their tables. */
const MAX_RECENT = 32_768
/** After so many moves, records of the log are removed that are in the tables. */
const TRIM_MOVES = 32
/** A record of `recent`: the key, then `seq` and `untilMs` as doubles. */
const RECORD_BYTES = 32
/** Further ahead, a table is for thirty days: there must be few of them. */
const MAX_DAYS_AHEAD = 16

/** The keys of one value, 16 bytes each. */
const SOUGHT = `WITH RECURSIVE given(keys, last) AS (VALUES (?, ?)), sought(n, key) AS (
  SELECT 0, substr(keys, 1, 16) FROM given
  UNION ALL SELECT n + 1, substr(keys, n * 16 + 17, 16) FROM sought, given WHERE n < last)`

/** Why a key is known: `seq` is the row that waits, 0 for what was delivered. */
interface Known {
  readonly seq: number
  /** Until when it is remembered; of what waits: until when it is of use. */
  readonly untilMs: number
}

/**
 * Which events wait, and which were delivered and are remembered.
 *
 * Keys are random: in one index, each event would write pages of its own, and each that is forgotten as well. So the newest
 * keys are held in memory and, once for each commit, appended to `recent`. When there are many, those with the same first
 * byte move together into `known_<day>`, where they are neighbours. A table whose day is over is dropped as a whole.
 */
export interface KnownKeys {
  /** Looks for all keys of a transaction at once: most of them are in no table. */
  expect(keys: readonly string[]): void
  /** For a new row: higher than all before, also those that are gone. */
  nextSeq(): number
  has(key: string): boolean
  /** It waits in the row `seq`, and is of no use after `untilMs`. */
  wait(key: string, known: Known): void
  /** It was delivered. */
  remember(key: string, untilMs: number): void
  /** Its row is gone, and it is not remembered. */
  forget(key: string): void
  /** Writes down what changed; the last step of a transaction. */
  write(): void
  /** Drops a table of which nothing is remembered any more. @returns false: there is none. */
  dropOne(nowMs: number): boolean
}

export const tableOf = (day: number) => `known_${day}`

/** @returns the days of the tables there are. */
export function daysIn(db: DatabaseSync): number[] {
  const named = db.prepare("SELECT name FROM sqlite_schema WHERE name GLOB 'known_[0-9]*'").all()
  return named.map(({ name }) => Number(String(name).slice(tableOf(0).length - 1)))
}

/** @returns what a value of `recent` holds. */
export function* recordsIn(keys: unknown): Generator<readonly [key: string, known: Known]> {
  const log = Buffer.from(keys as Uint8Array)
  for (let at = 0; at + RECORD_BYTES <= log.length; at += RECORD_BYTES) {
    const known = { seq: log.readDoubleBE(at + 16), untilMs: log.readDoubleBE(at + 24) }
    yield [log.toString('hex', at, at + 16), known]
  }
}

export function knownKeysOn(db: DatabaseSync, owner: Owner): KnownKeys {
  /** By the first byte of the key. */
  const recent = Array.from({ length: 256 }, () => new Map<string, Known>())
  let size = 0
  /** In the open transaction. */
  const changed: string[] = []
  /** How often one of `recent` was moved to the tables: each in its turn. */
  let moves = 0
  /** For each of `recent`: the newest record of the log when it was moved last. The keys of older ones are in the tables. */
  const movedUpTo = recent.map(() => 0)
  let lastLog = 0
  let lastSeq = Math.max(
    numberOf(db, "SELECT ifnull(max(value), 0) FROM meta WHERE key = 'last_seq'"),
    numberOf(db, 'SELECT ifnull(max(seq), 0) FROM outbox'),
    ...owner.leases.keys(),
  )
  const days = new Set(daysIn(db))
  const inserts = new Map<number, StatementSync>()
  let lookUp: StatementSync | undefined
  let lookUpAll: StatementSync | undefined
  /** In the open transaction: keys that are in no table. */
  const absent = new Set<string>()
  const append = db.prepare('INSERT INTO recent (moves, keys) VALUES (?, ?)')
  const trim = db.prepare('DELETE FROM recent WHERE seq <= ?')
  const keepLastSeq = db.prepare("INSERT OR REPLACE INTO meta VALUES ('last_seq', ?)")
  const isThere = db.prepare('SELECT 1 FROM outbox WHERE seq = ?')

  const placeOf = (key: string) => Number.parseInt(key.slice(0, 2), 16) || 0
  const mapOf = (key: string) => recent[placeOf(key)] as Map<string, Known>

  moves = numberOf(db, 'SELECT ifnull(max(moves), 0) FROM recent')
  for (const row of db.prepare('SELECT seq, moves, keys FROM recent ORDER BY seq').iterate()) {
    lastLog = Number(row['seq'])
    for (const [key, known] of recordsIn(row['keys'])) {
      lastSeq = Math.max(lastSeq, known.seq)
      if (!isMovedSince(key, Number(row['moves']))) mapOf(key).set(key, known)
    }
  }
  for (const map of recent) size += map.size

  /** Whether it was the turn of its map in between. */
  function isMovedSince(key: string, before: number): boolean {
    const turns = moves - 1 - placeOf(key)
    return moves - 1 - (((turns % recent.length) + recent.length) % recent.length) >= before
  }

  function set(key: string, known: Known | undefined): void {
    const map = mapOf(key)
    const before = map.get(key)
    if (known === undefined) map.delete(key)
    else map.set(key, known)
    const grown = Number(known !== undefined) - Number(before !== undefined)
    size += grown
    owner.undo.push(() => {
      if (before === undefined) map.delete(key)
      else map.set(key, before)
      size -= grown
    })
  }

  function change(key: string, known: Known): void {
    lastSeq = Math.max(lastSeq, known.seq)
    if (changed.length === 0) owner.undo.push(() => changed.splice(0))
    changed.push(key)
    set(key, known)
  }

  function forgetStatements(): void {
    lookUp = undefined
    lookUpAll = undefined
    inserts.clear()
  }

  function insertInto(day: number): StatementSync {
    const table = tableOf(day)
    if (!days.has(day)) {
      db.exec(
        `CREATE TABLE ${table} (dedup_key BLOB PRIMARY KEY, seq INTEGER NOT NULL, until_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
      )
      days.add(day)
      forgetStatements()
      owner.undo.push(() => {
        days.delete(day)
        forgetStatements()
      })
    }
    const insert =
      inserts.get(day) ?? db.prepare(`INSERT OR REPLACE INTO ${table} VALUES (?, ?, ?)`)
    inserts.set(day, insert)
    return insert
  }

  /** The day at whose end it is over. */
  function dayOf(untilMs: number): number {
    const day = Math.floor(untilMs / DAY_MS)
    return day - owner.nowMs / DAY_MS <= MAX_DAYS_AHEAD ? day : Math.ceil(day / 30) * 30
  }

  function isInTables(key: string): boolean {
    if (days.size === 0 || absent.has(key)) return false
    // A row that was expired or refused leaves its key behind.
    const select = (table: string) =>
      `SELECT 1 FROM ${table} WHERE dedup_key = :key AND
        (until_ms > :now OR EXISTS (SELECT 1 FROM outbox WHERE outbox.seq = ${table}.seq))`
    lookUp ??= db.prepare(`${[...days].map(tableOf).map(select).join(' UNION ALL ')} LIMIT 1`)
    return lookUp.get({ key: Buffer.from(key, 'hex'), now: owner.nowMs }) !== undefined
  }

  /** In the order of their keys: neighbours share a page. */
  function moveNext(): void {
    const turn = moves % recent.length
    const moved = recent[turn] ?? new Map<string, Known>()
    for (const key of [...moved.keys()].sort()) {
      const { seq, untilMs } = moved.get(key) ?? NONE
      if (untilMs <= owner.nowMs) continue
      insertInto(dayOf(untilMs)).run(Buffer.from(key, 'hex'), seq, seq === 0 ? untilMs : 0)
    }
    const log = movedUpTo[turn] ?? 0
    owner.undo.push(() => {
      recent[turn] = moved
      size += moved.size
      moves--
      movedUpTo[turn] = log
    })
    recent[turn] = new Map()
    size -= moved.size
    moves++
    movedUpTo[turn] = lastLog
    if (moves % TRIM_MOVES > 0) return
    // The records that are removed may be the only ones that name the last row.
    keepLastSeq.run(lastSeq)
    trim.run(movedUpTo[moves % recent.length] ?? 0)
  }

  return {
    expect(expected) {
      absent.clear()
      if (days.size === 0 || expected.length === 0) return
      const select = (table: string) =>
        `EXISTS (SELECT 1 FROM ${table} WHERE dedup_key = sought.key)`
      lookUpAll ??= db.prepare(
        `${SOUGHT} SELECT n FROM sought WHERE ${[...days].map(tableOf).map(select).join(' OR ')}`,
      )
      const keys = Buffer.from(expected.join(''), 'hex')
      const found = lookUpAll.all(keys, expected.length - 1).map(({ n }) => Number(n))
      for (const key of expected) absent.add(key)
      for (const n of found) absent.delete(expected[n] ?? '')
    },

    nextSeq: () => ++lastSeq,

    has(key) {
      const known = mapOf(key).get(key)
      if (known === undefined) return isInTables(key)
      return known.seq === 0 ? known.untilMs > owner.nowMs : isThere.get(known.seq) !== undefined
    },

    wait: change,
    remember: (key, untilMs) => change(key, { seq: 0, untilMs }),
    forget: (key) => set(key, undefined),

    write() {
      absent.clear()
      const log = Buffer.alloc(changed.length * RECORD_BYTES)
      let end = 0
      for (const key of changed) {
        const known = mapOf(key).get(key)
        if (known === undefined) continue // It came and went.
        log.write(key, end, 16, 'hex')
        log.writeDoubleBE(known.seq, end + 16)
        end = log.writeDoubleBE(known.untilMs, end + 24)
      }
      changed.length = 0
      if (end === 0) return
      lastLog = Number(append.run(moves, log.subarray(0, end)).lastInsertRowid)
      // Twice as many as come.
      const most = Math.ceil(end / RECORD_BYTES / 128)
      for (let moved = 0; moved < most && size > MAX_RECENT; moved++) moveNext()
    },

    dropOne(nowMs) {
      const over = [...days].find((day) => (day + 1) * DAY_MS <= nowMs)
      if (over === undefined) return false
      forgetStatements()
      db.exec(`DROP TABLE ${tableOf(over)}`)
      days.delete(over)
      return true
    },
  }
}

const NONE: Known = { seq: 0, untilMs: 0 }
