import { readFileSync } from 'node:fs'
import { hasChromium } from '@capi/testing/chromium'
import { expect, it, onTestFinished } from 'vitest'
import { startSite } from './site.ts'
import { startChromium } from './visitor.ts'

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const [, PAGE = ''] = /^```html\n(.*?)^```$/ms.exec(README) ?? []

it.skipIf(!hasChromium())('the page of the README makes pairs, as printed', async () => {
  expect(PAGE.trim().split('\n')).toHaveLength(11)
  const [site, browser] = await Promise.all([startSite(), startChromium()])
  onTestFinished(async () => {
    await browser.close()
    await site.close()
  })
  // The one address that is not of this machine.
  site.show(PAGE.replace('1234567890', `1234567890', pixelUrl: '${site.pixelUrl}`))
  const tab = await (await browser.visitor()).tab()
  await tab.open(`http://localhost:${site.port}/`)
  await tab.run(`document.querySelector('button').click()`)
  expect(await site.arrived(4)).toHaveLength(4)
  const pairs = site.emulator.pairs().pairs.map(({ event_name }) => event_name)
  expect(new Set(pairs)).toEqual(new Set(['PageView', 'AddToCart']))
})
