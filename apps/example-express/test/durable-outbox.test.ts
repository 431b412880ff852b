import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEmulator } from '@capi/emulator'
import { expect, it, onTestFinished, vi } from 'vitest'
import { runShop } from '../src/run-shop.ts'
import { createVisitor } from './visitor.ts'

it('keeps on disk what Meta could not take, and sends it after the next start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kobalt-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  const environment = {
    META_PIXEL_ID: '1234567890',
    META_CAPI_ACCESS_TOKEN: 'token',
    SHOP_OUTBOX: join(folder, 'outbox.db'),
  }
  // Nobody listens on port 9.
  const shop = await runShop({ ...environment, CAPI_BASE_URL: 'http://127.0.0.1:9' }, 0)
  await createVisitor(shop.url).post('/cart', { product: 'mug' })
  expect(await shop.stop()).toBe('0 events delivered, 0 dropped, 1 kept for the next start.')

  const emulator = createEmulator()
  onTestFinished(() => emulator.close())
  const { url } = await emulator.listen({ port: 0 })
  const again = await runShop({ ...environment, CAPI_BASE_URL: url }, 0)
  const event = await emulator.waitForEvent({ event_name: 'AddToCart' })
  expect(event.status).toBe('processed')
  expect(await again.stop()).toBe('1 event delivered, 0 dropped.')
})
