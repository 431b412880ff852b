import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { finishRepair } from '../damage/quarantine.ts'
import type { OutboxOptions } from '../outbox-options.ts'
import { failure, OutboxFailure } from '../outbox-problem.ts'
import { isWritable, prepareFile, refuseNetworkFilesystem } from './filesystem.ts'
import { APPLICATION_ID, MIGRATIONS, migrate } from './schema.ts'

const READONLY = 8
const MAX_INT = 2 ** 31 - 1

/** What `PRAGMA synchronous` is: FULL syncs each commit, NORMAL none before the -wal is written back. */
export const SYNCHRONOUS = { strict: 2, fast: 1 } as const

/** An open file. */
export interface Connection {
  readonly db: DatabaseSync
  /** Its last owner died, and it was too large to be checked at once. */
  readonly isUnchecked: boolean
}

/**
 * Opens the file, alone and in the state the package needs, or says why not.
 * @throws what SQLite throws, or OutboxFailure
 */
export function openConnection(options: OutboxOptions): Connection {
  const { path, lockTimeoutMs } = options
  if (!options.allowNetworkFilesystem) refuseNetworkFilesystem(path)
  finishRepair(path)
  prepareFile(path)
  const db = new DatabaseSync(path)
  try {
    // Before the first read: SQLite then never shares the file, and needs no shared memory beside it.
    db.exec(
      `PRAGMA busy_timeout = ${Math.min(Math.trunc(lockTimeoutMs), MAX_INT)}; PRAGMA locking_mode = EXCLUSIVE`,
    )
    const version = knownVersion(db, path)
    setUp(db, options)
    migrate(db, version)
    checkHealth(db, options)
    const isClean = numberOf(db, "SELECT value FROM meta WHERE key = 'is_clean'") === 1
    db.exec("UPDATE meta SET value = 0 WHERE key = 'is_clean'")
    return { db, isUnchecked: !isClean && statSync(path).size > options.fullCheckBytes }
  } catch (error) {
    db.close()
    // SQLite will not write what a header says only a later SQLite may write.
    if ((error as { errcode?: number }).errcode === READONLY && isWritable(path)) {
      throw failure('corrupt', path, 'its header is damaged')
    }
    throw error
  }
}

/** Marks the end as orderly and moves everything into the file itself. */
export function closeConnection(db: DatabaseSync): void {
  try {
    db.exec("UPDATE meta SET value = 1 WHERE key = 'is_clean'; PRAGMA wal_checkpoint(TRUNCATE)")
  } finally {
    db.close()
  }
}

export function numberOf(db: DatabaseSync, query: string): number {
  return Number(Object.values(db.prepare(query).get() ?? {})[0])
}

/** @returns the schema version of a file of ours, 0 for an empty one; reads only. */
function knownVersion(db: DatabaseSync, path: string): number {
  const version = numberOf(db, 'PRAGMA user_version')
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()
  if (numberOf(db, 'PRAGMA application_id') !== APPLICATION_ID) {
    if (tables.length === 0 && version === 0) return 0
    const names = new Set(tables.map((table) => table['name']))
    if (['outbox', 'recent', 'dead'].every((name) => names.has(name))) {
      throw failure('corrupt', path, 'its header is damaged')
    }
    throw new OutboxFailure(
      'unknown',
      `${path} is a database of something else. It was left as it is: pass another path.`,
    )
  }
  if (version > MIGRATIONS.length) throw failure('newer_version', path, `schema ${version}`)
  return version
}

function setUp(db: DatabaseSync, { path, durability, maxPages }: OutboxOptions): void {
  const synchronous = SYNCHRONOUS[durability]
  // The first two count only before the first table is made. Five usual events fit 8 KiB, two fit 4.
  db.exec(`
    PRAGMA page_size = 8192;
    PRAGMA auto_vacuum = INCREMENTAL;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = ${synchronous};
    PRAGMA journal_size_limit = ${16 * 1024 * 1024};
    PRAGMA cache_size = ${-8 * 1024};
    PRAGMA secure_delete = FAST;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA temp_store = MEMORY;
    ${maxPages === undefined ? '' : `PRAGMA max_page_count = ${maxPages};`}
  `)
  const mode = db.prepare('PRAGMA journal_mode').get()?.['journal_mode']
  if (mode !== 'wal' || numberOf(db, 'PRAGMA synchronous') !== synchronous) {
    throw failure('io', path, 'it does not take the settings that make it durable')
  }
}

/** Checks a small file. A large one is checked while it is in use. */
function checkHealth(db: DatabaseSync, { path, fullCheckBytes }: OutboxOptions): void {
  if (statSync(path).size > fullCheckBytes) return
  const [verdict] = Object.values(db.prepare('PRAGMA integrity_check(1)').get() ?? {})
  if (verdict !== 'ok') throw failure('corrupt', path, 'integrity_check')
}
