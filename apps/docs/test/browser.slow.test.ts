import { createEmulator } from '@capi/emulator'
import { hasChromium, launchChromium } from '@capi/testing/chromium'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ALL_RULES, accessFaults, NARROW, WIDE, watchProblems } from './access.ts'
import { builtPages, serveBuilt } from './built-site.ts'
import { startShop } from './quick-start-shop.ts'

const pages = builtPages()
const addresses = pages.map(({ address }) => address)
const written = addresses.filter((address) => !/^\/(?:reference|packages|examples)\//.test(address))
/** Guides of frameworks have one form: those of Hono and Next stand for them. */
const OF_A_FRAMEWORK =
  /^\/guides\/(?:astro|aws-lambda|bun|cloudflare-workers|deno|fastify|nuxt|react-router|sveltekit|vercel)\//
const drawn = pages.filter(({ html }) => html.includes('class="diagram')).map((one) => one.address)

/** Pages made from sources are alike and long; all of them are for pictures.browser.ts. */
const ONE_OF_EACH = ['/packages/sqlite/', '/examples/example-shopify/', '/reference/sqlite/']
const visited = [...written.filter((one) => !OF_A_FRAMEWORK.test(one)), ...ONE_OF_EACH]
const darkened = [...drawn, '/quick-start/', ...ONE_OF_EACH]

describe.skipIf(!hasChromium())('the site in Chromium', { timeout: 300_000 }, () => {
  let browser: Browser
  let site: Awaited<ReturnType<typeof serveBuilt>>
  beforeAll(async () => {
    site = await serveBuilt()
    browser = await launchChromium()
  }, 60_000)
  afterAll(async () => {
    await browser?.close()
    site?.close()
  })

  it('is accessible in light, in dark, and where it is narrow', async () => {
    const page = await browser.newPage({ reducedMotion: 'reduce' })
    const problems = watchProblems(page)
    for (const address of visited) {
      await page.emulateMedia({ colorScheme: 'light' })
      await page.setViewportSize(WIDE)
      await page.goto(`${site.url}${address}`)
      // What stands around the text is the same on every page.
      const faults = await accessFaults(page, ALL_RULES, address === '/' ? 'html' : 'main')
      if (darkened.includes(address)) {
        await page.emulateMedia({ colorScheme: 'dark' })
        faults.push(...(await accessFaults(page, ['color-contrast'])))
      }
      await page.setViewportSize(NARROW)
      // Whether a table scrolls is known to the page a frame later.
      await page.evaluate(
        'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))',
      )
      faults.push(...(await accessFaults(page, ['scrollable-region-focusable'], 'main')))
      const width: unknown = await page.evaluate('document.documentElement.scrollWidth')
      if (width !== NARROW.width) faults.push(`${String(width)} wide`)
      problems.push(...faults.map((fault) => `${address} ${fault}`))
    }
    await page.close()
    expect(problems).toEqual([])
  })

  it('finds a page by its search', async () => {
    const page = await browser.newPage({ viewport: WIDE })
    await page.goto(site.url)
    await page.getByRole('button', { name: 'Search' }).click()
    await page.getByPlaceholder('Search').fill('2804050')
    await page.getByRole('link', { name: '100 / 2804050' }).first().click()
    await page.waitForURL('**/troubleshooting/meta-errors/**')
    await page.close()
  })

  it('makes a deduplicated pair by clicking through the quick start', async () => {
    const emulator = createEmulator()
    const { url } = await emulator.listen({ port: 0 })
    const shop = await startShop(url)
    try {
      const page = await browser.newPage()
      await page.goto(shop.url)
      await page.getByRole('button', { name: 'Buy the mug' }).click()
      await emulator.waitForEvent({ event_name: 'Purchase', source: 'browser' })
      await emulator.waitForEvent({ event_name: 'Purchase', source: 'server' })
      const { pairs } = emulator.pairs()
      expect(pairs).toMatchObject([{ key: 'event_id', event_name: 'Purchase' }])
      await page.goto(`${url}/#/pairs`)
      await page.getByText('Counted once by event_id').waitFor()
      await page.close()
    } finally {
      await shop.stop()
      await emulator.close()
    }
  })
})
