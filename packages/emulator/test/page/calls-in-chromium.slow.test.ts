import { hasChromium } from '@capi/testing/chromium'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DESK, PHONE, type ServedPage, servePage } from './serve-page.ts'
import { fromServer, JANE } from './shop.ts'

const lead = (event_id: string) => ({ event_name: 'Lead', event_id, user_data: { em: JANE } })

describe.skipIf(!hasChromium())('calls on the page', { timeout: 60_000 }, () => {
  let served: ServedPage
  beforeAll(async () => {
    served = await servePage()
  })
  afterAll(() => served?.close())

  it('shows a call without a readable event, why it was refused and what was sent, masked', async () => {
    const page = await served.open(DESK, '#/calls')
    await page.getByText('Waiting for the first event').waitFor()
    await served.emulator().fetch('/v27.0/42/events', {
      method: 'POST',
      headers: { authorization: 'Bearer secret-token-wxyz', 'content-type': 'application/json' },
      body: '{"data":[{"event_name":"Purchase","user_data":{"fn":"Jane Doe"}}',
    })
    const row = page.getByRole('row', { name: 'body_unreadable' })
    await row.getByText('400 refused').waitFor()
    await row.getByRole('link').click()
    const detail = page.getByRole('region', { name: 'Call', exact: true })
    await detail.getByText('"fn":"xxxx xxx"').waitFor()
    const text = await detail.textContent()
    expect(text).toContain('Bearer …wxyz')
    expect(text).not.toMatch(/secret|Jane/)

    await detail.getByRole('button', { name: 'Replay here' }).click()
    await expect.poll(() => page.getByRole('row', { name: 'body_unreadable' }).count()).toBe(2)
    await expect.poll(() => page.url()).toBe(`${served.url}/#/calls?call=2`)
    served.emulator().clear()
    await page.getByText('Waiting for the first event').waitFor()
    await page.context().close()
  })

  it('joins the tries of one event, and names the fault that answered', async () => {
    const emulator = served.emulator()
    emulator.fail({ preset: 'rate-limit', times: 2 })
    for (let attempt = 0; attempt < 3; attempt++) await fromServer(emulator, [lead('retried')])
    await fromServer(emulator, [lead('other')])
    const page = await served.open(PHONE, '#/calls')
    await page.locator('.row').nth(3).waitFor()
    const attempts = await page.locator('.col-call .key').allTextContents()
    expect(attempts).toEqual(['try 3', 'try 2', 'try 1'])

    await page.goto(`${served.url}/#/events?event=${emulator.events()[0]?.id}`)
    await page.getByText('Not taken: the fault Rate limit struck its call').waitFor()
    await page.getByRole('link', { name: /^See call/ }).click()
    await page.getByText('Answered by the fault Rate limit').waitFor()
    const tries = page.getByRole('region', { name: 'Call', exact: true }).locator('.tries li')
    expect(await tries.allTextContents()).toEqual([
      expect.stringMatching(/^Try 1\s*\d+ faultedRate limit$/),
      expect.stringMatching(/^Try 2\s*\d+ faultedRate limit\+/),
      expect.stringMatching(/^Try 3\s*200 taken\+/),
    ])
    const width: unknown = await page.evaluate('document.documentElement.scrollWidth')
    expect(width).toBe(PHONE.width)
    await page.context().close()
  })

  it('copies a command for Meta only with a test code', async () => {
    const emulator = served.emulator()
    emulator.clear()
    await fromServer(emulator, [lead('to-meta')])
    const page = await served.open(DESK, `#/calls?call=${emulator.events()[0]?.call}`)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const copy = page.getByRole('button', { name: 'curl for Meta' })
    expect(await copy.isDisabled()).toBe(true)
    await page.getByLabel('Test code').fill('TEST7')
    await copy.click()
    const copied = () => page.evaluate('navigator.clipboard.readText()')
    await expect.poll(copied).toContain('"test_event_code":"TEST7"')
    expect(await copied()).toContain('Bearer $META_CAPI_ACCESS_TOKEN')
    await page.context().close()
  })
})
