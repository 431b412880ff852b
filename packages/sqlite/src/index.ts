export type {
  DamagedFile,
  DisplacedFile,
  OutboxWarning,
  SqliteOutboxOptions,
} from './outbox-options.ts'
export type { SqliteProblem } from './outbox-problem.ts'
export { sqliteOutbox } from './sqlite-outbox.ts'
