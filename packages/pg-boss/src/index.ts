export { pgBossOutbox } from './new-port.ts'
export type { Boss, PgBossOutboxOptions } from './outbox-options.ts'
export type { PgBossTransaction } from './transaction.ts'
