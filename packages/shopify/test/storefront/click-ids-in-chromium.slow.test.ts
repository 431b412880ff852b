import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { script } from '@capi/browser/script'
import { hasChromium, launchChromium } from '@capi/testing/chromium'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { bundledPixel, pixelPage } from '../funnel/pixel-page.ts'
import { SHOP, serve } from '../webhook/test-shop.ts'
import { ALLOWED } from './sandbox.ts'

const THEME = readFileSync(`${import.meta.dirname}/../../storefront/capi-theme.js`, 'utf8')
const CLICK = 'IwAR0aBc_D-e'

/** What Shopify puts into each page of a shop, as far as the snippet asks for it. */
const SHOPIFY = `window.Shopify = {
  shop: '${SHOP}',
  customerPrivacy: { marketingAllowed: () => true, saleOfDataAllowed: () => true },
  loadFeatures: (features, callback) => callback(),
}`
const themePage = (before = '') =>
  `<!doctype html><title>shop</title><script>${before};${SHOPIFY}</script>
<script src="/capi.js" defer></script><script src="/capi-theme.js" defer></script>`
/** The app's bridge on iOS. */
const IN_APP = `window.webkit = { messageHandlers: { browserProperties: { postMessage: async () => '${CLICK}' } } }`

describe.skipIf(!hasChromium())('the ids of a storefront, in a browser', () => {
  let browser: Awaited<ReturnType<typeof launchChromium>>
  let pixel: string
  beforeAll(async () => {
    const hosts = ['*.shop.example', '*.shop.co.uk'].map((host) => `MAP ${host} 127.0.0.1`)
    browser = await launchChromium({ args: [`--host-resolver-rules=${hosts.join(',')}`] })
    pixel = await bundledPixel()
  })
  afterAll(async () => {
    await browser?.close()
  })

  /** A visitor on a page of the shop; the reports are attributes of the cart. */
  async function visit(page: string, host: string, search: string) {
    const reports: unknown[] = []
    const files: Record<string, string> = {
      '/capi.js': script.text,
      '/capi-theme.js': THEME,
      '/cart.js': '{"token":"cart-1","item_count":1}',
    }
    const origin = await serve((request, response) => {
      const { pathname } = new URL(request.url ?? '', 'http://shop')
      if (pathname === '/cart/update.js')
        void attributesOf(request).then((attributes) => reports.push(attributes))
      if (!(pathname in files)) response.setHeader('content-type', 'text/html')
      response.end(files[pathname] ?? page)
    })
    const context = await browser.newContext()
    onTestFinished(() => context.close())
    const tab = await context.newPage()
    const open = (query = search) =>
      tab.goto(`${origin.replace('127.0.0.1', host)}/${query}`, { waitUntil: 'load' })
    await open()
    const cookies = async () =>
      Object.fromEntries((await context.cookies()).map((cookie) => [cookie.name, cookie]))
    return { tab, open, cookies, reports }
  }

  /** The same; the reports are what the pixel sends to Meta once both ids are read. */
  async function viewWithPixel(host: string, search: string) {
    const reports: unknown[] = []
    const meta = await serve(({ url }, response) => {
      reports.push(url)
      response.end()
    })
    const settings = { endpoint: meta, pixelId: '1', pixelUrl: `${meta}/tr` }
    const page = pixelPage({ pixel, settings, customerPrivacy: ALLOWED })
    const shop = await visit(page, host, search)
    const publish = async () => {
      await shop.tab.evaluate('window.ready')
      await shop.tab.evaluate(`{
        const { href, origin, pathname } = location
        const context = { document: { location: { href, origin, pathname } } }
        window.publish({ id: 'sh-1', name: 'page_viewed', data: {}, context })
      }`)
    }
    await publish()
    return { ...shop, publish, reports }
  }

  const HOSTS = [
    ['www.shop.example', 1, '.shop.example'],
    ['www.shop.co.uk', 2, '.shop.co.uk'],
    ['127.0.0.1', 0, '127.0.0.1'],
  ] as const
  const WAYS = [
    ['the theme snippet', (host: string, search: string) => visit(themePage(), host, search)],
    ['the Web Pixel', viewWithPixel],
  ] as const

  it.each(
    WAYS.flatMap(([what, view]) =>
      HOSTS.map(([host, ...due]) => [what, host, view, ...due] as const),
    ),
  )('%s keeps both on the widest domain of %s', async (_what, host, view, index, domain) => {
    const { cookies } = await view(host, `?fbclid=${CLICK}&a=1`)
    const kept = () => cookies().then((all) => [all['_fbc']?.value, all['_fbp']?.value])
    const due = [`\\.${CLICK}$`, String.raw`\.\d{1,10}$`].map((end) =>
      expect.stringMatching(new RegExp(String.raw`^fb\.${index}\.\d{13}${end}`)),
    )
    await expect.poll(kept, { timeout: 15_000 }).toEqual(due)
    const all = await cookies()
    expect([all['_fbc']?.domain, all['_fbp']?.domain]).toEqual([domain, domain])
  })

  it.each(WAYS)('%s makes no other click id of one that is encoded', async (_what, view) => {
    const { cookies, reports } = await view('www.shop.example', '?fbclid=%49wAR0aBc')
    await expect.poll(() => reports.length, { timeout: 15_000 }).toBe(1)
    expect(Object.keys(await cookies())).toEqual(['_fbp'])
  })

  it('a later click replaces the kept one, and the same does not', async () => {
    const shop = await viewWithPixel('www.shop.example', '?fbclid=First_1-a')
    const click = async () => (await shop.cookies())['_fbc']?.value
    const reported = (count: number) =>
      expect.poll(() => shop.reports.length, { timeout: 15_000 }).toBe(count)
    await reported(1)
    const first = await click()
    expect(first).toMatch(/\.First_1-a$/)
    await shop.publish()
    await reported(2)
    expect(await click()).toBe(first)
    await shop.open('?fbclid=Second_2-b')
    await shop.publish()
    await reported(3)
    expect(await click()).toMatch(/^fb\.1\.\d{13}\.Second_2-b$/)
  })

  it('the theme snippet brings both into the cart, as the cookies have them', async () => {
    const { cookies, reports } = await visit(themePage(), 'www.shop.example', `?fbclid=${CLICK}`)
    await expect.poll(() => reports.length, { timeout: 15_000 }).toBe(1)
    const { _fbc, _fbp } = await cookies()
    expect(reports[0]).toEqual({
      __capi_fbp: _fbp?.value,
      __capi_fbc: _fbc?.value,
      __capi_consent: 'granted',
    })
  })

  it('the theme snippet asks Facebook’s and Instagram’s own browsers for the click id', async () => {
    const { cookies } = await visit(themePage(IN_APP), 'www.shop.example', '')
    const click = async () => (await cookies())['_fbc']?.value
    await expect
      .poll(click, { timeout: 15_000 })
      .toMatch(new RegExp(`^fb\\.1\\.\\d{13}\\.${CLICK}$`))
  })
})

async function attributesOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return JSON.parse(Buffer.concat(parts).toString()).attributes
}
