import { outboxBattery } from '@capi/core/outbox-test'
import { passInRedis, takeOverInRedis } from '@capi/testing'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { redisOutbox } from '../src/index.ts'
import { SCRIPTS } from '../src/scripts.ts'
import { clear, inRedis, isRedisHere, newPrefix, redisForTests } from './redis.ts'

const place = await redisForTests()
const nowMs = Date.now()

describe.skipIf(!isRedisHere)('when each command runs twice, as after a cut connection', () => {
  let redis: Redis
  let prefix = newPrefix()
  beforeAll(() => {
    redis = new Redis(place)
  })
  afterAll(() => redis.disconnect())
  const call = (command: string, ...args: string[]) => redis.call(command, ...args)
  const root = () => `{${prefix}}:1`
  const open = (bounds = {}) =>
    redisOutbox({
      connection: {
        get status() {
          return redis.status
        },
        async call(command: string, ...args: string[]) {
          const first = await redis.call(command, ...args)
          const second = await redis.call(command, ...args)
          // Settled before: the second time there is nothing left of it.
          return args[0] === SCRIPTS.settle.sha ? first : second
        },
      },
      prefix,
      onWarning() {},
      ...bounds,
    })
  outboxBattery(
    {
      name: 'redisOutbox',
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

describe.skipIf(!isRedisHere)('when an answer is lost', () => {
  it('says at the next call what expired in the one before', async () => {
    const world = inRedis(place)
    let isCut = false
    const outbox = world.open({
      connection: {
        status: 'ready',
        async call(command: string, ...args: string[]) {
          const answer = await world.redis.call(command, ...args)
          if (isCut && args[0] === SCRIPTS.take.sha) throw new Error('Connection is closed.')
          return answer
        },
      },
    })
    const { outboxItem } = await import('@capi/core/outbox-test')
    const some = ['a', 'b'].map((id) => outboxItem(id, { expiresAtMs: nowMs + 1 }))
    await outbox.put(some, { tickMs: 0, nowMs })
    isCut = true
    const later = { tickMs: 0, nowMs: nowMs + 1 }
    await expect(outbox.takeExpired(100, later)).rejects.toMatchObject({ problem: 'unreachable' })
    expect(await outbox.counts()).toEqual({})
    isCut = false
    const { losses } = await outbox.takeExpired(100, later)
    expect(losses.map(({ event_id }) => String(event_id)).sort()).toEqual(['a', 'b'])
    expect((await outbox.takeExpired(100, later)).losses).toEqual([])
  })
})
