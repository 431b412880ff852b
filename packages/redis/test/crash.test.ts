import { setTimeout as sleep } from 'node:timers/promises'
import { hasRedis, startRedis } from '@capi/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { shopWorld } from './new-shop.ts'

/** 30 by hand: CAPI_KILLS=30 npx vitest run --project redis crash. */
const KILLS = Number(process.env['CAPI_KILLS'] ?? 10)
const ENDLESS = 1e6

const { meta, newShop } = await shopWorld()

describe.skipIf(!hasRedis())('with a Redis of its own', () => {
  it(`delivers everything it accepted though its processes are killed ${KILLS} times under load`, {
    timeout: 60_000 + KILLS * 5_000,
  }, async () => {
    const redis = await startRedis('appendonly yes')
    onTestFinished(() => redis.stop())
    const shop = newShop(redis.port, 'killed')
    for (let kill = 0; kill < KILLS; kill++) {
      const running = shop.start(kill * ENDLESS, ENDLESS)
      await running.printed('started')
      await sleep(meta.random.next() * 600)
      running.process.kill('SIGKILL')
      expect((await running.ended()).stderr).toBe('')
    }
    expect(await shop.start().ended()).toEqual({ code: 0, stdout: 'queued 0\n', stderr: '' })
    expect(shop.sold().length).toBeGreaterThan(KILLS * 5)
    expect(meta.missing(shop.sold())).toEqual([])
  })
})
