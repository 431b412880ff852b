import { hasChromium } from '@capi/testing/chromium'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DESK, type ServedPage, servePage } from './serve-page.ts'
import { fromBrowser, fromServer, JANE } from './shop.ts'

const lead = (event_id: string) => ({ event_name: 'Lead', event_id, user_data: { em: JANE } })

describe.skipIf(!hasChromium())('many tabs of the page', { timeout: 60_000 }, () => {
  let served: ServedPage
  beforeAll(async () => {
    served = await servePage()
  })
  afterAll(() => served?.close())

  it('leave the shop’s pixel its connection, show the same events, and outlive the one that has the stream', async () => {
    const emulator = served.emulator()
    const html = `<!doctype html><script>
      onclick = () => { new Image().src = '${served.url}/tr?id=1&ev=Purchase&eid=from-the-shop' }
    </script>`
    const shop = serve({
      fetch: () => new Response(html, { headers: { 'content-type': 'text/html' } }),
      port: 0,
      hostname: '127.0.0.1',
    })
    await new Promise((resolve) => shop.once('listening', resolve))
    const address = shop.address()
    const context = await served.browser.newContext({ viewport: DESK })
    const tabs = []
    for (let opened = 0; opened < 8; opened++) {
      const tab = await context.newPage()
      await tab.goto(served.url)
      await tab.getByRole('button', { name: /Live/ }).waitFor()
      tabs.push(tab)
    }
    const page = await context.newPage()
    await page.goto(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`)

    await page.mouse.click(10, 10)

    await expect
      .poll(() => emulator.events().map(({ event_id }) => event_id), { timeout: 15_000 })
      .toEqual(['from-the-shop'])
    for (const tab of tabs) await tab.getByText('from-the-shop').waitFor()

    await tabs[0]?.close()
    await fromServer(emulator, [lead('after-the-first-closed')])
    for (const tab of tabs.slice(1)) await tab.getByText('after-the-first-closed').waitFor()

    emulator.clear()
    for (const tab of tabs.slice(1)) await tab.getByText('Waiting for the first event').waitFor()
    await context.close()
    shop.close()
  })

  it('show on each tab that the clock was moved, and let it run on from there', async () => {
    const page = await served.open(DESK)
    await page.getByRole('button', { name: 'Clock: on time' }).click()
    await page.getByRole('button', { name: '+8 d' }).click()
    await page.keyboard.press('Escape')
    for (const tab of ['pairs', 'quality', 'diagnostics', 'faults', 'events']) {
      await page.goto(`${served.url}/#/${tab}`)
      await page.getByRole('button', { name: 'Clock: +8 d' }).waitFor()
    }
    const clock = async () => (await served.emulator().fetch('/__capi/clock')).json()
    const { ahead_ms, is_stopped } = (await clock()) as Record<string, unknown>
    expect([ahead_ms, is_stopped]).toEqual([8 * 86_400_000, false])
    await fromServer(served.emulator(), [lead('after-a-week')])
    await page.getByText('after-a-week').waitFor()

    served.emulator().setNow()

    await page.getByRole('button', { name: 'Clock: on time' }).waitFor()
    await page.getByText('in 7 d').waitFor()
    served.emulator().clear()
  })

  it('keep their filter when they are left, bring a linked event into the list, and follow the arrow keys', async () => {
    const emulator = served.emulator()
    await fromServer(
      emulator,
      Array.from({ length: 300 }, (_, index) => lead(`lead-${index}`)),
    )
    const page = await served.open(DESK, `#/events?event=${emulator.events()[20]?.id}`)
    const chosen = (index: number) =>
      page.locator(`.row.selected [data-row="${emulator.events()[index]?.id}"]`)
    await chosen(20).focus()
    await page.keyboard.press('ArrowUp')
    await chosen(21).waitFor()
    await page.keyboard.press('Escape')

    await page.keyboard.press('/')
    await page.keyboard.type('id:lead-29')
    await page.getByText('11 of 300 events').waitFor()
    await page.getByRole('link', { name: 'Faults' }).click()
    await page.getByRole('heading', { name: 'Clock' }).waitFor()
    await page.getByRole('link', { name: 'Events' }).click()
    await page.getByText('11 of 300 events').waitFor()

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export 11 filtered events' }).click(),
    ])
    const file = await download.path()
    emulator.clear()
    await page.getByText('Waiting for the first event').waitFor()
    await fromServer(emulator, [lead('kept')])
    await page.getByLabel('File of events').setInputFiles(file)
    await page.getByText('11 events imported.').waitFor()
    expect(emulator.events().map(({ event_id }) => event_id)).toEqual([
      'kept',
      'lead-29',
      ...Array.from({ length: 10 }, (_, index) => `lead-29${index}`),
    ])
    emulator.clear()
  })

  it('compare any two events, and show those with a test code apart', async () => {
    const emulator = served.emulator()
    await fromServer(emulator, [{ ...lead('one'), custom_data: { value: 1, currency: 'EUR' } }])
    await fromServer(emulator, [{ ...lead('two'), custom_data: { value: 2, currency: 'EUR' } }])
    await fromServer(emulator, [lead('tried')], { test_event_code: 'TEST7' })
    const [one, two] = emulator.events()
    const page = await served.open(DESK, `#/events?event=${one?.id}`)
    await page.getByRole('link', { name: 'Compare' }).click()
    await page.getByText(`Choose the event to compare with #${one?.id}.`).waitFor()
    await page.locator(`[data-row="${two?.id}"]`).click()
    const comparison = page.getByRole('region', { name: 'Comparison' })
    const value = comparison.getByRole('row', { name: 'custom_data.value' })
    await value.waitFor()
    expect(await value.getByRole('cell').allTextContents()).toEqual(['1', '2'])
    expect(await comparison.getByRole('row', { name: 'custom_data.currency' }).count()).toBe(0)
    await page.keyboard.press('Escape')
    await comparison.waitFor({ state: 'detached' })

    await page.getByRole('button', { name: 'Test events' }).click()
    await page.getByText('1 of 3 events').waitFor()
    await page.getByRole('button', { name: 'TEST7 1' }).click()
    await page.waitForURL('**/#/events?q=test%3ATEST7')
    await page.getByRole('button', { name: 'All', exact: true }).click()
    await page.getByText('3 events', { exact: true }).waitFor()
  })

  it('name the near miss on the event, and find all that are counted twice', async () => {
    const emulator = served.emulator()
    emulator.clear()
    await fromBrowser(emulator, { ev: 'Lead', eid: 'LEAD-1' })
    await fromServer(emulator, [lead('lead-1'), lead('lead-2')])
    const id = emulator.events({ source: 'server' })[0]?.id
    const page = await served.open(DESK, `#/events?q=half:twice&event=${id}`)
    await page.getByText('Counted twice: it looks like the browser’s event').waitFor()
    await page.getByText('2 of 3 events').waitFor()
    await page.getByRole('link', { name: 'the browser’s event' }).click()
    await page.getByText('Counted twice: it looks like the server’s event').waitFor()
    await page.getByRole('link', { name: 'Compare the two' }).click()
    await page.getByRole('region', { name: 'Pair', exact: true }).waitFor()

    await page.goto(`${served.url}/#/diagnostics`)
    const count = page.locator('.diagnostic a.numbers').first()
    const [affected] = ((await count.textContent()) ?? '').split(' ')
    await count.click()
    await page.getByText(`${affected} of 3 events`).waitFor()
    expect(await page.locator('.row').count()).toBe(Number(affected))
  })
})
