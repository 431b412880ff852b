import { createHash } from 'node:crypto'
import { invalid } from './outbox-options.ts'
import { storeError, toOutboxError } from './outbox-problem.ts'

/** What is used of ioredis, `Redis` and `Cluster`. */
export interface IoredisClient {
  readonly status: string
  call(command: string, ...args: string[]): Promise<unknown>
}

/** What is used of node-redis: a client that is connected. */
export interface NodeRedisClient {
  readonly isReady: boolean
  sendCommand(args: readonly string[]): Promise<unknown>
}

/** What is used of node-redis' `createCluster`. */
export interface NodeRedisCluster {
  readonly masters: readonly unknown[]
  sendCommand(firstKey: string, isReadonly: boolean, args: readonly string[]): Promise<unknown>
}

/** Options of ioredis, as BullMQ takes them too. */
export interface RedisAddress {
  readonly url?: string
  readonly host?: string
  readonly port?: number
  readonly path?: string
  readonly username?: string
  readonly password?: string
  readonly db?: number
  readonly tls?: object
}

type Client = IoredisClient | NodeRedisClient | NodeRedisCluster
/** A client, the promise of one (BullMQ's `queue.client`), or where Redis is. */
export type RedisConnection = Client | PromiseLike<Client> | RedisAddress | string

/** A connection of the outbox's own: a command that finds none fails at once, and the next one comes within two seconds. */
const OWN = {
  maxRetriesPerRequest: 0,
  connectTimeout: 5_000,
  commandTimeout: 10_000,
  retryStrategy: (times: number) => Math.min(50 * 2 ** Math.min(times, 6), 2_000),
}

export interface Script {
  readonly text: string
  readonly sha: string
}

export const toScript = (text: string): Script => ({
  text,
  sha: createHash('sha1').update(text).digest('hex'),
})

export interface RedisClient {
  /** Runs it on the keys of `root`. @throws CapiStoreError */
  run(script: Script, root: string, args: readonly (string | number)[]): Promise<unknown>
  /** Ends a connection of the outbox's own. */
  close(): Promise<void>
}

/** Connects at the first call. @throws CapiConfigError when it is nothing that can run a command. */
export function redisClient(given: RedisConnection): RedisClient {
  const kind = kindOf(given)
  let opened: Promise<Client> | undefined
  let client: Client | undefined
  let wasUp = false

  async function open(): Promise<Client> {
    if (kind === 'client') return given as Client | PromiseLike<Client>
    const { Redis } = await import('ioredis').catch(() => {
      throw invalid('install ioredis, or pass a connected client of node-redis.')
    })
    const { url, ...options } = typeof given === 'string' ? { url: given } : (given as RedisAddress)
    const redis =
      url === undefined ? new Redis({ ...options, ...OWN }) : new Redis(url, { ...options, ...OWN })
    return redis.on('error', () => {}) // Each call reports its own.
  }

  async function send(args: readonly string[], key: string): Promise<unknown> {
    opened ??= open()
    client ??= await opened
    // Later than its first connection, a command that has to wait for one would only pile up.
    if (wasUp && !isUp(client)) throw storeError('unreachable')
    const [command = '', ...rest] = args
    const answer = await ('call' in client
      ? client.call(command, ...rest)
      : 'masters' in client
        ? client.sendCommand(key, false, args)
        : client.sendCommand(args))
    wasUp = true
    return answer
  }

  return {
    async run({ text, sha }, root, args) {
      const rest = ['1', root, ...args.map(String)]
      try {
        return await send(['EVALSHA', sha, ...rest], root).catch((error: unknown) => {
          // After a restart, or on another node of a cluster.
          if (!String(error).includes('NOSCRIPT')) throw error
          return send(['EVAL', text, ...rest], root)
        })
      } catch (error) {
        throw toOutboxError(error)
      }
    },
    async close() {
      if (kind === 'client' || opened === undefined) return
      const client = await opened.catch(() => undefined)
      if (client !== undefined && 'disconnect' in client) (client.disconnect as () => void)()
    },
  }
}

function kindOf(given: unknown): 'client' | 'address' {
  if (typeof given === 'string' && /^rediss?:\/\//.test(given)) return 'address'
  if (typeof given === 'object' && given !== null) {
    if ('call' in given || 'sendCommand' in given || 'then' in given) return 'client'
    // A pool of Postgres, or an options object for one, would connect to 127.0.0.1:6379.
    const isOther = 'connectionString' in given || 'query' in given
    if (!isOther && ['url', 'host', 'port', 'path'].some((name) => name in given)) return 'address'
  }
  throw invalid(
    'connection is a client of ioredis or node-redis, a redis:// address, or { host, port }.',
  )
}

/** Status `wait`: ioredis connects at the first command. A cluster of node-redis does not tell. */
function isUp(client: Client): boolean {
  if ('status' in client) return client.status === 'ready' || client.status === 'wait'
  return !('isReady' in client) || client.isReady
}
