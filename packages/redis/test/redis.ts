import { randomUUID } from 'node:crypto'
import { hasRedis, startRedis } from '@capi/testing'
import { Redis } from 'ioredis'
import { afterAll, onTestFinished } from 'vitest'
import { type RedisOutboxOptions, redisOutbox } from '../src/index.ts'

/** Without one the tests of a file are skipped, and counted as such. */
export const isRedisHere = process.env['REDIS_URL'] !== undefined || hasRedis()

export interface Place {
  readonly host: string
  readonly port: number
}

/** `REDIS_URL`, or a server for the tests of one file. */
export async function redisForTests(): Promise<Place> {
  const url = process.env['REDIS_URL']
  if (url !== undefined) {
    const { hostname, port } = new URL(url)
    return { host: hostname, port: Number(port === '' ? 6379 : port) }
  }
  if (!hasRedis()) return { host: '127.0.0.1', port: 1 }
  const server = await startRedis('appendonly yes')
  afterAll(() => server.stop())
  return server
}

export const newPrefix = () => `capi-test-${randomUUID().slice(0, 8)}`

/** Removes what was kept under it. */
export async function clear(redis: Redis, prefix: string): Promise<void> {
  const keys = await redis.keys(`{${prefix}}*`)
  if (keys.length > 0) await redis.del(keys)
}

/** Outboxes and a client on one Redis, under keys that go with the test. */
export function inRedis(place: Place, prefix = newPrefix()) {
  const redis = new Redis(place)
  onTestFinished(async () => {
    await clear(redis, prefix)
    redis.disconnect()
  })
  return {
    redis,
    prefix,
    root: `{${prefix}}:1`,
    open: (more: Partial<RedisOutboxOptions> = {}) => {
      const outbox = redisOutbox({ connection: redis, prefix, onWarning() {}, ...more })
      onTestFinished(async () => void (await outbox.close()))
      return outbox
    },
  }
}
