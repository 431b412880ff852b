import { hasChromium } from '@capi/testing/chromium'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Emulator } from '../../src/index.ts'
import { DESK, PHONE, type ServedPage, servePage } from './serve-page.ts'
import { fromBrowser, fromServer, JANE } from './shop.ts'

const TABS = ['calls', 'events', 'pairs', 'quality', 'diagnostics', 'helper', 'faults'] as const

/** Of each row its name, how many lines it takes, and whether its end is cut off. */
const NAMES = `[...document.querySelectorAll('[data-row]')].map((link) => {
  const range = document.createRange()
  range.selectNodeContents(link)
  const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size
  return { name: link.textContent, lines, isCut: link.scrollWidth > link.clientWidth }
})`

describe.skipIf(!hasChromium())('the page in Chromium', { timeout: 60_000 }, () => {
  let served: ServedPage
  let url = ''
  let emulator: Emulator

  beforeAll(async () => {
    served = await servePage()
    url = served.url
  })
  afterAll(() => served?.close())
  beforeEach(() => {
    served.renew()
    emulator = served.emulator()
  })

  const open: ServedPage['open'] = (...asked) => served.open(...asked)
  const purchase = { ev: 'Purchase', 'cd[value]': '24', 'cd[currency]': 'EUR' }
  const sold = (event_id: string, event_name = 'Purchase') => ({
    event_name,
    event_id,
    user_data: { em: JANE },
    custom_data: { value: 24, currency: 'EUR', content_ids: ['mug'] },
  })

  it('opens the pair that an application links to, and waits for the half that is missing', async () => {
    await fromServer(emulator, [sold('order-1'), sold('order-2')])
    await fromBrowser(emulator, { ...purchase, eid: 'order-1' })
    const page = await open(DESK, '#/pairs?event_id=order-2')
    await page.getByText('Waiting for both halves').waitFor()
    expect(await page.getByRole('listitem').allTextContents()).toEqual([
      'Server: arrived',
      'Browser: not yet',
    ])

    await fromBrowser(emulator, { ...purchase, eid: 'order-2' })

    const detail = page.getByRole('region', { name: 'Pair', exact: true })
    await detail.getByText('Counted once by event_id').waitFor()
    expect(await page.locator('[aria-current=true]').count()).toBe(1)
    await page.getByRole('button', { name: 'Close' }).click()
    await detail.waitFor({ state: 'detached' })
    expect(page.url()).toBe(`${url}/#/pairs`)
  })

  it('breaks no event name in Pairs at 390 px, however long the id', async () => {
    const names = ['AddToCart', 'InitiateCheckout', 'CompleteRegistration']
    for (const name of names) {
      const id = `${name}-3f0d4a52-9d0e-4c0f-9d3c-0a4c0d1b2c3d`
      await fromServer(emulator, [sold(id, name)])
      await fromBrowser(emulator, { ...purchase, ev: name, eid: id })
    }
    const page = await open(PHONE, '#/pairs')
    await page.locator('[data-row]').nth(2).waitFor()
    expect(await page.evaluate(NAMES)).toEqual(
      names.toReversed().map((name) => ({ name, lines: 1, isCut: false })),
    )
    const width: unknown = await page.evaluate('document.documentElement.scrollWidth')
    expect(width).toBe(PHONE.width)
  })

  it('marks the side on which the tabs go on, at 390 px, and none where all fit', async () => {
    const page = await open(PHONE)
    const bar = page.locator('.tab-bar')
    await expect.poll(() => bar.getAttribute('class')).toBe('tab-bar more-after')
    await page.getByRole('link', { name: 'Faults' }).click()
    await expect.poll(() => bar.getAttribute('class')).toBe('tab-bar more-before')
    await page.setViewportSize(DESK)
    await expect.poll(() => bar.getAttribute('class')).toBe('tab-bar')
  })

  it('shows Meta’s own numbers beside the estimates, and those of events that did not come here', async () => {
    await fromServer(emulator, [sold('order-1')])
    const web = [
      { event_name: 'Purchase', score: 8.1, coverage: { percentage: 60 } },
      { event_name: 'Lead', score: 5.9 },
    ]
    await emulator.fetch('/__capi/quality/meta', {
      method: 'PUT',
      body: JSON.stringify({ pixelId: '1234567890', readAtMs: Date.now(), web }),
    })
    const page = await open(PHONE, '#/quality')
    const bar = page.getByRole('meter', { name: 'Match quality of Purchase, by Meta' })
    await bar.waitFor()
    expect(await bar.getAttribute('aria-valuetext')).toBe('8.1, coverage 60 %')
    await page.getByText('Not seen here: Lead 5.9.').waitFor()
    const width: unknown = await page.evaluate('document.documentElement.scrollWidth')
    expect(width).toBe(PHONE.width)
  })

  it.each([PHONE, DESK])(
    'says on every tab that a fault is in force, at $width px',
    async (size) => {
      emulator.fail({ preset: 'rate-limit', times: 1 })
      emulator.fail({ preset: 'slow' })
      const page = await open(size)
      for (const tab of TABS) {
        await page.goto(`${url}/#/${tab}`)
        const chip = page.getByRole('link', { name: '2 faults in force: Rate limit; Slow' })
        await chip.waitFor()
        expect(await chip.textContent(), tab).toBe('2 faults')
      }
      emulator.faults.clear()
      await page.getByRole('link', { name: /faults? in force/ }).waitFor({ state: 'detached' })
    },
  )
})
