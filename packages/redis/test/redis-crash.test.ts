import { setTimeout as sleep } from 'node:timers/promises'
import { hasRedis, startRedis } from '@capi/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { shopWorld } from './new-shop.ts'

/** More by hand: CAPI_RESTARTS=30 npx vitest run --project redis redis-crash. */
const RESTARTS = Number(process.env['CAPI_RESTARTS'] ?? 3)
const ENDLESS = 1e6

const { meta, newShop } = await shopWorld()

describe.skipIf(!hasRedis())('with a Redis of its own', () => {
  it.each(['always', 'everysec'])(
    `delivers what it accepted though Redis is killed ${RESTARTS} times under load, appendfsync %s`,
    { timeout: 60_000 + RESTARTS * 5_000 },
    async (fsync) => {
      const redis = await startRedis('appendonly yes', `appendfsync ${fsync}`)
      onTestFinished(() => redis.stop())
      const shop = newShop(redis.port, `restarted-${fsync}`)
      const running = shop.start(0, ENDLESS)
      await running.printed('started')
      for (let restart = 0; restart < RESTARTS; restart++) {
        await sleep(300 + meta.random.next() * 600)
        await redis.restart()
      }
      await sleep(1_000)
      running.process.kill('SIGTERM')
      await running.ended()
      const { stdout } = await shop.start().ended()
      expect(stdout).toBe('queued 0\n')
      expect(shop.sold().length).toBeGreaterThan(RESTARTS * 5)
      const missing = meta.missing(shop.sold())
      expect(missing).toEqual([])
    },
  )
})
