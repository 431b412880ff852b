import type { ConnectionOptions, IRedisClient } from 'bullmq'

/**
 * A command that finds no connection, or loses it, fails at once: none is sent again behind our back, and none hangs.
 * Names of ioredis.
 */
const BOUNDS = {
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  retryStrategy: (times: number) => Math.min(50 * 2 ** Math.min(times, 6), 2_000),
}

export interface Bounded {
  readonly connection: ConnectionOptions
  readonly disconnect: () => void
}

/** The same connection for the outbox alone, and bounded in time. */
export function bounded(connection: ConnectionOptions, timeoutMs: number): Bounded {
  const longMs = 5 * timeoutMs
  const limits = { connectTimeout: timeoutMs, commandTimeout: longMs, socketTimeout: longMs }
  const bounds = { ...BOUNDS, ...limits }
  if (!isClient(connection)) return { connection: { ...connection, ...bounds }, disconnect() {} }
  const copy = connection.duplicate(bounds)
  return { connection: copy, disconnect: () => copy.disconnect() }
}

function isClient(connection: ConnectionOptions): connection is IRedisClient {
  return 'duplicate' in connection && typeof connection.duplicate === 'function'
}
