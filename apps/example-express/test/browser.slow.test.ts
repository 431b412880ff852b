import { hasChromium, launchChromium } from '@capi/testing/chromium'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestShop } from './test-shop.ts'

const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const

/** What a visitor aims at, and what the browser would hit there, without and with scrolling to it. */
const COVERED = `(() => {
  const found = []
  for (const target of document.querySelectorAll('main a, main button, main input:not([type=hidden])')) {
    for (const isScrolledTo of [false, true]) {
      if (isScrolledTo) target.scrollIntoView({ block: 'nearest' })
      else scrollTo(0, 0)
      const { left, top, width, height } = target.getBoundingClientRect()
      const hit = document.elementFromPoint(left + width / 2, top + height / 2)
      if (hit?.closest('.consent')) found.push(target.textContent.trim() || target.id)
    }
  }
  return found
})()`

describe.skipIf(!hasChromium())('the shop in Chromium', { timeout: 60_000 }, () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser?.close())

  const buy = async (page: Page, shopUrl: string) => {
    await page.goto(`${shopUrl}/products/mug`)
    await page.getByRole('button', { name: 'Add to cart' }).click()
    await page.getByRole('link', { name: 'Check out' }).click()
    await page.getByRole('button', { name: /^Buy for/ }).click()
    await page.waitForURL('**/orders/*')
  }

  it('reports an order that was bought under a no to nobody, also after a yes', async () => {
    const { client, emulator, shopUrl } = await startTestShop()
    const page = await (await browser.newContext()).newPage()
    await page.goto(`${shopUrl}/?fbclid=AbC`)
    await page.getByRole('button', { name: 'Do not allow' }).click()
    await buy(page, shopUrl)

    await page.getByRole('button', { name: 'Allow it' }).click()
    await page.getByText('You bought this before you allowed it').waitFor()
    await page.reload()
    await page.getByText('Your visit is shared with Meta.').waitFor()
    await page.goto(`${shopUrl}/products/vase`)
    // Only here to know that the Pixel has had its time: what is allowed from now on is reported.
    await emulator.waitForEvent({ event_name: 'ViewContent', source: 'browser' })
    await client.flush()

    expect(emulator.events({ event_name: 'Purchase' })).toEqual([])
    expect(new Set(emulator.events().map(({ event_name }) => event_name))).toEqual(
      new Set(['ViewContent']),
    )
  })

  it('gives an anonymous visitor on this machine no finding above low', async () => {
    const { client, emulator, shopUrl } = await startTestShop()
    const page = await (await browser.newContext()).newPage()
    await page.goto(shopUrl)
    await page.getByRole('button', { name: 'Allow', exact: true }).click()
    await buy(page, shopUrl)
    await emulator.waitForEvent({ event_name: 'Purchase', source: 'browser' })
    await client.flush()

    expect(emulator.pairs().pairs.map(({ event_name }) => event_name)).toEqual([
      'ViewContent',
      'AddToCart',
      'InitiateCheckout',
      'Purchase',
    ])
    expect(emulator.diagnostics().filter(({ severity }) => severity !== 'low')).toEqual([])
    expect(emulator.diagnostics().map(({ rule }) => rule)).toContain('match_quality_anonymous')
  })

  it.each(SIZES)('covers no button with its question, at $width px', async (viewport) => {
    const { shopUrl } = await startTestShop()
    const page = await (await browser.newContext({ viewport })).newPage()
    for (const path of ['/', '/products/mug', '/account']) {
      await page.goto(shopUrl + path)
      await page.getByText('May we tell Meta').waitFor()
      expect(await page.evaluate(COVERED), path).toEqual([])
    }
    await buy(page, shopUrl)
    expect(await page.evaluate(COVERED), 'thank-you').toEqual([])
    await page.goto(`${shopUrl}/products/vase`)
    await page.getByRole('button', { name: 'Add to cart' }).click()
    expect(await page.evaluate(COVERED), '/cart').toEqual([])
    await page.goto(`${shopUrl}/checkout`)
    expect(await page.evaluate(COVERED), '/checkout').toEqual([])
    const width: unknown = await page.evaluate('document.documentElement.scrollWidth')
    expect(width).toBe(viewport.width)
  })
})
