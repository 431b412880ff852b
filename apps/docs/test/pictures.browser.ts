/**
 * Looks at every page, light, dark and narrow, for accessibility faults, and takes pictures:
 *   node --conditions=@capi/source test/pictures.browser.ts [folder]
 */
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { launchChromium } from '@capi/testing/chromium'
import { ALL_RULES, accessFaults, NARROW, WIDE, watchProblems } from './access.ts'
import { builtPages, serveBuilt } from './built-site.ts'

const LOOKS = [
  { look: 'light', colorScheme: 'light', viewport: WIDE },
  { look: 'dark', colorScheme: 'dark', viewport: WIDE },
  { look: '360', colorScheme: 'light', viewport: NARROW },
] as const

const folder = process.argv[2] ?? join(tmpdir(), 'capi-docs')
mkdirSync(folder, { recursive: true })
const site = await serveBuilt()
const browser = await launchChromium()
let faults = 0
try {
  const page = await browser.newPage({ viewport: WIDE, reducedMotion: 'reduce' })
  const problems = watchProblems(page)
  const pages = builtPages()
  for (const { address } of pages) {
    const name = address === '/' ? 'index' : address.slice(1, -1).replaceAll('/', '-')
    await page.goto(`${site.url}${address}`)
    for (const { look, colorScheme, viewport } of LOOKS) {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize(viewport)
      await page.screenshot({ path: join(folder, `${name}-${look}.png`) })
      for (const [index, diagram] of (await page.locator('.diagram').all()).entries()) {
        await diagram.screenshot({ path: join(folder, `diagram-${name}-${index + 1}-${look}.png`) })
      }
      const found = await accessFaults(page, ALL_RULES)
      for (const fault of found) console.log(`  ${address} ${look} ${fault}`)
      faults += found.length
    }
  }
  assert.deepEqual(problems, [])
  console.log(
    `${pages.length} pages, ${faults} accessibility faults. The pictures are in ${folder}.`,
  )
  assert.equal(faults, 0)
} finally {
  await browser.close()
  site.close()
}
