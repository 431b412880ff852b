import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { arrived, events, type Stored } from './stored.ts'

interface Places {
  readonly shopUrl: string
  readonly emulatorUrl: string
}

/** Comes from an ad, reloads, looks, buys, reloads the thank-you page; and checks what server and browser said of it. */
export async function buy(browser: Browser, { shopUrl, emulatorUrl }: Places): Promise<void> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  const known = new Set((await events(emulatorUrl)).map(({ event_id }) => event_id))
  const own = async () => (await events(emulatorUrl)).filter(({ event_id }) => !known.has(event_id))
  const pairs = async (name: string) =>
    pairsOf((await own()).filter(({ event_name }) => event_name === name))
  /** Waits until this many events of a name have arrived from both sides. */
  const paired = async (name: string, count: number) => {
    const deadlineMs = performance.now() + 15_000
    while ((await pairs(name)).filter(isPair).length < count && performance.now() < deadlineMs)
      await page.waitForTimeout(20)
    return pairs(name)
  }

  await page.goto(`${shopUrl}/?fbclid=demo-click`)
  assert.deepEqual((await paired('PageView', 1)).map(isPair), [true])
  // Each waits for the last: a page that is left before its scripts run has no view to report.
  for (const views of [2, 3]) {
    await page.reload()
    assert.deepEqual((await paired('PageView', views)).map(isPair), Array(views).fill(true))
  }

  // Next shows the next page without loading it: its view comes from the browser, by both ways.
  await page.getByRole('link', { name: 'Harbour mug' }).click()
  await page.getByRole('button', { name: 'Add to cart' }).click()
  assert.deepEqual((await paired('AddToCart', 1)).map(isPair), [true])
  await page.getByRole('button', { name: /^Buy for/ }).click()
  await page.waitForURL('**/orders/*')
  await page.getByRole('heading', { name: 'Thank you!' }).waitFor()
  assert.deepEqual((await paired('Purchase', 1)).map(isPair), [true])
  // Three loads, the product, the thank-you page, and its reload.
  await page.reload()
  assert.deepEqual((await paired('PageView', 6)).map(isPair), Array(6).fill(true))
  assert.deepEqual((await pairs('Purchase')).map(isPair), [true])

  const cookies = await context.cookies()
  const ids = cookies.filter(({ name }) => name === '_fbp').map(({ value }) => value)
  const clicks = cookies.filter(({ name }) => name === '_fbc').map(({ value }) => value)
  assert.equal(ids.length, 1)
  assert.match(clicks.join(), /^fb\.1\.\d+\.demo-click$/)
  for (const { payload } of await own()) {
    assert.equal(payload.user_data?.['fbp'], ids[0])
    assert.equal(payload.user_data?.['fbc'], clicks[0])
  }
  const [purchase] = await arrived(
    ({ event_name, source, event_id }) =>
      event_name === 'Purchase' && source === 'server' && !known.has(event_id),
    emulatorUrl,
  )
  assert.match(purchase?.payload.event_source_url ?? '', /\/products\/mug$/)
  assert.deepEqual(faults, [])
  await context.close()
}

const pairsOf = (list: readonly Stored[]): readonly (readonly Stored[])[] => [
  ...Map.groupBy(list, ({ event_id }) => event_id).values(),
]

/** Once from the server, and from the browser under the same id. */
const isPair = (list: readonly Stored[]) =>
  list.filter(({ source }) => source === 'server').length === 1 &&
  list.some(({ source }) => source === 'browser')
