import { type OptionTable, readOptions } from '@capi/core/adapter'
import { STORE_DEFAULTS } from '../identity/identity-store.ts'
import { identityThread } from '../identity/identity-thread.ts'
import { checkFile } from '../identity/sqlite-identity-store.ts'
import { emitUnknown } from '../read/unknown-options.ts'
import {
  ORDER_STORE_OPTIONS,
  type OrderStore,
  type OrderStoreOptions,
  orderLimits,
} from './order-store.ts'

/** Where the file is, and how long it remembers. */
export interface SqliteOrderStoreOptions extends OrderStoreOptions {
  /** The file, which may be the identity store's; made, with its folder, for its owner alone. `':memory:'` makes none. */
  readonly path: string
}

const SQLITE_ORDER_OPTIONS = {
  ...ORDER_STORE_OPTIONS,
  path: 'any',
} as const satisfies OptionTable<SqliteOrderStoreOptions>

/** An order store with a file to close. */
export interface SqliteOrderStore extends OrderStore {
  /** Closes the file when what was asked before is done; later calls reject. Harmless twice. */
  close(): Promise<void>
}

/**
 * Orders in one SQLite file, which several processes of one machine may share and which a restart does not empty. A thread of its
 * own reads and writes it. Its calls reject with a `CapiStoreError`.
 * @throws CapiStoreError when the file cannot be opened or is something else's; CapiConfigError for options that cannot work.
 * @example
 * const orders = sqliteOrderStore({ path: 'var/identity.db' })
 */
export function sqliteOrderStore(given: SqliteOrderStoreOptions): SqliteOrderStore {
  const reader = { name: 'sqliteOrderStore', table: SQLITE_ORDER_OPTIONS, warn: emitUnknown }
  const options = readOptions(given, reader)
  const { ttlMs, now } = orderLimits(options)
  const { path } = options
  checkFile(path)
  const thread = identityThread({ ...STORE_DEFAULTS, path })
  return {
    mark(order, mark) {
      const nowMs = now()
      return thread.call('mark', order, mark, { nowMs, untilMs: nowMs + ttlMs })
    },
    forget: (shop, orderIds) => thread.call('forgetOrders', shop, orderIds),
    close: () => thread.close(),
  }
}
