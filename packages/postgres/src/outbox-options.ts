import { CapiConfigError } from '@capi/core'
import { type OptionTable, readOptions } from '@capi/core/adapter'
import { demandSchema } from './migration-sql.ts'
import { type PostgresClient, type RunStatement, statementsOn } from './run-statement.ts'

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

const OUTBOX_OPTIONS = {
  db: 'any',
  role: 'any',
  schema: 'any',
  ensure: 'any',
  leaseMs: 'any',
  pollMs: 'any',
  maxEvents: 'any',
} as const satisfies OptionTable<PostgresOutboxOptions>

export interface ResolvedOptions {
  readonly run: RunStatement
  readonly role: 'worker' | 'producer'
  readonly schema: string
  readonly ensure: boolean
  readonly leaseMs: number
  readonly pollMs: number
  readonly maxEvents: number
}

/** @throws CapiConfigError */
export function resolveOptions(given: PostgresOutboxOptions): ResolvedOptions {
  const warn = (line: string) => process.emitWarning(line, 'CapiOutboxWarning', 'option_unknown')
  const options = readOptions(given, { name: 'postgresOutbox', table: OUTBOX_OPTIONS, warn })
  const { role = 'worker', schema = 'capi', ensure = false } = options
  const run = statementsOn(options.db)
  if (run === undefined)
    throw refused(
      'pass db, a client of Postgres: a Pool of pg, or what your ORM calls its database.',
    )
  if (role !== 'worker' && role !== 'producer') throw refused("role is 'worker' or 'producer'.")
  if (typeof ensure !== 'boolean') throw refused('ensure is true or false.')
  demandSchema(schema)
  return {
    run,
    role,
    schema,
    ensure,
    leaseMs: atLeast(1_000, 'leaseMs', options.leaseMs ?? 60_000),
    pollMs: atLeast(10, 'pollMs', options.pollMs ?? 1_000),
    maxEvents: atLeast(1, 'maxEvents', options.maxEvents ?? 1_000_000),
  }
}

function atLeast(least: number, name: string, value: number): number {
  if (Number.isFinite(value) && value >= least) return value
  throw refused(`${name} is a number from ${least} up.`)
}

const refused = (what: string) => new CapiConfigError('config_invalid', `postgresOutbox: ${what}`)
