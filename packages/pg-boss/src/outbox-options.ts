import { CapiConfigError } from '@capi/core'
import { type OptionTable, readOptions } from '@capi/core/adapter'
import type { PgBoss } from 'pg-boss'

/** What the outbox asks of pg-boss. The application makes, starts and stops it. */
export type Boss = Pick<
  PgBoss,
  'insert' | 'fetch' | 'touch' | 'cancel' | 'createQueue' | 'getQueue' | 'getDb'
>

/** Where the outbox is, how long a lease lasts, and its bounds. */
export interface PgBossOutboxOptions {
  /** The application's own pg-boss, 12.38 or newer, started before the first event and stopped after `capi.close()`. */
  readonly boss: Boss
  /** `worker`, the default: puts and delivers. `producer`: only puts, as a web server beside a worker does. */
  readonly role?: 'worker' | 'producer' | undefined
  /** The schema that `boss` was made with; default `pgboss`, as there. */
  readonly schema?: string | undefined
  /** First part of the queues' names, default `capi`: `capi.events.<pixel>` and `capi.dead`. Clients with another prefix have another outbox. */
  readonly prefix?: string | undefined
  /**
   * Seconds after which the events put here are handed out again when the worker that has them died, default 60, at
   * least 10. A worker that lives extends its lease, for 15 minutes at most.
   */
  readonly leaseSec?: number | undefined
  /** Milliseconds between two looks for events that other processes put, default 1,000. */
  readonly pollMs?: number | undefined
  /** About how many events may wait, default 1,000,000. More are refused as `queue_full`. Counted now and then: several processes may go a little beyond. */
  readonly maxEvents?: number | undefined
  /** Milliseconds after which a call of Postgres counts as failed, default 10,000. */
  readonly timeoutMs?: number | undefined
}

const OUTBOX_OPTIONS = {
  boss: 'any',
  role: 'any',
  schema: 'any',
  prefix: 'any',
  leaseSec: 'any',
  pollMs: 'any',
  maxEvents: 'any',
  timeoutMs: 'any',
} as const satisfies OptionTable<PgBossOutboxOptions>

export interface ResolvedOptions {
  readonly boss: Boss
  readonly role: 'worker' | 'producer'
  readonly schema: string
  readonly prefix: string
  readonly leaseSec: number
  readonly pollMs: number
  readonly maxEvents: number
  readonly timeoutMs: number
}

/** No lease is extended beyond: a delivery that hangs for that long does not come back. */
export const MAX_LEASE_SEC = 900
/** pg-boss takes no shorter heartbeat. */
const MIN_LEASE_SEC = 10

/** @throws CapiConfigError */
export function resolveOptions(given: PgBossOutboxOptions): ResolvedOptions {
  const warn = (line: string) => process.emitWarning(line, 'CapiOutboxWarning', 'option_unknown')
  const options = readOptions(given, { name: 'pgBossOutbox', table: OUTBOX_OPTIONS, warn })
  const { boss, role = 'worker', schema = 'pgboss', prefix = 'capi' } = options
  demand(typeof boss?.fetch === 'function', 'pass boss, a PgBoss of pg-boss 12.38 or newer.')
  demand(role === 'worker' || role === 'producer', "role is 'worker' or 'producer'.")
  // It stands in SQL, unquoted, as pg-boss's own does.
  demand(/^[A-Za-z_]\w{0,49}$/.test(schema), 'schema is the name of the schema of boss.')
  demand(/^[\w-]{1,50}$/.test(prefix), 'prefix is made of letters, digits, _ and -.')
  const leaseSec = Math.ceil(atLeast(MIN_LEASE_SEC, 'leaseSec', options.leaseSec ?? 60))
  demand(leaseSec <= MAX_LEASE_SEC, `leaseSec is ${MAX_LEASE_SEC} at most.`)
  return {
    boss,
    role,
    schema,
    prefix,
    leaseSec,
    pollMs: atLeast(10, 'pollMs', options.pollMs ?? 1_000),
    maxEvents: atLeast(1, 'maxEvents', options.maxEvents ?? 1_000_000),
    timeoutMs: atLeast(1, 'timeoutMs', options.timeoutMs ?? 10_000),
  }
}

function atLeast(least: number, name: string, value: number): number {
  demand(Number.isFinite(value) && value >= least, `${name} is a number from ${least} up.`)
  return value
}

function demand(isMet: boolean, what: string): void {
  if (!isMet) throw new CapiConfigError('config_invalid', `pgBossOutbox: ${what}`)
}
