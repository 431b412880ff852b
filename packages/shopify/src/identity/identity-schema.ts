/** "CAPS": marks the file as ours. */
export const APPLICATION_ID = 0x43415053

/**
 * `secure_delete`: what was redacted must not stay readable in the file. `busy_timeout`: several processes of
 * one machine may share the file; the longest wait stays well inside the time a webhook has.
 */
export const SETTINGS = `
  PRAGMA busy_timeout = 500;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA secure_delete = ON;
  PRAGMA journal_size_limit = 4194304;
  PRAGMA trusted_schema = OFF;
`

/** Applied in order, each once; `user_version` counts them. Only ever append. */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE identity (
     shop TEXT NOT NULL,
     kind TEXT NOT NULL,
     token TEXT NOT NULL,
     identity TEXT NOT NULL,
     customer_id TEXT,
     order_id TEXT,
     expires_ms INTEGER NOT NULL,
     PRIMARY KEY (shop, kind, token)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX identity_expiry ON identity (expires_ms);
   CREATE INDEX identity_customer ON identity (shop, customer_id) WHERE customer_id IS NOT NULL;
   CREATE INDEX identity_order ON identity (shop, order_id) WHERE order_id IS NOT NULL;`,
  `ALTER TABLE identity ADD COLUMN source TEXT NOT NULL DEFAULT '';
   CREATE INDEX identity_source ON identity (source, expires_ms);`,
  `CREATE TABLE order_mark (
     shop TEXT NOT NULL,
     order_id TEXT NOT NULL,
     mark TEXT NOT NULL,
     expires_ms INTEGER NOT NULL,
     PRIMARY KEY (shop, order_id, mark)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX order_mark_expiry ON order_mark (expires_ms);`,
]
