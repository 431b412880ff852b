import { hasChromium, launchChromium } from '@capi/testing/chromium'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { PIXEL_ID, startSite } from './site.ts'

describe.skipIf(!hasChromium())('in Chromium', { timeout: 60_000 }, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium({
      args: ['--host-resolver-rules=MAP *.shop.test 127.0.0.1'],
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    })
  })
  afterAll(() => browser?.close())

  async function visit(options: object = {}, { path = '/', host = 'localhost', script = '' } = {}) {
    const site = await startSite()
    const context = await browser.newContext()
    onTestFinished(async () => {
      await context.close()
      await site.close()
    })
    const given = JSON.stringify({ pixelId: PIXEL_ID, pixelUrl: site.pixelUrl, ...options })
    site.show(`<script src="/events/c.js"></script>
      <script>const lost = []; const tracker = capi.createTracker({ onBlocked: (copy) => lost.push(copy), ...${given} }); ${script}</script>`)
    const tab = await context.newPage()
    await tab.goto(`http://${host}:${site.port}${path}`)
    return { site, context, tab }
  }

  it('an event of the Pixel and of the server is one pair', async () => {
    const { site, tab } = await visit({}, { path: '/mug?fbclid=IwAR0aBc_D-e' })
    const id: string = await tab.evaluate(
      `tracker.track('AddToCart', { content_ids: ['mug'], value: 12.5, currency: 'EUR' })`,
    )
    expect(await site.arrived(2)).toEqual([`browser AddToCart ${id}`, `server AddToCart ${id}`])
    expect(site.emulator.pairs().pairs).toHaveLength(1)
  })
})
