import { outboxBattery } from '@capi/core/outbox-test'
import { passInRedis, takeOverInRedis } from '@capi/testing'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { redisOutbox } from '../src/index.ts'
import { clear, isRedisHere, newPrefix, redisForTests } from './redis.ts'

const place = await redisForTests()

describe.skipIf(!isRedisHere)('on Redis', () => {
  let redis: Redis
  let prefix = newPrefix()
  beforeAll(() => {
    redis = new Redis(place)
  })
  afterAll(() => redis.disconnect())
  const call = (command: string, ...args: string[]) => redis.call(command, ...args)
  const root = () => `{${prefix}}:1`
  const open = (bounds = {}) =>
    redisOutbox({ connection: redis, prefix, onWarning() {}, ...bounds })

  outboxBattery(
    {
      name: 'redisOutbox with ioredis',
      isDurable: true,
      open,
      shared: {
        pass: (ms) => passInRedis(call, root(), ms),
        crash: () => takeOverInRedis(call, root(), open()),
      },
      async reset() {
        await clear(redis, prefix)
        prefix = newPrefix()
      },
    },
    { describe, it, expect },
  )
})
