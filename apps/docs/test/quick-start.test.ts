import { createEmulator } from '@capi/emulator'
import { expect, it } from 'vitest'
import { PIXEL_ID, startShop } from './quick-start-shop.ts'

it('makes a deduplicated pair by the shop of the quick start', async () => {
  const emulator = createEmulator()
  const { url } = await emulator.listen({ port: 0 })
  const shop = await startShop(url)
  try {
    const answer = await fetch(`${shop.url}/checkout`, { method: 'POST' })
    const page = await answer.text()
    const [, eventId = ''] = /event_id: '([^']+)'/.exec(page) ?? []
    expect(eventId).toMatch(/^order\.\d+$/)
    expect(page).toContain(`createTracker({ pixelId: '${PIXEL_ID}'`)

    // What the Pixel's script does with the page's call; browser.test.ts lets a real one do it.
    const pixel = new URLSearchParams({ id: PIXEL_ID, ev: 'Purchase', eid: eventId })
    await fetch(`${url}/tr?${pixel.toString()}`)
    await emulator.waitForEvent({ event_name: 'Purchase', source: 'server', event_id: eventId })

    const pairs = await (await fetch(`${url}/__capi/pairs`)).json()
    expect(pairs).toMatchObject({
      pairs: [{ key: 'event_id', event_name: 'Purchase', pixel_id: PIXEL_ID }],
      near_misses: [],
    })
  } finally {
    await shop.stop()
    await emulator.close()
  }
})
