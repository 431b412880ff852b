import { atLeast, checkOptions, type OptionRules, oneOf } from '@capi/core/adapter'
import { isSchema, SCHEMA_RULE } from './migration-sql.ts'
import { isClient, type PostgresClient } from './run-statement.ts'

const DAY_MS = 86_400_000

/** Where the outbox is, who makes its tables, how long a lease lasts, and its bounds. */
export interface PostgresOutboxOptions {
  /**
   * Your own client: `pg` (Pool or Client), postgres.js, Kysely, Drizzle, Knex, Prisma, PGlite, TypeORM, or the database of pg-boss
   * (`boss.getDb()`). It stays yours: end it after `capi.close()`.
   */
  readonly db: PostgresClient
  /** `worker`, the default: puts and delivers. `producer`: only puts, as a web server beside a worker does. */
  readonly role?: 'worker' | 'producer' | undefined
  /** The schema of its tables and functions, default `capi`. Clients with another schema have another outbox. */
  readonly schema?: string | undefined
  /** Makes schema, tables and functions where they are missing, default false: apply `migrationSql` with your own migrations. */
  readonly ensure?: boolean | undefined
  /** Milliseconds after which events are handed out again when the worker that has them died, default 60,000. */
  readonly leaseMs?: number | undefined
  /** Milliseconds between two looks for events that other processes put, default 1,000. */
  readonly pollMs?: number | undefined
  /** About how many events may wait, default 1,000,000. More are refused as `queue_full`. Counted now and then: several processes may go a little beyond. */
  readonly maxEvents?: number | undefined
}

const RULES: OptionRules<PostgresOutboxOptions> = {
  db: {
    holds: isClient,
    rule: 'is a client of Postgres: a Pool of pg, or what your ORM calls its database',
  },
  role: oneOf('worker', 'producer'),
  schema: { fallback: 'capi', holds: isSchema, rule: SCHEMA_RULE },
  ensure: oneOf(false, true),
  leaseMs: atLeast(1_000, 60_000, DAY_MS),
  pollMs: atLeast(10, 1_000, DAY_MS),
  maxEvents: atLeast(1, 1_000_000),
}

export type ResolvedOptions = ReturnType<typeof resolveOptions>

/** @throws CapiConfigError */
export const resolveOptions = (given: PostgresOutboxOptions) =>
  checkOptions(given, RULES, {
    name: 'postgresOutbox',
    warn: (line) => process.emitWarning(line, 'CapiOutboxWarning', 'option_unknown'),
  })
