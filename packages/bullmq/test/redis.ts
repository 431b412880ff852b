import { hasRedis, type RedisServer, startRedis } from '@capi/testing'
import { Redis } from 'ioredis'
import { afterAll } from 'vitest'

/** Without one the tests of a file are skipped, and counted as such. */
export const isRedisHere = process.env['REDIS_URL'] !== undefined || hasRedis()

/** `REDIS_URL`, or a server for the tests of one file. */
export async function redisForTests(): Promise<{ readonly host: string; readonly port: number }> {
  const url = process.env['REDIS_URL']
  if (url !== undefined) {
    const { hostname, port } = new URL(url)
    return { host: hostname, port: Number(port === '' ? 6379 : port) }
  }
  if (!hasRedis()) return { host: '127.0.0.1', port: 1 }
  const server: RedisServer = await startRedis('appendonly yes')
  afterAll(() => server.stop())
  return server
}

/** A prefix of its own for each test, and its keys gone after it. */
export function testPrefix(): {
  readonly next: () => string
  readonly clear: (connection: { host: string; port: number }) => Promise<void>
} {
  let prefix = ''
  return {
    next() {
      prefix = `capi-test-${process.pid}-${Math.random().toString(36).slice(2)}`
      return prefix
    },
    async clear(connection) {
      const redis = new Redis(connection)
      const keys = await redis.keys(`${prefix}:*`)
      if (keys.length > 0) await redis.del(keys)
      redis.disconnect()
    },
  }
}
