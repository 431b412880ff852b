/**
 * Walks through the shop in a real browser and takes pictures:
 *   node --conditions=@capi/source test/walk.browser.ts
 */
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCapi } from '@capi/core'
import { createEmulator } from '@capi/emulator'
import { launchChromium } from '@capi/testing/chromium'
import type { Page } from 'playwright-core'
import { createShop } from '../src/create-shop.ts'
import { listen } from '../src/listen.ts'

const folder = process.argv[2] ?? join(tmpdir(), 'example-express-walk')
mkdirSync(folder, { recursive: true })

const pixelId = '1234567890'
const emulator = createEmulator()
const { url: emulatorUrl } = await emulator.listen({ port: 0 })
const client = createCapi({ pixelId, accessToken: 'emulator-token', baseUrl: emulatorUrl })
const shop = await listen((req, res) => app(req, res), 0)
const app = createShop({ client, origins: [shop.url], pixelId, pixelUrl: emulatorUrl })

const browser = await launchChromium()

const WIDE = { width: 1280, height: 860 }
const NARROW = { width: 360, height: 760 }
let pictures = 0

async function takePictures(page: Page, name: string): Promise<void> {
  const prefix = `${++pictures}-${name}`
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: join(folder, `${prefix}-${colorScheme}.png`), fullPage: true })
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(NARROW)
  await page.screenshot({ path: join(folder, `${prefix}-360.png`), fullPage: true })
  const contentWidth: unknown = await page.evaluate('document.documentElement.scrollWidth')
  await page.setViewportSize(WIDE)
  assert.equal(contentWidth, NARROW.width, `${name} scrolls sideways at ${NARROW.width} px`)
}

try {
  const context = await browser.newContext({
    viewport: WIDE,
    extraHTTPHeaders: { 'X-Forwarded-For': '203.0.113.7' },
  })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })

  await page.goto(`${shop.url}/?fbclid=demo-click`)
  await takePictures(page, 'banner')
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await page.getByText('Your visit is shared with Meta.').waitFor()
  await takePictures(page, 'home')
  await page.getByRole('link', { name: 'Harbour mug' }).click()
  await takePictures(page, 'product')
  await page.getByRole('button', { name: 'Save for later' }).click()
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.getByRole('link', { name: 'Kobalt' }).click()
  await page.getByRole('link', { name: 'Single-stem vase' }).click()
  await page.getByRole('button', { name: 'Add to cart' }).click()
  await page.getByRole('button', { name: 'One Harbour mug more' }).click()
  await takePictures(page, 'cart')
  await page.getByRole('link', { name: 'Check out' }).click()
  await takePictures(page, 'checkout')
  await page.getByRole('button', { name: /^Buy for/ }).click()
  await page.waitForURL('**/orders/*')
  await takePictures(page, 'thank-you')

  const filter = { event_name: 'Purchase' }
  const fromServer = await emulator.waitForEvent({ ...filter, source: 'server' })
  const fromBrowser = await emulator.waitForEvent({ ...filter, source: 'browser' })
  assert.equal(emulator.events({ ...filter, source: 'server' }).length, 1)
  assert.equal(emulator.events({ ...filter, source: 'browser' }).length, 1)
  assert.equal(fromServer.event_id, fromBrowser.event_id)
  const saved = { event_name: 'AddToWishlist' }
  const collected = await emulator.waitForEvent({ ...saved, source: 'server' })
  const fromPixel = await emulator.waitForEvent({ ...saved, source: 'browser' })
  assert.equal(collected.event_id, fromPixel.event_id)
  const { pairs } = emulator.pairs()
  for (const [server, browser] of [
    [fromServer, fromBrowser],
    [collected, fromPixel],
  ])
    assert.equal(
      pairs.filter((pair) => pair.server === server?.id && pair.browser === browser?.id).length,
      1,
    )

  await page.goto(emulatorUrl)
  await page.getByText(String(fromServer.event_id)).first().waitFor()
  await takePictures(page, 'emulator').catch((error: unknown) => console.warn(String(error)))

  assert.deepEqual(problems, [])
  for (const { source, event_name, event_id } of emulator.events()) {
    console.log(source.padEnd(8), event_name.padEnd(17), event_id)
  }
  console.log(`The pictures are in ${folder}.`)
} finally {
  await browser.close()
  await client.close({ timeoutMs: 0 })
  await shop.close()
  await emulator.close()
}
