import { hasChromium, launchChromium } from '@capi/testing/chromium'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import {
  checkoutEventId,
  identityEndpoint,
  memoryIdentityStore,
  pixelCollector,
  purchaseEventId,
  webPixelSettings,
} from '../../src/index.ts'
import { ALLOWED } from '../storefront/sandbox.ts'
import {
  deliver,
  expressShop,
  SHOP,
  serve,
  type TestShop,
  testShop,
  webOrder,
} from '../webhook/test-shop.ts'
import { bundledPixel, pixelPage } from './pixel-page.ts'

const TOKEN = `checkout${'1001'.padStart(24, '0')}`
const RULES = { contentId: 'product' } as const
const EUR = (amount: number) => ({ amount, currencyCode: 'EUR' })
const VARIANT = {
  id: '22',
  sku: 'MUG',
  price: EUR(25),
  product: { id: 'gid://shopify/Product/11' },
}
const CHECKOUT = {
  token: TOKEN,
  currencyCode: 'EUR',
  totalPrice: EUR(25),
  subtotalPrice: EUR(25),
  totalTax: EUR(0),
  transactions: [],
  order: null as { id: string } | null,
  lineItems: [{ quantity: 1, variant: VARIANT, discountAllocations: [], finalLinePrice: EUR(25) }],
}
const CONTENTS = {
  contents: [{ id: '11', quantity: 1, item_price: 25 }],
  content_ids: ['11'],
  content_type: 'product_group',
}

/** What Shopify publishes on a visitor's way to a sale, page by page. */
const VISIT = [
  { path: '/?fbclid=AbC_d-E', name: 'page_viewed', data: {} },
  { path: '/products/mug', name: 'product_viewed', data: { productVariant: VARIANT } },
  {
    path: '/search?q=mug',
    name: 'search_submitted',
    data: { searchResult: { query: 'mug', productVariants: [VARIANT] } },
  },
  {
    path: '/products/mug',
    name: 'product_added_to_cart',
    data: { cartLine: { merchandise: VARIANT, quantity: 1, cost: { totalAmount: EUR(25) } } },
  },
  { path: '/checkouts/cn/abc', name: 'checkout_started', data: { checkout: CHECKOUT } },
  { path: '/checkouts/cn/abc', name: 'payment_info_submitted', data: { checkout: CHECKOUT } },
  {
    path: '/checkouts/cn/abc/thank-you',
    name: 'checkout_completed',
    data: { checkout: { ...CHECKOUT, order: { id: '1001' } } },
  },
].map((event, at) => ({ ...event, id: `sh-${at}-f77a78f1-C1D8` }))

