/**
 * Draws Pairs with 10,000 events kept and 130 more arriving each second, and counts frames:
 *   pnpm build && node --conditions=@capi/source test/page/pairs.browser.ts [folder of a built page]
 */

import { loadavg } from 'node:os'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { launchChromium } from '@capi/testing/chromium'
import { serve } from '@hono/node-server'
import { createEmulator } from '../../src/index.ts'
import { pageFolder } from '../../src/page/page-folder.ts'
import { pageRoutes } from '../../src/page/page-routes.ts'
import { WIDE } from './browser.ts'
import { measureScroll, megabytesUsed } from './measure.ts'
import { fromBrowser, fromServer, JANE } from './shop.ts'

const MANY = 10_000
const A_SECOND = 130
const PORTION = 10
const given = process.argv[2]
const files = pageRoutes(() =>
  given === undefined ? pageFolder() : pathToFileURL(`${resolve(given)}/`),
)
const emulator = createEmulator({ max: MANY })
const isFile = /^\/(?:__capi\/page\.\w+)?$/
const server = serve({
  fetch: (request: Request) =>
    isFile.test(new URL(request.url).pathname) ? files.fetch(request) : emulator.fetch(request),
  port: 0,
  hostname: '127.0.0.1',
})
await new Promise((resolve) => server.once('listening', resolve))
const address = server.address()
const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`

let made = 0
/** Each second visitor has both halves; one in thirty writes the id of one half in capitals. */
async function visit(): Promise<void> {
  const id = `order-${++made}`
  const eid = made % 30 === 0 ? id.toUpperCase() : id
  await fromBrowser(emulator, { ev: 'Purchase', eid, 'cd[value]': '24', 'cd[currency]': 'EUR' })
  await fromServer(emulator, [
    {
      event_name: 'Purchase',
      event_id: id,
      user_data: { em: JANE, client_ip_address: '203.0.113.7' },
      custom_data: { value: 24, currency: 'EUR', content_ids: ['mug'] },
    },
  ])
}

for (let visitor = 0; visitor < MANY / 2; visitor++) await visit()
const browser = await launchChromium()
const page = await browser.newPage({ viewport: WIDE })
await page.goto(`${url}/#/pairs`)
await page.locator('[data-row]').first().waitFor()
const arrive = async () => {
  for (let visitor = 0; visitor < PORTION / 2; visitor++) await visit()
}
const arriving = setInterval(() => void arrive(), (1000 * PORTION) / A_SECOND)
await page.waitForTimeout(2000)
for (let run = 0; run < 3; run++) {
  const { fps, longestMs, busyMs } = await measureScroll(page, 4000)
  console.log(
    `${fps.toFixed(0)} fps, longest frame ${longestMs.toFixed(0)} ms, ${busyMs.toFixed(1)} ms of work a frame (load ${loadavg()[0]?.toFixed(1)})`,
  )
}
clearInterval(arriving)
const nodes: unknown = await page.evaluate('document.querySelectorAll("*").length')
console.log(`${String(nodes)} elements, ${(await megabytesUsed(page)).toFixed(1)} MB`)
await browser.close()
server.close()
await emulator.close()
