export type { Boss, PgBossOutboxOptions } from './outbox-options.ts'
export { pgBossOutbox } from './pg-boss-outbox.ts'
export type { PgBossTransaction } from './transaction.ts'
