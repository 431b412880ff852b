import { once } from 'node:events'
import { createEmulator } from '@capi/emulator'
import { expect, it, onTestFinished } from 'vitest'
import { startNext } from './next-app.ts'

it('on SIGTERM delivers what a slow Meta has not answered yet, then ends', async () => {
  const emulator = createEmulator()
  onTestFinished(() => emulator.close())
  const { url } = await emulator.listen({ port: 0 })
  const shop = await startNext(url)
  const closed = once(shop.process, 'close')
  emulator.fail({ preset: 'slow' })
  const response = await fetch(`${shop.url}/lead?id=slow`, { method: 'POST' })
  expect(await response.json()).toEqual({ outcome: 'accepted' })
  shop.process.kill('SIGTERM')
  await closed
  const ids = emulator.events({ status: 'processed' }).map(({ event_id }) => event_id)
  expect(new Set(ids)).toEqual(new Set(['contact.slow', 'lead.slow']))
  expect(ids).toHaveLength(2)
  // 16 ends with 143, 15 with 0.
  expect([0, 143]).toContain(shop.process.exitCode)
})
