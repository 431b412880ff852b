import { hasChromium } from '@capi/testing/chromium'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DESK, type ServedPage, servePage } from './serve-page.ts'
import { fromServer } from './shop.ts'

const lead = (event_id: string) => ({ event_name: 'Lead', event_id })

describe.skipIf(!hasChromium())('many tabs of the page', { timeout: 60_000 }, () => {
  let served: ServedPage
  beforeAll(async () => {
    served = await servePage()
  })
  afterAll(() => served?.close())

  it('leave the shop’s pixel its connection, show the same events, and outlive the one that has the stream', async () => {
    const emulator = served.emulator()
    const html = `<!doctype html><script>
      onclick = () => { new Image().src = '${served.url}/tr?id=1&ev=Purchase&eid=from-the-shop' }
    </script>`
    const shop = serve({
      fetch: () => new Response(html, { headers: { 'content-type': 'text/html' } }),
      port: 0,
      hostname: '127.0.0.1',
    })
    await new Promise((resolve) => shop.once('listening', resolve))
    const address = shop.address()
    const context = await served.browser.newContext({ viewport: DESK })
    const tabs = []
    for (let opened = 0; opened < 8; opened++) {
      const tab = await context.newPage()
      await tab.goto(served.url)
      await tab.getByRole('button', { name: /Live/ }).waitFor()
      tabs.push(tab)
    }
    const page = await context.newPage()
    await page.goto(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`)

    await page.mouse.click(10, 10)

    await expect
      .poll(() => emulator.events().map(({ event_id }) => event_id), { timeout: 15_000 })
      .toEqual(['from-the-shop'])
    for (const tab of tabs) await tab.getByText('from-the-shop').waitFor()

    await tabs[0]?.close()
    await fromServer(emulator, [lead('after-the-first-closed')])
    for (const tab of tabs.slice(1)) await tab.getByText('after-the-first-closed').waitFor()

    emulator.clear()
    for (const tab of tabs.slice(1)) await tab.getByText('Waiting for the first event').waitFor()
    await context.close()
    shop.close()
  })
})
