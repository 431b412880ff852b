import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { APPLICATION_ID, MIGRATIONS, SETTINGS } from './identity-schema.ts'

/** What makes no file. */
export const IN_MEMORY = ':memory:'

/**
 * Why the file cannot be used; becomes a `CapiStoreError` on the caller's side. The thread loads nothing of core: it starts
 * faster so.
 */
export class IdentityFailure extends Error {
  readonly problem: 'io' | 'newer_version' | 'unknown'

  constructor(problem: IdentityFailure['problem'], message: string, cause?: unknown) {
    super(message, { cause })
    this.problem = problem
  }
}

/** Opens the file, which is made for its owner alone. @throws IdentityFailure */
export function openIdentityFile(path: string): DatabaseSync {
  try {
    if (path !== IN_MEMORY) makeForOwner(path)
    const db = new DatabaseSync(path)
    try {
      prepare(db, path)
    } catch (error) {
      db.close()
      throw error
    }
    return db
  } catch (error) {
    if (error instanceof IdentityFailure) throw error
    const message = `The store ${path} cannot be opened: is it a file this process may write?`
    throw new IdentityFailure('io', message, error)
  }
}

/** All of it, or nothing. */
export function atomically<T>(db: DatabaseSync, work: () => T): T {
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

function makeForOwner(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
}

function prepare(db: DatabaseSync, path: string): void {
  const read = (pragma: string) => Number(Object.values(db.prepare(pragma).get() ?? {})[0])
  const version = read('PRAGMA user_version')
  const isOurs = read('PRAGMA application_id') === APPLICATION_ID
  if (!isOurs && db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined) {
    const message = `${path} is a database of something else. It was left unchanged: pass another path.`
    throw new IdentityFailure('unknown', message)
  }
  if (version > MIGRATIONS.length) {
    const message = `${path} was written by a newer version of @capi/shopify: update it.`
    throw new IdentityFailure('newer_version', message)
  }
  db.exec(SETTINGS)
  if (version === MIGRATIONS.length) return
  atomically(db, () => {
    // Another process may have been faster.
    for (const migration of MIGRATIONS.slice(read('PRAGMA user_version'))) db.exec(migration)
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${MIGRATIONS.length}`)
  })
}
