import { randomUUID } from 'node:crypto'
import type { Outbox } from '@capi/core/outbox'
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

type Call = (command: string, ...args: string[]) => Promise<unknown>

/** Moves due moments: Redis has no clock that a test could set. `which`: a condition on lane and id. */
const shift = (which: string) => `
  local p = KEYS[1]
  for _, lane in ipairs(redis.call('ZRANGE', p .. ':lanes', 0, -1)) do
    redis.call('ZINCRBY', p .. ':lanes', -ARGV[1] * 1000, lane)
    for _, id in ipairs(redis.call('ZRANGE', p .. ':z:' .. lane, 0, -1)) do
      if ${which} then redis.call('ZINCRBY', p .. ':z:' .. lane, -ARGV[1] * 1000, id) end
    end
  end`

/** Lets time go by for everything that waits. */
export const pass = (call: Call, root: string, ms: number) =>
  call('EVAL', shift('true'), '1', root, String(ms))

/** The worker died: its leases run out, and another one gets what it had and lets it wait again. */
export async function takeOver(call: Call, root: string, other: Outbox): Promise<void> {
  const isLeased = "string.sub(redis.call('HGET', p .. ':t:' .. lane, id) or '0', 1, 1) ~= '0'"
  await call('EVAL', shift(isLeased), '1', root, String(3_600_000))
  const time = { tickMs: 0, nowMs: 0 }
  for (const lane of await other.dueLanes(time)) {
    const { items } = await other.lease({ lane, maxEvents: 1e3, maxBytes: 1e9, leaseMs: 500 }, time)
    const again = { kind: 'retry', delayMs: 0, isAttempt: false } as const
    await other.settle(
      items.map((token) => ({ ...again, token })),
      time,
    )
  }
}
