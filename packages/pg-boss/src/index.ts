export { pgBossStore } from './pg-boss-store.ts'
export type { Boss, PgBossStoreOptions } from './store-options.ts'
export type { PgBossTransaction } from './transaction.ts'
