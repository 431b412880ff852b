/**
 * The same purchase in development, with edits of the proxy's and the pages' modules between reloads:
 *   node --conditions=@capi/source test/dev.browser.ts
 */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createEmulator } from '@capi/emulator'
import { launchChromium } from '@capi/testing/chromium'
import { buy } from './buy.ts'
import { freePort, runNext, shopEnv, writeTestApp } from './next-app.ts'

const folder = join(import.meta.dirname, '../.test-app')
await writeTestApp(folder)
const emulator = createEmulator()
const { url: emulatorUrl } = await emulator.listen({ port: 0 })
const port = await freePort()
const shopUrl = `http://127.0.0.1:${port}`
const args = ['dev', '--port', String(port), '--hostname', '127.0.0.1']
const dev = runNext(args, shopEnv(emulatorUrl, shopUrl), folder)
const browser = await launchChromium()
try {
  await dev.printed(/Ready in/)
  for (const round of [1, 2, 3]) {
    await buy(browser, { shopUrl, emulatorUrl })
    const seen = await (await fetch(`${shopUrl}/seen`)).json()
    console.log(`round ${round}: ${emulator.events().length} events, ${seen.clients} client`)
    assert.equal(seen.clients, 1)
    // Next loads it anew, for the proxy and for pages.
    await appendFile(join(folder, 'lib/capi.ts'), `\n// edit ${round}\n`)
  }
} catch (error) {
  console.error(dev.output())
  throw error
} finally {
  await browser.close()
  const closed = once(dev.process, 'close')
  dev.process.kill('SIGTERM')
  await closed
  await emulator.close()
}
