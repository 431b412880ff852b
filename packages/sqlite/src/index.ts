export type { OutboxWarning, SqliteOutboxOptions } from './outbox-options.ts'
export { sqliteOutbox } from './sqlite-outbox.ts'
