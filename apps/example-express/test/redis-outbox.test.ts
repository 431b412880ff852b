import { hasRedis, startRedis } from '@capi/testing'
import { it, onTestFinished } from 'vitest'
import { survivesARestart } from './survives-a-restart.ts'

it.skipIf(!hasRedis())(
  'leaves on Redis what one shop could not send, for another to send',
  async () => {
    const redis = await startRedis('appendonly yes')
    onTestFinished(() => redis.stop())
    await survivesARestart({ REDIS_URL: `redis://${redis.host}:${redis.port}` })
  },
  20_000,
)
