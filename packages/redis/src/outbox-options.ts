import { atLeast, callback, checkOptions, type OptionRules, oneOf } from '@capi/core/adapter'
import { isClient, type RedisConnection } from './redis-client.ts'

const DAY_MS = 86_400_000

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

const RULES: OptionRules<RedisOutboxOptions> = {
  connection: {
    holds: isConnection,
    rule: 'is a client of ioredis or node-redis, an address, or { host, port }',
  },
  prefix: {
    fallback: 'capi',
    holds: (prefix) => /^[^{}]*(?:\{[^{}]+\})?[^{}]*$/.test(prefix),
    rule: 'is a text, with or without one part of it in braces',
  },
  role: oneOf('worker', 'producer'),
  maxEvents: atLeast(1, 500_000),
  maxMemoryShare: atLeast(0.05, 0.8, 1),
  leaseMs: atLeast(500, 60_000, DAY_MS),
  onWarning: callback(emitWarning),
}

/** @throws CapiConfigError */
export function resolveOptions(given: RedisOutboxOptions) {
  const warn = (line: string) => process.emitWarning(line, 'CapiOutboxWarning', 'option_unknown')
  const options = checkOptions(given, RULES, { name: 'redisOutbox', warn })
  const { prefix } = options
  const root = prefix.includes('{') ? `${prefix}:1` : `{${prefix}}:1`
  return { ...options, root }
}

function emitWarning({ message }: OutboxWarning): void {
  process.emitWarning(message, 'CapiOutboxWarning')
}

/** A pool of Postgres, or options of one, would connect to 127.0.0.1:6379. */
function isConnection(given: unknown): boolean {
  if (typeof given === 'string') return /^rediss?:\/\//.test(given)
  if (typeof given !== 'object' || given === null || 'query' in given) return false
  return isClient(given) || ['url', 'host', 'port', 'path'].some((name) => name in given)
}
