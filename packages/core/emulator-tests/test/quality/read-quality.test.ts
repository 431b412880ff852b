import { readQuality } from '@capi/core/quality'
import { createEmulator } from '@capi/emulator'
import { expect, it } from 'vitest'

const DATASET = '1234567890'

it('reads what the emulator answers, the same request for request', async () => {
  await using emulator = createEmulator()
  const nowSec = Math.floor(Date.now() / 1000)
  const event = (action_source: string) => ({
    event_name: 'Purchase',
    event_time: nowSec,
    event_id: action_source,
    action_source,
    event_source_url: 'https://shop.example/',
    user_data: { em: 'a'.repeat(64), client_user_agent: 'Mozilla/5.0' },
    custom_data: { value: 1, currency: 'EUR' },
  })
  await emulator.fetch(`https://graph.facebook.com/v27.0/${DATASET}/events`, {
    method: 'POST',
    headers: { authorization: 'Bearer t', 'content-type': 'application/json' },
    body: JSON.stringify({ data: [event('website'), event('physical_store')] }),
  })
  const { fetch, accessToken } = emulator.options
  const quality = await readQuality({ pixelId: DATASET, accessToken, fetch })
  expect(quality.missing).toEqual([])
  expect(quality.web[0]).toMatchObject({ event_name: 'Purchase', freshness: 'real_time' })
  expect(quality.web[0]).not.toHaveProperty('acr')
  expect(quality.offline[0]?.match_key?.coverage).toEqual({ email: 100, phone: 0 })
})
