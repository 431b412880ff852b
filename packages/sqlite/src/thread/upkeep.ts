import type { DatabaseSync } from 'node:sqlite'
import { numberOf, SYNCHRONOUS } from '../file/connection.ts'
import { daysIn, tableOf } from './known-keys.ts'
import type { Operations } from './protocol.ts'
import type { Parts } from './rows.ts'

/** Rows that one step checks: it must not hold up a put for long. */
const CHECKED_ROWS = 100
const CHECKED_KEYS = 2_000
/** Free pages that one step gives back to the disk, 8 KiB each. Where others have to be moved for it, that is a write for each. */
const VACUUM_PAGES = 100
/** Free pages that are kept for what comes next. */
const SPARE_PAGES = 1_000
/** Shares of the pages, beyond those: space is given back when more than half are free, until few are. */
const ROOMY = 1 / 2
const SPARE_SHARE = 1 / 16

/** What can wait until nobody waits: each step is short, and one starts only when no call is there. */
export type Upkeep = Generator<void, void>

/**
 * Reads all of a file whose last owner died and that is too large to be read before the first call: first what waits, then
 * dead letters and remembered keys.
 * @throws what SQLite throws at a damaged place
 */
export function* check({ db }: Parts, perform: Perform): Upkeep {
  for (let after: number | undefined = 0; after !== undefined; ) {
    after = perform('check', after, CHECKED_ROWS)
    yield
  }
  const letters = db.prepare(
    'SELECT max(seq) AS last FROM (SELECT seq, crc, body FROM dead WHERE seq > ? ORDER BY seq LIMIT ?)',
  )
  for (let last: unknown = 0; typeof last === 'number'; ) {
    last = letters.get(last, CHECKED_ROWS)?.['last']
    yield
  }
  for (const day of daysIn(db)) yield* checkKeys(day)

  function* checkKeys(day: number): Upkeep {
    const table = tableOf(day)
    let last: unknown = Buffer.alloc(0)
    while (last instanceof Uint8Array) {
      // A table that was dropped meanwhile has nothing left to check.
      if (!daysIn(db).includes(day)) return
      const next = `SELECT max(dedup_key) AS last FROM
        (SELECT dedup_key FROM ${table} WHERE dedup_key > ? ORDER BY dedup_key LIMIT ?)`
      last = db.prepare(next).get(last, CHECKED_KEYS)?.['last']
      yield
    }
  }
}

/** Drops what nothing is remembered of any more, and gives space back that a drained outbox left. */
export function* tidy({ db, options, keys, owner }: Parts): Upkeep {
  /** Not synced: a power cut may take it back, and events do not wait for the disk. The next commit of theirs syncs it as well. */
  function unsynced<T>(work: () => T): T {
    db.exec('PRAGMA synchronous = NORMAL')
    try {
      return work()
    } finally {
      db.exec(`PRAGMA synchronous = ${SYNCHRONOUS[options.durability]}`)
    }
  }
  while (unsynced(() => keys.dropOne(owner.nowMs))) yield
  for (let most = isRoomy(db) ? SPARE_SHARE : 1; freeShare(db) > most; ) {
    unsynced(() => db.exec(`PRAGMA incremental_vacuum(${VACUUM_PAGES})`))
    yield
  }
  // The file shrinks when the -wal is written back, and not before.
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
}

/** Much more of the file is free than the next events need. */
export const isRoomy = (db: DatabaseSync) => freeShare(db) > ROOMY

function freeShare(db: DatabaseSync): number {
  const free = numberOf(db, 'PRAGMA freelist_count') - SPARE_PAGES
  return free / numberOf(db, 'PRAGMA page_count')
}

type Perform = (method: 'check', after: number, limit: number) => ReturnType<Operations['check']>
