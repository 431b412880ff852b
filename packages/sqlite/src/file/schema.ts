import type { DatabaseSync } from 'node:sqlite'

/** "CAPI": marks the file as ours. */
export const APPLICATION_ID = 0x43415049

/**
 * Applied in order, each once; `user_version` counts them. Only ever append.
 * 1. `due_tick` counts a process's milliseconds on from where the one before ended. `seq` and `bytes` stand
 *    in `outbox_due` so that leasing and counting read the index alone. No index holds the keys of what waits: they are
 *    random, and each would be another page to write. `known-keys.ts` says where they are. `lane` keeps the counts of
 *    the other tables, so that opening a large file reads none of them.
 */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE outbox (
     seq INTEGER PRIMARY KEY,
     lane TEXT NOT NULL,
     dedup_key TEXT NOT NULL,
     event_id TEXT NOT NULL,
     event_name TEXT NOT NULL,
     expires_ms INTEGER NOT NULL,
     remember_until_ms INTEGER NOT NULL,
     due_tick INTEGER NOT NULL,
     attempts INTEGER NOT NULL,
     bytes INTEGER NOT NULL,
     trace TEXT,
     crc INTEGER NOT NULL,
     body TEXT NOT NULL
   ) STRICT;
   CREATE INDEX outbox_due ON outbox (lane, due_tick, seq, bytes);
   CREATE INDEX outbox_expiry ON outbox (expires_ms);

   CREATE TABLE recent (seq INTEGER PRIMARY KEY, moves INTEGER NOT NULL, keys BLOB NOT NULL) STRICT;

   CREATE TABLE dead (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     lane TEXT NOT NULL,
     dedup_key TEXT NOT NULL,
     event_id TEXT NOT NULL,
     event_name TEXT NOT NULL,
     expires_ms INTEGER NOT NULL,
     remember_until_ms INTEGER NOT NULL,
     cause TEXT NOT NULL,
     died_ms INTEGER NOT NULL,
     trace TEXT,
     crc INTEGER NOT NULL,
     body TEXT NOT NULL
   ) STRICT;
   CREATE UNIQUE INDEX dead_key ON dead (dedup_key);
   CREATE INDEX dead_expiry ON dead (expires_ms);

   CREATE TABLE lane (
     name TEXT PRIMARY KEY,
     queued INTEGER NOT NULL,
     bytes INTEGER NOT NULL,
     dead INTEGER NOT NULL,
     crc INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
   INSERT INTO meta VALUES ('is_clean', 1);`,
]

/** Brings the file up to the newest version, wholly or not at all. */
export function migrate(db: DatabaseSync, from: number, migrations = MIGRATIONS): void {
  if (from === migrations.length) return
  db.exec('BEGIN IMMEDIATE')
  try {
    for (const migration of migrations.slice(from)) db.exec(migration)
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}`)
    db.exec(`PRAGMA user_version = ${migrations.length}`)
    db.exec('COMMIT')
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}
