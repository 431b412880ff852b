import { startEmulator } from '@capi/emulator'
import { hasChromium, launchChromium } from '@capi/testing/chromium'
import { expect, it } from 'vitest'
import { runShop } from '../src/run-shop.ts'

it.skipIf(!hasChromium())(
  'sells a mug: page and server report every event under one id, through an outage of Meta',
  async () => {
    const emulator = await startEmulator({ port: 0 })
    emulator.fail({ preset: 'outage', times: 2 })
    const shop = await runShop({ port: 0, emulatorUrl: emulator.url })
    const browser = await launchChromium()
    try {
      const page = await browser.newPage({
        extraHTTPHeaders: { 'cf-connecting-ip': '203.0.113.7' },
      })
      const problems: string[] = []
      page.on('pageerror', ({ message }) => problems.push(message))
      await page.goto(`${shop.url}/?fbclid=demo-click`)
      await page.getByRole('link', { name: 'Harbour mug' }).click()
      await page.getByRole('button', { name: 'Add to cart' }).click()
      await page.getByRole('button', { name: 'Buy' }).click()
      await page.getByText('Your Harbour mug is on its way.').waitFor()

      const pairs = () => emulator.pairs().pairs.map(({ event_name }) => event_name)
      const expected = ['AddToCart', 'PageView', 'PageView', 'PageView', 'Purchase']
      await expect.poll(() => [...pairs()].sort(), { timeout: 30_000 }).toEqual(expected)
      expect(problems).toEqual([])
      const fromServer = emulator
        .events()
        .filter(({ status, payload }) => status !== 'faulted' && 'action_source' in payload)
        .map(({ payload }) => payload)
      expect(fromServer.filter(({ event_name }) => event_name === 'Purchase')).toMatchObject([
        {
          custom_data: { value: 18, currency: 'EUR', content_ids: ['mug'] },
          user_data: {
            em: [expect.stringMatching(/^[0-9a-f]{64}/)],
            client_ip_address: '203.0.113.7',
            fbc: expect.stringMatching(/\.demo-click$/),
          },
        },
      ])
    } finally {
      await browser.close()
      await shop.close()
      await emulator.close()
    }
  },
)
