import { createCapi } from '@capi/core'
import { createEmulator } from '@capi/emulator'
import { expect, it, onTestFinished } from 'vitest'
import { shopifyCapi } from '../../src/index.ts'
import { deliver, expressShop, realShopify, webOrder } from './test-shop.ts'

const DELIVERIES = 500

it('answers 500 deliveries in time while Meta is away, and sends each once when it is back', {
  timeout: 60_000,
}, async () => {
  const down = createEmulator()
  const { port, url: baseUrl } = await down.listen({ port: 0 })
  await down.close()
  const capi = createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    baseUrl,
    retry: { baseDelayMs: 50, maxDelayMs: 200 },
    logger: { warn() {}, error() {} },
  })
  onTestFinished(async () => void (await capi.close({ timeoutMs: 0 })))
  const url = await expressShop({ shopify: shopifyCapi({ shopify: realShopify(), client: capi }) })

  const answers = await Promise.all(
    Array.from({ length: DELIVERIES }, async (_, n) => {
      const startMs = performance.now()
      const answer = await deliver(url, webOrder(1_000 + n), { webhookId: `delivery-${n}` })
      return { ...answer, ms: performance.now() - startMs }
    }),
  )

  expect(answers.every(({ status, text }) => status === 200 && text === 'tracked')).toBe(true)
  expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(20_000)
  expect(await capi.stats()).toMatchObject({
    tracked: DELIVERIES,
    delivered: 0,
    queued: DELIVERIES,
  })
  // Shopify tries some again, though they were answered.
  const repeats = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      deliver(url, webOrder(1_000 + n), { webhookId: `delivery-${n}` }),
    ),
  )
  expect(repeats.every(({ text }) => text === 'duplicate')).toBe(true)

  const back = createEmulator({ max: 2 * DELIVERIES })
  await back.listen({ port })
  onTestFinished(() => back.close())
  await expect
    .poll(async () => (await capi.stats()).delivered, { timeout: 30_000 })
    .toBe(DELIVERIES)

  const ids = back.events().map(({ event_id }) => event_id)
  expect(ids).toHaveLength(DELIVERIES)
  expect(new Set(ids).size).toBe(DELIVERIES)
  const { tracked, delivered, queued, dropped } = await capi.stats()
  expect({ tracked, delivered, queued }).toEqual({
    tracked: DELIVERIES,
    delivered: DELIVERIES,
    queued: 0,
  })
  expect(Object.values(dropped).reduce((sum, count) => sum + count, 0)).toBe(0)
})
