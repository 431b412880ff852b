/**
 * Takes pictures of every page, light, dark and narrow:
 *   node --conditions=@capi/source test/pictures.browser.ts [folder]
 */
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtPages, serveBuilt } from './built-site.ts'
import { launch, NARROW, WIDE } from './chromium.ts'

const folder = process.argv[2] ?? join(tmpdir(), 'capi-docs')
mkdirSync(folder, { recursive: true })
const site = await serveBuilt()
const browser = await launch()
try {
  const page = await browser.newPage({ viewport: WIDE, reducedMotion: 'reduce' })
  for (const { address, html } of builtPages()) {
    const name = address === '/' ? 'index' : address.slice(1, -1).replaceAll('/', '-')
    await page.goto(`${site.url}${address}`)
    for (const [look, colorScheme, viewport] of [
      ['light', 'light', WIDE],
      ['dark', 'dark', WIDE],
      ['360', 'light', NARROW],
    ] as const) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize(viewport)
      await page.screenshot({ path: join(folder, `${name}-${look}.png`) })
      if (!html.includes('class="diagram')) continue
      for (const [index, diagram] of (await page.locator('.diagram').all()).entries()) {
        await diagram.screenshot({ path: join(folder, `diagram-${name}-${index + 1}-${look}.png`) })
      }
    }
  }
  console.log(`The pictures are in ${folder}.`)
} finally {
  await browser.close()
  site.close()
}
