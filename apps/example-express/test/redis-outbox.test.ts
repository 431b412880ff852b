import { createEmulator } from '@capi/emulator'
import { hasRedis, startRedis } from '@capi/testing'
import { expect, it, onTestFinished, vi } from 'vitest'
import { runShop } from '../src/run-shop.ts'
import { createVisitor } from './visitor.ts'

it.skipIf(!hasRedis())(
  'leaves on Redis what one shop could not send, for another to send',
  async () => {
    const redis = await startRedis('appendonly yes')
    onTestFinished(() => redis.stop())
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    const environment = {
      META_PIXEL_ID: '1234567890',
      META_CAPI_ACCESS_TOKEN: 'token',
      REDIS_URL: `redis://${redis.host}:${redis.port}`,
    }
    // Nobody listens on port 9.
    const shop = await runShop({ ...environment, CAPI_BASE_URL: 'http://127.0.0.1:9' }, 0)
    await createVisitor(shop.url).post('/cart', { product: 'mug' })
    expect(await shop.stop()).toBe('0 events delivered, 0 dropped, 1 kept for the next start.')

    const emulator = createEmulator()
    onTestFinished(() => emulator.close())
    const { url } = await emulator.listen({ port: 0 })
    const other = await runShop({ ...environment, CAPI_BASE_URL: url }, 0)
    const event = await emulator.waitForEvent({ event_name: 'AddToCart' })
    expect(event.status).toBe('processed')
    expect(await other.stop()).toBe('1 event delivered, 0 dropped.')
  },
  20_000,
)
