import { CapiConfigError } from '@capi/core'
import { storeError, toOutboxError } from './outbox-problem.ts'
import { SCRIPTS, type ScriptName } from './scripts.ts'

/** What is used of a client: of ioredis (`Redis`, `Cluster`), of node-redis, or of its `createCluster`. */
export type RedisClient =
  | {
      /** Of ioredis: `ready` when a command can be sent. */
      readonly status: string
      /** Of ioredis: sends any command. */
      call(command: string, ...args: string[]): Promise<unknown>
    }
  | {
      /** Of node-redis: a command can be sent. */
      readonly isReady: boolean
      /** Of node-redis: sends any command. */
      sendCommand(args: readonly string[]): Promise<unknown>
    }
  | {
      /** Of a cluster of node-redis. */
      readonly masters: readonly unknown[]
      /** Sends any command to the node of the key. */
      sendCommand(key: string, isReadonly: boolean, args: readonly string[]): Promise<unknown>
    }

/** A client, an address (`redis://`, `rediss://`), or options of ioredis, such as those of a BullMQ queue. */
export type RedisConnection = RedisClient | string | object

/** Runs a script on the keys of one outbox. @throws CapiStoreError */
export type Run = (script: ScriptName, ...args: readonly (string | number)[]) => Promise<unknown>

/** A connection of the outbox's own: a command that finds none fails at once, and it is made again soon after Redis is back. */
const OWN = {
  maxRetriesPerRequest: 0,
  connectTimeout: 5_000,
  socketTimeout: 5_000,
  retryStrategy: (times: number) => Math.min(50 * times, 500),
}

/** Connects at the first call. `close` ends a connection of the outbox's own. */
export function openRedis(connection: RedisConnection, root: string) {
  let client = isClient(connection) ? connection : undefined
  let own: Promise<{ disconnect(): void } & RedisClient> | undefined
  let wasUp = false

  async function connect() {
    const { Redis } = await import('ioredis').catch(() => {
      throw new CapiConfigError(
        'config_invalid',
        'redisOutbox: install ioredis, or pass a connected client of node-redis.',
      )
    })
    const { url, ...options } =
      typeof connection === 'string' ? { url: connection } : (connection as { url?: string })
    const all = { ...options, ...OWN }
    const redis = url === undefined ? new Redis(all) : new Redis(url, all)
    return redis.on('error', () => {}) // Each call reports its own.
  }

  async function send(args: string[]): Promise<unknown> {
    if (client === undefined) own ??= connect()
    client ??= await own
    if (client === undefined) throw storeError('closed')
    // After its first connection, a command that waits for the next one would only pile up.
    if (wasUp && !isUp(client)) throw storeError('unreachable')
    const answer = await ('call' in client
      ? client.call(...(args as [string, ...string[]]))
      : 'masters' in client
        ? client.sendCommand(root, false, args)
        : client.sendCommand(args))
    wasUp = true
    return answer
  }

  const run: Run = async (script, ...args) => {
    const { text, sha } = SCRIPTS[script]
    const rest = ['1', root, ...args.map(String)]
    try {
      return await send(['EVALSHA', sha, ...rest]).catch((error: unknown) => {
        // After a restart, or on another node of a cluster.
        if (!String(error).includes('NOSCRIPT')) throw error
        return send(['EVAL', text, ...rest])
      })
    } catch (error) {
      throw toOutboxError(error)
    }
  }
  return { run, close: async () => (await own?.catch(() => undefined))?.disconnect() }
}

export const isClient = (given: unknown): given is RedisClient =>
  typeof given === 'object' && given !== null && ('call' in given || 'sendCommand' in given)

/** Status `wait`: ioredis connects at the first command. A cluster of node-redis does not tell. */
function isUp(client: RedisClient): boolean {
  if ('status' in client) return client.status === 'ready' || client.status === 'wait'
  return !('isReady' in client) || client.isReady
}
