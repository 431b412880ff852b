import { CapiConfigError } from '@capi/core'
import { type OptionTable, readOptions } from '@capi/core/adapter'
import type { ConnectionOptions } from 'bullmq'

/** A BullMQ `Queue`, also one that `@InjectQueue` gives. */
export interface QueueLike {
  /** Of the queue; dead letters wait in `<name>-dead`. */
  readonly name: string
  /** What the queue was made with. */
  readonly opts: {
    /** What its keys begin with, as BullMQ has it: default `bull`. */
    readonly prefix?: string
    /** Options of ioredis, or an instance, which is duplicated. */
    readonly connection?: ConnectionOptions
  }
}

/** Redis is set up such that it may lose events, or it does not say how it is set up. */
export interface OutboxWarning {
  /**
   * `persistence_off`: no append-only file, so what was accepted since the last snapshot is lost when Redis ends.
   * `settings_unknown`: `INFO` may not be asked, or does not tell.
   */
  readonly kind: 'persistence_off' | 'settings_unknown'
  /** The same, with what to do. */
  readonly message: string
}

/** Which queue, what this process does with it, and how long it waits. */
export interface BullmqOutboxOptions {
  /**
   * The queue events wait in: yours, and for nothing else. Only its name, prefix and connection options are used; the outbox
   * has connections of its own, and closes those alone. Dead letters wait in a second queue, `<name>-dead`.
   */
  readonly queue: QueueLike
  /** Connects otherwise than the queue does: `ioredis` options, or an instance, which is duplicated. */
  readonly connection?: ConnectionOptions | undefined
  /** `producer` only puts, and never leases; `worker`, the default, also delivers what others put. */
  readonly role?: 'worker' | 'producer' | undefined
  /** Most events that wait, default 500,000: about 1.25 GB of Redis. Several processes that put at once may go a little beyond. More are refused as `queue_full`. */
  readonly maxEvents?: number | undefined
  /**
   * How long a worker that died keeps its events, milliseconds, default 30,000, at least 500. A living one renews; another takes over
   * after once to twice this time.
   */
  readonly leaseMs?: number | undefined
  /** Longest that one call waits for Redis, milliseconds, default 1,000; leasing and settling may take five times as long. */
  readonly timeoutMs?: number | undefined
  /** Told once of settings that may lose events; default: a process warning. Never holds event data. */
  readonly onWarning?: ((warning: OutboxWarning) => void) | undefined
}

const OUTBOX_OPTIONS = {
  queue: 'any',
  connection: 'any',
  role: 'any',
  maxEvents: 'any',
  leaseMs: 'any',
  timeoutMs: 'any',
  onWarning: 'any',
} as const satisfies OptionTable<BullmqOutboxOptions>

export interface StoreOptions {
  readonly queueName: string
  readonly prefix: string | undefined
  readonly connection: ConnectionOptions
  readonly role: 'worker' | 'producer'
  readonly maxEvents: number
  readonly leaseMs: number
  readonly timeoutMs: number
  readonly onWarning: (warning: OutboxWarning) => void
}

/** @throws CapiConfigError */
export function resolveOptions(given: BullmqOutboxOptions): StoreOptions {
  const warn = (line: string) => process.emitWarning(line, 'CapiOutboxWarning', 'option_unknown')
  const options = readOptions(given, { name: 'bullmqOutbox', table: OUTBOX_OPTIONS, warn })
  const { queue, role = 'worker' } = options
  const connection = options.connection ?? queue?.opts?.connection
  if (typeof queue?.name !== 'string' || connection === undefined) {
    throw invalid('pass queue, a Queue of bullmq with its connection.')
  }
  if (!isRedis(connection) || (options.connection === undefined && !isOnRedis(queue))) {
    throw invalid(
      'its queue is not on Redis. Pass a Queue with the Redis backend, or use the outbox for Postgres.',
    )
  }
  if (role !== 'worker' && role !== 'producer') throw invalid("role is 'worker' or 'producer'.")
  return {
    queueName: queue.name,
    prefix: queue.opts.prefix,
    connection,
    role,
    maxEvents: atLeast(1, 'maxEvents', options.maxEvents ?? 500_000),
    leaseMs: atLeast(500, 'leaseMs', options.leaseMs ?? 30_000),
    timeoutMs: atLeast(1, 'timeoutMs', options.timeoutMs ?? 1_000),
    onWarning:
      options.onWarning ?? (({ message }) => process.emitWarning(message, 'CapiOutboxWarning')),
  }
}

/** Not what `pg` takes: ioredis would ignore it and connect to 127.0.0.1:6379. */
function isRedis(connection: unknown): boolean {
  return (
    typeof connection === 'object' &&
    connection !== null &&
    !('connectionString' in connection) &&
    !('query' in connection && 'totalCount' in connection)
  )
}

/** BullMQ 6 says what its queue stands on; older ones know Redis alone. */
function isOnRedis(queue: QueueLike & { readonly getBackend?: () => object }): boolean {
  return typeof queue.getBackend !== 'function' || 'client' in queue.getBackend()
}

function atLeast(least: number, name: string, value: number): number {
  if (typeof value === 'number' && value >= least) return value
  throw invalid(`${name} is a number from ${least} up.`)
}

const invalid = (what: string) => new CapiConfigError('config_invalid', `bullmqOutbox: ${what}`)
