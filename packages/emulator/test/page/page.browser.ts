/**
 * Proves in a real browser what the page promises, and prints the figures:
 *   pnpm build && node --conditions=@capi/source test/page/page.browser.ts
 */
import assert from 'node:assert/strict'
import { availableParallelism, loadavg } from 'node:os'
import { launchChromium } from '@capi/testing/chromium'
import type { Page } from 'playwright-core'
import { createEmulator } from '../../src/index.ts'
import { NARROW, WIDE, watchProblems } from './browser.ts'
import { measureScroll, megabytesUsed, type ScrollFigures } from './measure.ts'
import { fromBrowser, fromServer, JANE, sendShop } from './shop.ts'

const MANY = 10_000
const emulator = createEmulator({ max: MANY })
const { url } = await emulator.listen({ port: 0 })
const browser = await launchChromium()
const context = await browser.newContext({ viewport: WIDE })
const page = await context.newPage()
const problems = watchProblems(page)

const rows = (of: Page = page) => of.locator('.row')
const report = (name: string, figure: string) => console.log(`${name.padEnd(34)} ${figure}`)
const lead = (id: string) => ({ event_name: 'Lead', event_id: id, user_data: { em: JANE } })

async function firstPaint(): Promise<void> {
  const paints: number[] = []
  for (let load = 0; load < 7; load++) {
    await page.goto(load === 0 ? url : 'about:blank')
    await page.goto(url)
    await page.getByText('Waiting for the first event').waitFor()
    const ms: unknown = await page.evaluate(`new Promise((resolve) => {
      const found = (list) => {
        const paint = list.getEntriesByName('first-contentful-paint')[0]
        if (paint) resolve(paint.startTime)
      }
      new PerformanceObserver(found).observe({ type: 'paint', buffered: true })
    })`)
    paints.push(Number(ms))
  }
  const best = Math.min(...paints)
  report(
    'first contentful paint',
    `${Math.round(best)} ms, best of ${paints.map(Math.round).join(', ')}`,
  )
  assert.ok(best > 0 && best < 300, `first paint took ${best} ms`)
}

async function liveArrival(): Promise<void> {
  await page.getByText('Live', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Send a sample pair' }).click()
  await page.getByText('Deduplicated', { exact: true }).nth(1).waitFor()
  assert.equal(await rows().count(), 2)
  const sentMs = performance.now()
  await fromServer(emulator, [lead('live-1')])
  await page.getByText('live-1').waitFor()
  report('arrival to row', `${Math.round(performance.now() - sentMs)} ms`)
}

async function search(): Promise<void> {
  await sendShop(emulator)
  await page.keyboard.press('/')
  // Slower than the page waits for more: what is typed must not be set back.
  await page.keyboard.type('name:Purchase source:server status:refused', { delay: 60 })
  await page.keyboard.type(' ', { delay: 200 })
  await page.getByText('2 of 25 events').waitFor()
  assert.equal(await rows().count(), 2)
  assert.match(page.url(), /#\/events\?q=name%3APurchase/)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Refused', exact: true }).click()
  await page.getByText(/^3 of 25 events|4 of 25 events/).waitFor()
  await page.goto(`${url}/#/events?q=${encodeURIComponent('has:fbc value:>100 -source:browser')}`)
  await page.getByText('1 of 25 events').waitFor()
  report('search', 'by keys, by chips, by link')
  assert.equal(await page.evaluate('document.images.length'), 0, 'a payload became markup')
}

async function pairView(): Promise<void> {
  await page.goto(`${url}/#/pairs`)
  await page.getByText('Counted twice, though they look like one').waitFor()
  await page.locator('[data-row]', { hasText: 'Purchase' }).first().click()
  await page
    .getByText(/^Counted once by event_id: the server event came/)
    .first()
    .waitFor()
  await page.getByRole('rowheader', { name: 'user_data.em' }).waitFor()
  await page.getByLabel(/Show equal fields too/).check()
  await page.getByRole('rowheader', { name: 'event_name' }).waitFor()
  report('pair view', 'verdict, differences, equal fields')
}

async function keyboard(): Promise<void> {
  await page.goto(`${url}/#/events`)
  await rows().first().waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.locator('[data-row]:focus').waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('As sent').waitFor()
  const opened = page.url()
  await page.keyboard.press('k')
  await page.waitForURL((address) => address.href !== opened)
  await page.keyboard.press('Escape')
  await page.getByText('As sent').waitFor({ state: 'detached' })
  await page.keyboard.press('p')
  await page.getByText('Paused').waitFor()
  await fromServer(emulator, [lead('while-paused')])
  await page.getByText('1 new while paused').waitFor()
  assert.equal(await page.getByText('while-paused').count(), 0)
  await page.keyboard.press('p')
  await page.getByText('while-paused').waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('3')
  await page.waitForURL('**/#/pairs**')
  await page.keyboard.press('/')
  await page.locator('#search:focus').waitFor()
  await page.keyboard.press('Escape')
  report('keyboard', '/ j k Enter Esc p ? 1-7')
}

async function narrow(): Promise<void> {
  await page.setViewportSize(NARROW)
  await rows().first().getByRole('link').click()
  await page.getByRole('button', { name: 'Back' }).waitFor()
  assert.equal(
    await page.locator('.split-list').evaluate((list) => getComputedStyle(list).visibility),
    'hidden',
  )
  await page.goBack()
  await page.getByRole('button', { name: 'Back' }).waitFor({ state: 'detached' })
  await page.setViewportSize(WIDE)
  report('360 px', 'list, detail as its own screen, Back')
}

/** Any web page may report to the pixel's address. */
async function hostile(): Promise<void> {
  const deep = `${'['.repeat(3000)}${']'.repeat(3000)}`
  const wide = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`key_${index}`, 'x']))
  await emulator.fetch('/tr', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"id":"1","ev":"Deep","eid":"deep","cd[deep]":${deep},"ud":${JSON.stringify(wide)}}`,
  })
  await fromBrowser(emulator, { ev: 'N'.repeat(5000), eid: 'long', 'cd[constructor]': '1' })
  const ids = emulator
    .events()
    .slice(-2)
    .map(({ id }) => id)
  for (const id of ids) {
    await page.goto(`${url}/#/events?event=${id}`)
    await page.getByText('As sent').waitFor()
  }
  await page.goto(`${url}/#/events?q=nothing-like-it`)
  await page.getByText('No event matches').waitFor()
  report('hostile payloads', 'deep, wide and long ones are shown within bounds')
}

