import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CapiStoreError } from '@capi/core'
import { type OptionTable, readOptions } from '@capi/core/adapter'
import type { Identity } from '../map/mapping-options.ts'
import { emitUnknown } from '../read/unknown-options.ts'
import {
  IDENTITY_OPTIONS,
  type IdentityStore,
  type IdentityStoreOptions,
  latestIdentity,
  mergeIdentity,
  STORE_DEFAULTS,
  type Token,
  tokensOf,
} from './identity-store.ts'
import { APPLICATION_ID, MIGRATIONS, SETTINGS } from './sqlite-schema.ts'

/** Where the file is, and how much it remembers. */
export interface SqliteIdentityStoreOptions extends IdentityStoreOptions {
  /** The file; made, with its folder, for its owner alone. `':memory:'` makes none: identities end with the process. */
  readonly path: string
}

const SQLITE_IDENTITY_OPTIONS = {
  ...IDENTITY_OPTIONS,
  path: 'any',
} as const satisfies OptionTable<SqliteIdentityStoreOptions>

/** An identity store with a file to close. */
export interface SqliteIdentityStore extends IdentityStore {
  /** Closes the file; the store is of no use afterwards. */
  close(): void
}

/**
 * Identities in one SQLite file, which several processes of one machine may share. Small rows, by primary
 * key: each call takes well under a millisecond, so it works in the calling thread.
 * @throws CapiStoreError when the file cannot be opened or is something else's.
 */
export function sqliteIdentityStore(given: SqliteIdentityStoreOptions): SqliteIdentityStore {
  const reader = { name: 'sqliteIdentityStore', table: SQLITE_IDENTITY_OPTIONS, warn: emitUnknown }
  const options = readOptions(given, reader)
  const now = options.now ?? Date.now
  const ttlMs = options.ttlMs ?? STORE_DEFAULTS.ttlMs
  const maxEntries = options.maxEntries ?? STORE_DEFAULTS.maxEntries
  const db = open(options.path)

  const select = db.prepare(
    'SELECT identity, expires_ms FROM identity WHERE shop = ? AND kind = ? AND token = ? AND expires_ms > ?',
  )
  const upsert = db.prepare(
    `INSERT INTO identity (shop, kind, token, identity, expires_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET identity = excluded.identity, expires_ms = excluded.expires_ms`,
  )
  const own = db.prepare(
    `UPDATE identity SET customer_id = coalesce(?, customer_id), order_id = coalesce(?, order_id)
     WHERE shop = ? AND kind = ? AND token = ?`,
  )
  const expire = db.prepare('DELETE FROM identity WHERE expires_ms <= ?')
  const trim = db.prepare(
    `DELETE FROM identity WHERE (shop, kind, token) IN (SELECT shop, kind, token FROM identity
     ORDER BY expires_ms LIMIT max(0, (SELECT count(*) FROM identity) - ?))`,
  )
  const forgetCustomer = db.prepare('DELETE FROM identity WHERE shop = ? AND customer_id = ?')
  const forgetOrder = db.prepare('DELETE FROM identity WHERE shop = ? AND order_id = ?')
  const forgetAll = db.prepare('DELETE FROM identity WHERE shop = ?')

  const known = (shop: string, { kind, token }: Token) => {
    const row = select.get(shop, kind, token, now())
    if (row === undefined) return undefined
    const identity: Identity = JSON.parse(String(row['identity']))
    return { identity, expiresMs: Number(row['expires_ms']) }
  }
  let putsSinceSweep = 0

  return {
    put: (key, identity) =>
      atomically(db, () => {
        for (const one of tokensOf(key)) {
          const { kind, token } = one
          const merged = mergeIdentity(known(key.shop, one)?.identity, identity)
          upsert.run(key.shop, kind, token, JSON.stringify(merged), now() + ttlMs)
        }
        // Counting rows is the dear part; a bound may be passed by this many entries.
        if (putsSinceSweep++ % SWEEP_EVERY !== 0) return
        expire.run(now())
        trim.run(maxEntries)
      }),
    find: (key) => latestIdentity(tokensOf(key).map((token) => known(key.shop, token))),
    link: (key, { customerId = null, orderId = null }) =>
      atomically(db, () => {
        for (const { kind, token } of tokensOf(key)) {
          own.run(customerId, orderId, key.shop, kind, token)
        }
      }),
    redact: (shop, owners) =>
      atomically(db, () => {
        let count = 0
        for (const { customerId, orderId } of owners) {
          if (customerId !== undefined)
            count += Number(forgetCustomer.run(shop, customerId).changes)
          if (orderId !== undefined) count += Number(forgetOrder.run(shop, orderId).changes)
        }
        return count
      }),
    forgetShop: (shop) => Number(forgetAll.run(shop).changes),
    close: () => db.close(),
  }
}

const SWEEP_EVERY = 100

function open(path: string): DatabaseSync {
  try {
    if (path !== ':memory:') makeForOwner(path)
    const db = new DatabaseSync(path)
    try {
      prepare(db, path)
    } catch (error) {
      db.close()
      throw error
    }
    return db
  } catch (error) {
    if (error instanceof CapiStoreError) throw error
    const message = `The identity store ${path} cannot be opened: is it a file this process may write?`
    throw new CapiStoreError('io', message, error)
  }
}

function makeForOwner(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
}

function prepare(db: DatabaseSync, path: string): void {
  const read = (pragma: string) => Number(Object.values(db.prepare(pragma).get() ?? {})[0])
  const version = read('PRAGMA user_version')
  const isOurs = read('PRAGMA application_id') === APPLICATION_ID
  if (!isOurs && db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined) {
    const message = `${path} is a database of something else. It was left as it is: pass another path.`
    throw new CapiStoreError('unknown', message)
  }
  if (version > MIGRATIONS.length) {
    const message = `${path} was written by a newer version of @capi/shopify: update it.`
    throw new CapiStoreError('newer_version', message)
  }
  db.exec(SETTINGS)
  if (version === MIGRATIONS.length) return
  atomically(db, () => {
    // Another process may have been faster.
    for (const migration of MIGRATIONS.slice(read('PRAGMA user_version'))) db.exec(migration)
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${MIGRATIONS.length}`)
  })
}

function atomically<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}
