import {
  hasRedis,
  ORDER_STORE_ANSWERS,
  orderStoreAnswers,
  readmeModule,
  startRedis,
} from '@capi/testing'
import { Redis } from 'ioredis'
import { expect, it, onTestFinished } from 'vitest'

const README = new URL('../../../packages/shopify/README.md', import.meta.url)
const DAY_SEC = 86_400

it.runIf(hasRedis())(
  'the order store on Redis that the README of @capi/shopify shows keeps its promises',
  async () => {
    const server = await startRedis()
    const redis = new Redis(server.port, server.host)
    onTestFinished(async () => {
      redis.disconnect()
      await server.stop()
    })
    const { redisOrderStore } = await readmeModule(README, 'redisOrderStore')
    const store = (redisOrderStore as (redis: unknown) => never)(redis)
    expect(await orderStoreAnswers(store)).toEqual(ORDER_STORE_ANSWERS)
    expect(await redis.ttl('order:b.example:1')).toBeGreaterThan(119 * DAY_SEC)
  },
)
