import { CapiConfigError } from '@capi/core'
import { type OptionTable, readOptions } from '@capi/core/adapter'
import { isClient, type RedisConnection } from './redis-client.ts'

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
   * A client of ioredis or of node-redis (connected), also of a cluster: used as it is, and closed by you. Or a
   * `redis://` address, or options of ioredis, as `queue.opts.connection` of a BullMQ queue: then ioredis must be
   * installed, and the outbox has a connection of its own.
   */
  readonly connection: RedisConnection
  /** What its keys begin with, default `capi`; in braces, so that a cluster keeps them together. One for each outbox. */
  readonly prefix?: string | undefined
  /** `producer` only puts, and never leases; `worker`, the default, also delivers what others put. */
  readonly role?: 'worker' | 'producer' | undefined
  /** Most events that wait, default 500,000. More are refused as `queue_full`. */
  readonly maxEvents?: number | undefined
  /** Where Redis has a `maxmemory`: the share of it from which on no event is taken, default 0.8. What waits still drains. */
  readonly maxMemoryShare?: number | undefined
  /** How long a worker that died keeps its events, milliseconds, default 60,000, at least 500. A living one renews. */
  readonly leaseMs?: number | undefined
  /** Called for settings that may lose events, and when Redis is full; default: a process warning. Never holds event data. */
  readonly onWarning?: ((warning: OutboxWarning) => void) | undefined
}

const OPTIONS = {
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
  const {
    connection,
    prefix = 'capi',
    role = 'worker',
    maxEvents = 500_000,
    maxMemoryShare = 0.8,
    leaseMs = 60_000,
    onWarning = ({ message }: OutboxWarning) => process.emitWarning(message, 'CapiOutboxWarning'),
  } = readOptions(given, { name: 'redisOutbox', table: OPTIONS, warn })
  const demands: readonly (readonly [string, boolean])[] = [
    [
      'pass connection: a client of ioredis or node-redis, an address, or { host, port }',
      isConnection(connection),
    ],
    [
      'prefix is a text, with or without one part of it in braces',
      /^[^{}]*(?:\{[^{}]+\})?[^{}]*$/.test(prefix),
    ],
    ["role is 'worker' or 'producer'", role === 'worker' || role === 'producer'],
    ['maxEvents is a number from 1 up', maxEvents >= 1],
    ['maxMemoryShare is a number from 0.05 to 1', maxMemoryShare >= 0.05 && maxMemoryShare <= 1],
    ['leaseMs is a number from 500 up', leaseMs >= 500],
  ]
  const unmet = demands.find(([, isMet]) => !isMet)
  if (unmet) throw new CapiConfigError('config_invalid', `redisOutbox: ${unmet[0]}.`)
  const root = prefix.includes('{') ? `${prefix}:1` : `{${prefix}}:1`
  return { connection, root, role, maxEvents, maxMemoryShare, leaseMs, onWarning } as const
}

/** A pool of Postgres, or options of one, would connect to 127.0.0.1:6379. */
function isConnection(given: unknown): boolean {
  if (typeof given === 'string') return /^rediss?:\/\//.test(given)
  if (typeof given !== 'object' || given === null || 'query' in given) return false
  return isClient(given) || ['url', 'host', 'port', 'path'].some((name) => name in given)
}