describe.skipIf(!hasChromium())('the funnel, in a browser', { timeout: 60_000 }, () => {
  let browser: Awaited<ReturnType<typeof launchChromium>>
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
  })

  /** A shop, its app and Meta's stand-in, each over HTTP. */
  async function funnel(customerPrivacy: object, origins = ['https://kobalt.example']) {
    const identity = memoryIdentityStore()
    const shop = testShop({ ...RULES, identity })
    const meta = await shop.emulator.listen({ port: 0 })
    const refused: string[] = []
    const shops = { [SHOP]: origins }
    const settings = webPixelSettings(RULES, {
      endpoint: await serve(identityEndpoint({ store: identity, shops })),
      collector: await serve(
        pixelCollector({
          client: shop.capi,
          shops,
          clientIp: () => '203.0.113.7',
          onRefused: (reason) => refused.push(reason),
        }),
      ),
      pixelId: '1234567890',
      pixelUrl: `${meta.url}/tr`,
    })
    const pixel = await bundledPixel()
    const page = pixelPage({ pixel, settings, customerPrivacy })
    const storefront = await serve((_req, res) => {
      res.setHeader('content-type', 'text/html')
      res.end(page)
    })
    const context = await browser.newContext()
    onTestFinished(async () => {
      await context.close()
      await shop.emulator.close()
    })
    const tab = await context.newPage()
    await tab.goto(storefront.replace('127.0.0.1', 'localhost'))
    await tab.evaluate('window.ready')
    const publish = async ({ path, ...event }: (typeof VISIT)[number]) => {
      const { href, origin, pathname } = new URL(path, 'https://kobalt.example')
      const location = { href, origin, pathname }
      const published = { ...event, context: { document: { location } } }
      await tab.evaluate(`window.publish(${JSON.stringify(published)})`)
    }
    const arrived = (source: string) =>
      shop.emulator.events().filter((event) => event.source === source)
    return { shop, context, publish, arrived, refused, identity }
  }

  it('each of the seven events comes from the browser and from the server, and counts once', async () => {
    const { shop, context, publish, arrived, refused } = await funnel(ALLOWED)
    for (const event of VISIT) await publish(event)
    await expect.poll(() => arrived('browser').length, { timeout: 15_000 }).toBe(7)
    await expect.poll(() => delivered(shop, 'server'), { timeout: 15_000 }).toBe(6)
    await deliver(await expressShop(shop), webOrder(1001))
    await shop.delivered()

    const sides = (source: string) =>
      arrived(source).map(({ event_name, event_id, payload }) => ({
        event_name,
        event_id,
        data: payload['custom_data'],
        page: payload['event_source_url'],
      }))
    const idOf = (at: number) => VISIT[at]?.id
    const sale = { value: 25, currency: 'EUR', ...CONTENTS, num_items: 1 }
    const item = { value: 25, currency: 'EUR', ...CONTENTS }
    const home = 'https://kobalt.example/'
    const search = { search_string: 'mug', content_ids: ['11'], content_type: 'product_group' }
    const mug = `${home}products/mug`
    const due = [
      { event_name: 'PageView', event_id: idOf(0), page: home },
      { event_name: 'ViewContent', event_id: idOf(1), data: item, page: mug },
      { event_name: 'Search', event_id: idOf(2), data: search, page: `${home}search` },
      { event_name: 'AddToCart', event_id: idOf(3), data: item, page: mug },
      { event_name: 'InitiateCheckout', event_id: checkoutEventId(TOKEN), data: sale, page: home },
      { event_name: 'AddPaymentInfo', event_id: idOf(5), data: sale, page: home },
      { event_name: 'Purchase', event_id: purchaseEventId(1001), data: sale, page: home },
    ]
    const server = sides('server')
    for (const event of due) {
      const { data = {}, ...known } = event
      const [copy, ...repeats] = server.filter(({ event_id }) => event_id === event.event_id)
      expect(repeats).toEqual([])
      expect(copy).toMatchObject(event)
      const [own, ...others] = sides('browser').filter(
        ({ event_id }) => event_id === event.event_id,
      )
      expect(others).toEqual([])
      expect(own).toMatchObject(known)
      expect(asNumbers(own?.data)).toEqual(data)
    }
    const statuses = shop.emulator.events().map(({ status }) => status)
    expect(statuses.filter((status) => status === 'processed')).toHaveLength(7)
    expect(statuses.filter((status) => status === 'deduplicated')).toHaveLength(7)
    expect(refused).toEqual([])

    const cookies = new Map((await context.cookies()).map(({ name, value }) => [name, value]))
    expect(cookies.get('_fbp')).toMatch(/^fb\.1\.\d{13}\.\d{1,10}$/)
    expect(cookies.get('_fbc')).toMatch(/^fb\.1\.\d{13}\.AbC_d-E$/)
    const people = arrived('server').map(({ payload }) => payload['user_data'])
    const ids = { fbp: cookies.get('_fbp'), fbc: cookies.get('_fbc') }
    expect(people).toEqual(Array.from({ length: 7 }, () => expect.objectContaining(ids)))
    expect(JSON.stringify(shop.emulator.events())).not.toContain('/checkouts/')
  })

  it('limits the use of data on both sides where its sale was refused', async () => {
    const { shop, publish, arrived } = await funnel({ ...ALLOWED, saleOfDataAllowed: false })
    for (const event of VISIT.slice(0, 6)) await publish(event)
    await expect.poll(() => delivered(shop, 'server'), { timeout: 15_000 }).toBe(6)
    for (const { payload } of arrived('server'))
      expect(payload).toMatchObject({ data_processing_options: ['LDU'] })
  })

  it('sends nothing without consent but the refusal, and sets no cookie', async () => {
    const { shop, context, publish, identity } = await funnel({
      ...ALLOWED,
      marketingAllowed: false,
    })
    for (const event of VISIT) await publish(event)
    const known = () => identity.find({ shop: SHOP, checkoutToken: TOKEN })
    await expect.poll(known, { timeout: 15_000 }).toEqual({ consent: 'denied' })
    expect(await shop.delivered()).toEqual([])
    expect(await context.cookies()).toEqual([])
  })
})

/** How many events of one side have arrived once the client has sent what waits. */
async function delivered(shop: TestShop, source: string): Promise<number> {
  const events = await shop.delivered()
  return events.filter((event) => event.source === source).length
}

/** The pixel's query has texts. */
function asNumbers(data: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data ?? {}).map(([key, value]) => [
      key,
      ['value', 'num_items'].includes(key) ? Number(value) : value,
    ]),
  )
}
