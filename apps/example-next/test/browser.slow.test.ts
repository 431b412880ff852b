import { hasChromium, launchChromium } from '@capi/testing/chromium'
import { describe, inject, it, onTestFinished } from 'vitest'
import { buy } from './buy.ts'

describe.skipIf(!hasChromium())('the shop in Chromium', () => {
  it('is one visitor to server and browser, and every event one pair', async () => {
    const browser = await launchChromium()
    onTestFinished(() => browser.close())
    await buy(browser, { shopUrl: inject('shopUrl'), emulatorUrl: inject('emulatorUrl') })
  })
})
