import { CapiStoreError } from '@capi/core'
import { type OptionTable, readOptions } from '@capi/core/adapter'
import { emitUnknown } from '../read/unknown-options.ts'
import { IdentityFailure, IN_MEMORY, openIdentityFile } from './identity-file.ts'
import {
  IDENTITY_OPTIONS,
  type IdentityStore,
  type IdentityStoreOptions,
  STORE_DEFAULTS,
} from './identity-store.ts'
import { identityThread } from './identity-thread.ts'

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
  /** Closes the file when what was asked before is done; later calls reject. Harmless twice. */
  close(): Promise<void>
}

/**
 * Identities in one SQLite file, which several processes of one machine may share. A thread of its own reads and writes it, so
 * that neither another process nor a slow disk holds up a request. Its calls reject with a `CapiStoreError`.
 * @throws CapiStoreError when the file cannot be opened or is something else's.
 * @example
 * const identity = sqliteIdentityStore({ path: 'var/identity.db' })
 */
export function sqliteIdentityStore(given: SqliteIdentityStoreOptions): SqliteIdentityStore {
  const reader = { name: 'sqliteIdentityStore', table: SQLITE_IDENTITY_OPTIONS, warn: emitUnknown }
  const options = readOptions(given, reader)
  const { path, now = Date.now } = options
  const ttlMs = options.ttlMs ?? STORE_DEFAULTS.ttlMs
  const maxEntries = options.maxEntries ?? STORE_DEFAULTS.maxEntries
  checkFile(path)
  const thread = identityThread({ path, ttlMs, maxEntries })
  return {
    put: (key, identity, source) => thread.call('put', key, identity, source, now()),
    find: (key) => thread.call('find', key, now()),
    link: (key, owner) => thread.call('link', key, owner),
    redact: (shop, owners) => thread.call('redact', shop, owners),
    forgetShop: (shop) => thread.call('forgetShop', shop),
    close: () => thread.close(),
  }
}

/** What is wrong with the file stops the start. @throws CapiStoreError */
export function checkFile(path: string): void {
  if (path === IN_MEMORY) return
  try {
    openIdentityFile(path).close()
  } catch (error) {
    if (!(error instanceof IdentityFailure)) throw error
    throw new CapiStoreError(error.problem, error.message, error.cause)
  }
}
