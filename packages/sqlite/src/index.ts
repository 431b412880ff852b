export { sqliteStore } from './sqlite-store.ts'
export type { SqliteStoreOptions, StoreIncident } from './store-options.ts'
