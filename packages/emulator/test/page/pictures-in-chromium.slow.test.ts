import { sha256 } from '@capi/core'
import { hasChromium } from '@capi/testing/chromium'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Emulator } from '../../src/index.ts'
import { watchProblems } from './browser.ts'
import { DESK, PHONE, type ServedPage, servePage } from './serve-page.ts'
import { fromBrowser, fromServer } from './shop.ts'

const FBP = 'fb.1.1793491200000.77'
const sold = { value: 24, currency: 'EUR', content_ids: ['mug'] }

describe.skipIf(!hasChromium())(
  'what the page loads when it is needed',
  { timeout: 60_000 },
  () => {
    let served: ServedPage
    let emulator: Emulator

    beforeAll(async () => {
      served = await servePage()
    })
    afterAll(() => served?.close())
    beforeEach(() => {
      served.renew()
      emulator = served.emulator()
    })

    /** A visitor: a pair, a couple that is counted twice, and an event of the server alone. */
    async function visit() {
      const pixel = { 'cd[value]': '24', 'cd[currency]': 'EUR', fbp: FBP }
      await fromBrowser(emulator, { ...pixel, ev: 'Purchase', eid: 'order-1' })
      const customer = { external_id: 'Customer-7', em: sha256('jane@example.com'), fbp: FBP }
      await fromServer(emulator, [
        { event_name: 'Purchase', event_id: 'order-1', user_data: customer, custom_data: sold },
      ])
      await fromBrowser(emulator, { ...pixel, ev: 'AddToCart', eid: 'cart-1' })
      await fromServer(emulator, [
        { event_name: 'AddToCart', event_id: 'CART-1', user_data: { fbp: FBP }, custom_data: sold },
        {
          event_name: 'Subscribe',
          event_id: 'sub-1',
          user_data: { em: sha256('jane@example.com') },
          custom_data: { value: 1, currency: 'EUR' },
        },
      ])
    }
    const width = (page: Page) => page.evaluate('document.documentElement.scrollWidth')

    it.each([PHONE, DESK])('draws the journey of a visitor, at $width px', async (size) => {
      await visit()
      const page = await served.open(size, '#/events?event=2')
      const problems = watchProblems(page)
      await page.getByRole('link', { name: 'Journey of this visitor, by em' }).click()
      const journey = page.getByRole('region', { name: 'Journey, from left to right' })
      await journey.getByRole('link').nth(4).waitFor()
      const names = await journey
        .getByRole('link')
        .evaluateAll((links) =>
          links.map((link) => link.getAttribute('aria-label')?.split(', 2')[0]),
        )
      expect(new Set(names)).toEqual(
        new Set([
          'Browser: AddToCart, counted twice',
          'Browser: Purchase, counted once',
          'Server: AddToCart, counted twice',
          'Server: Purchase, counted once',
          'Server: Subscribe, processed',
        ]),
      )
      await page.getByText('capitals in the id').waitFor()
      await page.getByText('their event_ids differ in capital letters.').waitFor()
      await journey.getByRole('link', { name: 'Server: Subscribe' }).click()
      await page.getByRole('heading', { name: 'Subscribe' }).waitFor()
      expect(await width(page)).toBe(size.width)
      expect(problems).toEqual([])
    })

    it('draws what became of each name, and leads from a part to its events', async () => {
      await visit()
      const page = await served.open(PHONE, '#/quality')
      const once = page.getByRole('link', { name: 'Purchase: 1 counted once' })
      await once.waitFor()
      await page.getByRole('link', { name: 'Subscribe: 1 server only' }).waitFor()
      await page.getByRole('link', { name: 'AddToCart: 1 counted twice' }).click()
      const patience = { timeout: 15_000 }
      await expect
        .poll(() => page.locator('#search').inputValue(), patience)
        .toBe('name:AddToCart half:twice')
      await expect.poll(() => page.locator('[data-row]').count(), patience).toBe(2)
      expect(await width(page)).toBe(PHONE.width)
    })

    it('draws calls over time with their tries, each a link', async () => {
      emulator.fail({ preset: 'outage', times: 2 })
      const event = { event_name: 'Lead', event_id: 'lead-1', user_data: { external_id: 'c' } }
      for (let tried = 0; tried < 3; tried++) await fromServer(emulator, [event])
      const page = await served.open(PHONE, '#/calls')
      await page.getByRole('link', { name: 'Try 3 of 3, taken, #3' }).waitFor()
      await page.getByRole('link', { name: 'Try 1 of 3, faulted, #1' }).click()
      await page.getByRole('region', { name: 'Call', exact: true }).waitFor()
      expect(await width(page)).toBe(PHONE.width)
    })

    it('draws events a minute, refusals, retries and delivery age, each bar a link, live', async () => {
      const now = Math.floor(Date.now() / 60_000) * 60_000 + 30_000
      emulator.setNow(now)
      const user_data = { external_id: 'c' }
      const lead = (event_id: string, ageSec: number) => [
        { event_name: 'Lead', event_id, event_time: now / 1000 - ageSec, user_data },
      ]
      await fromServer(emulator, lead('lead-1', 90))
      await fromServer(emulator, lead('lead-1', 90))
      const page = await served.open(PHONE, '#/calls')
      const rates = page.getByRole('group', { name: 'Events a minute, refusals, retries' })
      await rates.getByRole('link', { name: '2 events a minute, ' }).waitFor()
      await rates.getByText('none').waitFor()
      await rates.getByRole('link', { name: '1 min 30 s old, ' }).waitFor()

      await emulator.fetch('/v27.0/42/events', { method: 'POST', body: '{' })
      await fromServer(emulator, lead('lead-2', 3 * 3600))
      await rates.getByRole('link', { name: '3 h old, ' }).waitFor()
      for (const [link, rows] of [
        ['1 refusal, ', 1],
        ['1 retry, ', 1],
        ['3 events a minute, ', 3],
      ] as const) {
        await rates.getByRole('link', { name: link }).click()
        await page.getByText(`${rows} of 4 calls`).waitFor()
        await page.goto(`${served.url}/#/calls`)
      }
      expect(await width(page)).toBe(PHONE.width)
      await rates.getByRole('link', { name: '3 h old, ' }).click()
      await page.getByText('lead-2').last().waitFor()
      expect(page.url()).toBe(`${served.url}/#/events?event=3`)
    })

    it('checks a plaintext as core prepares it, under the policy of the page', async () => {
      await visit()
      const page = await served.open(DESK, '#/events?event=2')
      const problems = watchProblems(page)
      const em = page.locator('.customer > li', { hasText: sha256('jane@example.com') })
      await em.getByRole('button', { name: 'Check a plaintext' }).click()
      await page.getByLabel('Plaintext to check against em').fill(' Jane@Example.COM')
      await page.getByText('Matches, as @capi/core prepares it').waitFor()
      await page.getByLabel('Plaintext to check against em').fill('john@example.com')
      await page.getByText('Does not match').waitFor()
      expect(problems).toEqual([])
    })

    it('builds a payload, keeps what was typed over a change of tab, and sends it', async () => {
      const page = await served.open(PHONE, '#/helper')
      const problems = watchProblems(page)
      await page.getByLabel('Phone, ph').fill('+49 (0)151 23456789')
      await page.getByText(sha256('4915123456789')).first().waitFor()
      await page.goto(`${served.url}/#/faults`)
      await page.getByRole('heading', { name: 'Faults' }).first().waitFor()
      await page.goto(`${served.url}/#/helper`)
      expect(await page.getByLabel('Phone, ph').inputValue()).toBe('+49 (0)151 23456789')

      await page.getByRole('button', { name: 'Edit and send' }).click()
      await page.getByRole('button', { name: 'Send to the emulator' }).click()
      await page.getByText('HTTP 200').waitFor()
      expect(emulator.events()[0]?.payload).toMatchObject({
        user_data: { ph: sha256('4915123456789') },
      })
      await page.getByRole('button', { name: 'Meta', exact: true }).click()
      expect(await page.getByText('graph.facebook.com').count()).toBe(0)
      await page.getByLabel('Test code').last().fill('TEST1')
      await page.getByText('graph.facebook.com').waitFor()
      expect(await width(page)).toBe(PHONE.width)
      expect(problems).toEqual([])
    })
  },
)
