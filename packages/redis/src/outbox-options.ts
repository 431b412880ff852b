import { CapiConfigError } from '@capi/core'
import { type OptionTable, readOptions } from '@capi/core/adapter'
import type { RedisConnection } from './redis-client.ts'

/** Redis may lose events, or takes no more of them. */
export interface OutboxWarning {
  /**
   * `persistence_off`: no append-only file, so what was accepted since the last snapshot is lost when Redis ends.
   * `settings_unknown`: `INFO` may not be asked. `memory_full`: Redis holds its share of `maxmemory`, so new events are
   * refused as `queue_full` until there is room.
   */
  readonly kind: 'persistence_off' | 'settings_unknown' | 'memory_full'
  /** The same, with what to do. */
  readonly message: string
}

/** Which Redis, under which keys, what this process does with it, and how much it may hold. */
export interface RedisOutboxOptions {
  /**
   * A client of ioredis or node-redis (also of a cluster), used as it is and closed by you. Or a `redis://` address or
   * options of ioredis, also `queue.opts.connection` of a BullMQ queue: then ioredis must be installed, and the outbox
   * has a connection of its own.
   */
  readonly connection: RedisConnection
  /** What its keys begin with, default `capi`; in braces, so that a cluster keeps them together. One for each outbox. */
  readonly prefix?: string | undefined
  /** `producer` only puts, and never leases; `worker`, the default, also delivers what others put. */
  readonly role?: 'worker' | 'producer' | undefined
  /** Most events that wait, default 500,000. More are refused as `queue_full`. */
  readonly maxEvents?: number | undefined
  /** Where Redis has a `maxmemory`: the share of it from which on no event is taken, default 0.8. What waits then still drains. */
  readonly maxMemoryShare?: number | undefined
  /** How long a worker that died keeps its events, milliseconds, default 60,000, at least 500. A living one renews. */
  readonly leaseMs?: number | undefined
  /** Called for settings that may lose events, and when Redis is full; default: a process warning. Never holds event data. */
  readonly onWarning?: ((warning: OutboxWarning) => void) | undefined
}

const OUTBOX_OPTIONS = {
  connection: 'any',
  prefix: 'text',
  role: 'any',
  maxEvents: 'any',
  maxMemoryShare: 'any',
  leaseMs: 'any',
  onWarning: 'any',
} as const satisfies OptionTable<RedisOutboxOptions>

/** @throws CapiConfigError */
export function resolveOptions(given: RedisOutboxOptions) {
  const warn = (line: string) => process.emitWarning(line, 'CapiOutboxWarning', 'option_unknown')
  const options = readOptions(given, { name: 'redisOutbox', table: OUTBOX_OPTIONS, warn })
  const { connection, prefix = 'capi', role = 'worker' } = options
  if (role !== 'worker' && role !== 'producer') throw invalid("role is 'worker' or 'producer'.")
  if (typeof prefix !== 'string' || !/^[^{}]+$|\{[^{}]+\}/.test(prefix))
    throw invalid('prefix is a text, with or without one part of it in braces.')
  return {
    connection,
    root: /[{}]/.test(prefix) ? `${prefix}:1` : `{${prefix}}:1`,
    role,
    maxEvents: within([1, Number.POSITIVE_INFINITY], 'maxEvents', options.maxEvents ?? 500_000),
    maxMemoryShare: within([0.05, 1], 'maxMemoryShare', options.maxMemoryShare ?? 0.8),
    leaseMs: within([500, 3_600_000], 'leaseMs', options.leaseMs ?? 60_000),
    onWarning:
      options.onWarning ??
      (({ message }: OutboxWarning) => process.emitWarning(message, 'CapiOutboxWarning')),
  }
}

function within([least, most]: readonly [number, number], name: string, value: number): number {
  if (typeof value === 'number' && value >= least && value <= most) return value
  throw invalid(`${name} is a number from ${least} to ${most}.`)
}

export const invalid = (what: string) =>
  new CapiConfigError('config_invalid', `redisOutbox: ${what}`)