async function resume(): Promise<void> {
  const first = createEmulator()
  const { url: address } = await first.listen({ port: 0 })
  const port = Number(new URL(address).port)
  const visitor = await context.newPage()
  await visitor.goto(address)
  await fromServer(first, [lead('before'), lead('before-2')])
  await visitor.getByText('before-2').waitFor()
  await first.close()
  await visitor.getByText('The emulator does not answer').waitFor()
  const second = createEmulator()
  await fromServer(second, [lead('while-away')])
  await second.listen({ port })
  await visitor.getByText('while-away').waitFor()
  assert.equal(await rows(visitor).count(), 1, 'events of the first run are still shown')
  await fromServer(second, [lead('after')])
  await visitor.getByText('after', { exact: true }).waitFor()
  report('restart of the emulator', 'said, then caught up without a reload')
  await visitor.close()
  await second.close()
}

/**
 * Other programs on the machine lower the figure, so the best of three counts, and all are told. On a machine that
 * has more to do than processors, what the page itself needs for a frame is judged instead.
 */
async function smooth(name: string): Promise<void> {
  const runs: ScrollFigures[] = []
  for (let run = 0; run < 3; run++) runs.push(await measureScroll(page, 2500))
  const [load = 0] = loadavg()
  const isOverloaded = load > availableParallelism()
  const fps = runs.map((run) => run.fps.toFixed(0)).join(', ')
  const busyMs = Math.min(...runs.map((run) => run.busyMs))
  const longestMs = Math.min(...runs.map((run) => run.longestMs))
  report(
    name,
    `${fps} fps, ${busyMs.toFixed(1)} ms of work a frame, longest frame ${longestMs.toFixed(0)} ms (load ${load.toFixed(1)})`,
  )
  if (isOverloaded) assert.ok(busyMs < 1000 / 60, `${name} needs ${busyMs} ms a frame`)
  else assert.ok(Math.max(...runs.map((run) => run.fps)) > 50, `${name} is not smooth`)
}

async function rowInTheMiddle(): Promise<unknown> {
  return page.evaluate(`(() => {
    const row = document.elementFromPoint(400, 430)?.closest('.row')
    return [row?.querySelector('[data-row]')?.dataset.row, row?.getBoundingClientRect().top].join(' at ')
  })()`)
}

async function many(): Promise<void> {
  emulator.clear()
  await page.goto(`${url}/#/events`)
  await page.reload()
  await page.getByText('Waiting for the first event').waitFor()
  const emptyMb = await megabytesUsed(page)
  const startMs = performance.now()
  for (let call = 0; call < MANY / 500; call++) {
    await fromServer(
      emulator,
      Array.from({ length: 500 }, (_, index) => lead(`bulk-${call * 500 + index}`)),
    )
  }
  await page.getByText('10,000 events').waitFor({ timeout: 60_000 })
  report('10,000 events live', `${Math.round(performance.now() - startMs)} ms to the last`)
  const drawn = await rows().count()
  report('rows in the document', String(drawn))
  assert.ok(drawn < 80, `${drawn} rows are drawn`)
  const fullMb = await megabytesUsed(page)

  await smooth('scroll, nothing arriving')
  const arriving = setInterval(
    () => void fromServer(emulator, [lead(`late-${performance.now()}`)]),
    50,
  )
  await smooth('scroll, 20 events/s arriving')
  clearInterval(arriving)
  const pill = await page.locator('.pill').textContent()
  assert.match(pill ?? '', /\d+ new/)
  const before = await rowInTheMiddle()
  await fromServer(emulator, [lead('one-more')])
  await page.waitForTimeout(300)
  assert.equal(await rowInTheMiddle(), before, 'the list moved')
  await page.locator('.pill').click()
  await page.getByText('one-more').waitFor()

  const searchMs = performance.now()
  await page.goto(`${url}/#/events?q=bulk-9999`)
  await page.getByText('1 of 10,000 events').waitFor()
  report('free text over 10,000', `${Math.round(performance.now() - searchMs)} ms`)
  await page.goto(`${url}/#/events`)

  for (let call = 0; call < 40; call++) {
    await fromServer(
      emulator,
      Array.from({ length: 500 }, (_, index) => lead(`more-${call * 500 + index}`)),
    )
  }
  await page.getByText('more-19999').waitFor({ timeout: 60_000 })
  const laterMb = await megabytesUsed(page)
  report(
    'memory: empty, 10,000, 30,000 seen',
    [emptyMb, fullMb, laterMb].map((mb) => `${mb.toFixed(1)} MB`).join(', '),
  )
  assert.ok(laterMb < fullMb * 1.3 + 5, 'memory grows with events that are gone')
}

try {
  for (const proof of [
    firstPaint,
    liveArrival,
    search,
    pairView,
    keyboard,
    narrow,
    hostile,
    resume,
    many,
  ]) {
    await proof()
  }
  assert.deepEqual(
    problems.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED')),
    [],
  )
  console.log('All held.')
} finally {
  await browser.close()
  await emulator.close()
}
