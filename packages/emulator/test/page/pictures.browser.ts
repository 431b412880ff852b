/**
 * Opens every view in a real browser, looks for accessibility faults in both themes, and takes pictures:
 *   pnpm build && node --conditions=@capi/source test/page/pictures.browser.ts [folder]
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { launchChromium } from '@capi/testing/chromium'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { createEmulator } from '../../src/index.ts'
import { NARROW, pictureFolder, WIDE, watchProblems } from './browser.ts'
import { fromServer, sendShop } from './shop.ts'

const folder = pictureFolder()
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const emulator = createEmulator({ max: 10_000 })
const { url } = await emulator.listen({ port: 0 })
const browser = await launchChromium()
let findings = 0
let checks = 0

async function checkAccess(page: Page, name: string): Promise<void> {
  checks++
  // The page's policy forbids inline scripts; evaluating comes in over the debugger and is not bound by it.
  const loaded: unknown = await page.evaluate('typeof axe')
  if (loaded !== 'object') await page.evaluate(axe)
  const results = (await page.evaluate(
    "axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })",
  )) as AxeResults
  for (const { id, impact, help, nodes } of results.violations) {
    findings++
    console.log(`  axe ${impact} ${id} on ${name}: ${help}`)
    for (const node of nodes.slice(0, 3))
      console.log(`    ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`)
  }
}

async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) })
    await checkAccess(page, `${name} ${colorScheme}`)
  }
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(NARROW)
  await page.waitForTimeout(80)
  await page.screenshot({ path: join(folder, `${name}-360.png`) })
  await checkAccess(page, `${name} 360`)
  const width: unknown = await page.evaluate('document.documentElement.scrollWidth')
  assert.equal(width, NARROW.width, `${name} scrolls sideways`)
  await page.setViewportSize(WIDE)
  await page.waitForTimeout(50)
}

try {
  const context = await browser.newContext({ viewport: WIDE, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const problems = watchProblems(page)
  const go = async (hash: string) => {
    await page.goto(`${url}/${hash}`)
    await page.waitForTimeout(500)
  }

  await go('')
  await page.getByText('Waiting for the first event').waitFor()
  await look(page, '01-empty')
  for (const tab of ['pairs', 'quality', 'diagnostics']) {
    await go(`#/${tab}`)
    await look(page, `02-empty-${tab}`)
  }
  await sendShop(emulator)
  await go('#/events')
  await page.getByText('order-1001').first().waitFor()
  await look(page, '03-events')
  const purchase = emulator.events({ event_id: 'order-1001', source: 'server' })[0]
  await go(`#/events?event=${purchase?.id}`)
  await look(page, '04-event')
  await page.locator('.split-detail').evaluate((pane) => pane.scrollTo(0, 520))
  await look(page, '05-event-lower')
  await go(
    `#/events?q=${encodeURIComponent('status:refused')}&event=${emulator.events({ status: 'refused' })[0]?.id}`,
  )
  await look(page, '06-refused')
  await go(`#/events?event=${emulator.events({ event_name: 'Lead' })[0]?.id}`)
  await page.getByText('Check a plaintext').first().click()
  await page.getByPlaceholder('Stays in this page').fill(' Jane@Example.com ')
  await page.getByText('Matches, as @capi/core prepares it').waitFor()
  await look(page, '07-issues')
  await go(`#/events?q=${encodeURIComponent('valu:>3 source:sever -name:Lead')}`)
  await look(page, '08-filter-problem')
  await go('#/pairs')
  await look(page, '09-pairs')
  await page.locator('[data-row]').last().click()
  await page.waitForTimeout(100)
  await look(page, '10-pair')
  await page.goto(`${url}/#/pairs`)
  await page.locator('[data-row]').first().click()
  await look(page, '11-near-miss')
  await go('#/quality')
  await look(page, '12-quality')
  await go('#/quality?name=Purchase')
  await look(page, '13-quality-detail')
  await go('#/diagnostics')
  await look(page, '14-diagnostics')
  await page.locator('[data-row]').first().click()
  await look(page, '15-diagnostic')
  await go('#/helper')
  await page.getByLabel('Phone, ph').fill('+49 (0)151 23456789')
  await page.getByLabel('Gender, ge').fill('x')
  await look(page, '16-payload-helper')
  await page.getByRole('button', { name: 'Edit and send' }).click()
  await page.getByRole('button', { name: 'Send to the emulator' }).click()
  await page.getByText('HTTP 200').waitFor()
  await look(page, '17-resend')
  await page.getByRole('button', { name: 'Meta' }).click()
  await look(page, '18-resend-meta-without-code')
  await page.getByLabel('Test code').last().fill('TEST12345')
  await look(page, '18-resend-meta')
  await page.keyboard.press('Escape')
  await go('#/faults')
  await page.getByRole('button', { name: '2 calls: Rate limit' }).click()
  await page.getByRole('button', { name: 'Until ended: Slow' }).click()
  await page.getByText('struck 0 of 2 times').waitFor()
  await look(page, '19-faults')
  await page.getByRole('button', { name: /^Clock/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: '+8 d' }).click()
  await page.locator('.state-chip', { hasText: '+8 d' }).waitFor()
  await look(page, '20-clock')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  emulator.setNow()
  await fromServer(emulator, [{ event_name: 'Lead', event_id: 'tried-again' }])
  await fromServer(emulator, [{ event_name: 'Lead', event_id: 'tried-again' }])
  await emulator.fetch('/v27.0/1234567890/events', { method: 'POST', body: '{"data":[' })
  await go('#/calls')
  await look(page, '23-calls')
  await page.locator('[data-row]').nth(1).click()
  await page.getByRole('button', { name: 'Replay here' }).waitFor()
  await look(page, '24-call-tried-again')
  await go('#/calls?q=no-events')
  await page.locator('[data-row]').first().click()
  await look(page, '25-call-unreadable')
  await go(`#/events?q=test:*`)
  await look(page, '26-test-events')
  await go(`#/events?event=${purchase?.id}&compare=${(purchase?.id ?? 0) - 1}`)
  await page.getByText('Two events compared').waitFor()
  await look(page, '27-comparison')
  emulator.faults.clear()
  await go('#/events')
  await page.keyboard.press('?')
  await look(page, '21-help')
  await page.keyboard.press('Escape')
  await page.keyboard.press('c')
  await look(page, '22-clear')
  assert.deepEqual(problems, [])
  console.log(`${checks} checks by axe, ${findings} findings. The pictures are in ${folder}.`)
} finally {
  await browser.close()
  await emulator.close()
}
