import { createEmulator } from '@capi/emulator'
import { expect, onTestFinished, vi } from 'vitest'
import { runShop } from '../src/run-shop.ts'
import { createVisitor } from './visitor.ts'

/** A shop that Meta cannot be reached from ends with an event left, and the next one with this environment sends it. */
export async function survivesARestart(outbox: Readonly<Record<string, string>>): Promise<void> {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const environment = {
    META_PIXEL_ID: '1234567890',
    META_CAPI_ACCESS_TOKEN: 'token',
    ...outbox,
  }
  // Nobody listens on port 9.
  const shop = await runShop({ ...environment, CAPI_BASE_URL: 'http://127.0.0.1:9' }, 0)
  await createVisitor(shop.url).post('/cart', { product: 'mug' })
  expect(await shop.stop()).toBe('0 events delivered, 0 dropped, 1 kept for the next start.')

  const emulator = createEmulator()
  onTestFinished(() => emulator.close())
  const { url } = await emulator.listen({ port: 0 })
  const next = await runShop({ ...environment, CAPI_BASE_URL: url }, 0)
  const event = await emulator.waitForEvent({ event_name: 'AddToCart' })
  expect(event.status).toBe('processed')
  expect(await next.stop()).toBe('1 event delivered, 0 dropped.')
}
