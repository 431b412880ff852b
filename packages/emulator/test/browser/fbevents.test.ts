import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { hasChromium, launchChromium } from '@capi/testing/chromium'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createEmulator, type Emulator } from '../../src/index.ts'

/** A page that queues calls as pages with Meta's snippet do, until the script has come. */
const stub = (emulatorUrl: string, calls: string) => `<!doctype html><title>shop</title><script>
window.fbq = window._fbq = function () {
  if (fbq.callMethod) fbq.callMethod.apply(fbq, arguments)
  else fbq.queue.push(arguments)
}
Object.assign(fbq, { push: fbq, loaded: true, version: '2.0', queue: [] })
const script = document.createElement('script')
document.head.append(Object.assign(script, { async: true, src: '${emulatorUrl}/en_US/fbevents.js' }))
${calls}
</script>`

const CLICK = 'IwAR0aBc_De-Fg%2BH'

describe.skipIf(!hasChromium())('the pixel script, in a browser', { timeout: 30_000 }, () => {
  let browser: Browser
  let shop: Server
  let shopUrl = ''
  let calls = ''
  let emulator: Emulator
  let emulatorUrl = ''
  let context: BrowserContext

  beforeAll(async () => {
    browser = await launchChromium()
    shop = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html')
      response.end(stub(emulatorUrl, calls))
    })
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
    const address = shop.address()
    shopUrl = `http://localhost:${typeof address === 'object' && address ? address.port : 0}`
  })
  afterAll(async () => {
    await browser?.close()
    shop?.close()
  })
  beforeEach(async () => {
    emulator = createEmulator()
    emulatorUrl = (await emulator.listen({ port: 0 })).url
    context = await browser.newContext()
  })
  afterEach(async () => {
    await context.close()
    await emulator.close()
  })

  const open = async (path: string, script: string) => {
    calls = script
    const page = await context.newPage()
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !/favicon/.test(message.location().url))
        problems.push(message.text())
    })
    await page.goto(`${shopUrl}${path}`)
    return { page, problems }
  }
  /** What arrived; pictures load side by side, so the order is not kept. */
  const arrived = async (count: number) => {
    await expect.poll(() => emulator.events().length, { timeout: 5000 }).toBe(count)
    return emulator
      .events()
      .map(({ pixel_id, event_name }) => `${pixel_id} ${event_name}`)
      .sort()
  }
  const cookie = async (name: string) => (await context.cookies()).find((one) => one.name === name)

  it('replays the queue, sets both cookies and reports the same to /tr', async () => {
    const { page, problems } = await open(
      `/cart?a=1&fbclid=${CLICK}#x`,
      `fbq('init', '42', { em: ' Jane@Example.com ', external_id: 'u-1' });
       fbq('track', 'PageView');
       fbq('track', 'Purchase', { value: 9.5, currency: 'EUR', contents: [{ id: 'a', quantity: 2 }] }, { eventID: 'o-1' });
       fbq('unknown', 1)`,
    )
    const event = await emulator.waitForEvent({ event_name: 'Purchase' }, { timeoutMs: 5000 })
    const fbp = await cookie('_fbp')
    const fbc = await cookie('_fbc')
    expect(fbp?.value).toMatch(/^fb\.0\.\d{13}\.\d{10}$/)
    expect(fbc?.value).toBe(`fb.0.${fbc?.value.split('.')[2]}.${CLICK}`)
    expect(fbp).toMatchObject({ path: '/', httpOnly: false, sameSite: 'Lax' })
    expect((fbp?.expires ?? 0) - Date.now() / 1000).toBeGreaterThan(89 * 86_400)
    expect(event).toMatchObject({
      source: 'browser',
      pixel_id: '42',
      event_id: 'o-1',
      payload: {
        event_source_url: `${shopUrl}/cart?a=1&fbclid=${CLICK}#x`,
        user_data: {
          fbp: fbp?.value,
          fbc: fbc?.value,
          em: createHash('sha256').update('jane@example.com').digest('hex'),
          external_id: createHash('sha256').update('u-1').digest('hex'),
          client_user_agent: expect.stringContaining('Mozilla'),
        },
        custom_data: { value: '9.5', currency: 'EUR', contents: [{ id: 'a', quantity: 2 }] },
      },
    })
    expect(await arrived(2)).toEqual(['42 PageView', '42 Purchase'])
    expect(problems).toEqual([])
    await page.reload()
    await emulator.waitForEvent({ event_name: 'PageView', user_data: { fbp: fbp?.value } })
    expect(await cookie('_fbp')).toMatchObject({ value: fbp?.value })
    expect(await cookie('_fbc')).toMatchObject({ value: fbc?.value })
  })

  it('sends nothing and sets nothing while consent is revoked, and all of it once granted', async () => {
    const { page } = await open(
      `/?fbclid=${CLICK}`,
      `fbq('consent', 'revoke'); fbq('init', '42'); fbq('track', 'PageView');`,
    )
    await page.waitForFunction('window.fbq.callMethod')
    await page.evaluate(`fbq('trackCustom', 'Late', {}, { eventID: 'x' })`)
    await page.waitForTimeout(300)
    expect(emulator.events()).toEqual([])
    expect(await context.cookies()).toEqual([])
    await page.evaluate(`fbq('consent', 'grant')`)
    await emulator.waitForEvent({ event_name: 'Late', event_id: 'x' }, { timeoutMs: 5000 })
    expect(await arrived(2)).toEqual(['42 Late', '42 PageView'])
    expect(await cookie('_fbp')).toBeDefined()
  })

  it('distinguishes pixels', async () => {
    await open(
      '/',
      `fbq('init', '1'); fbq('init', '2'); fbq('track', 'PageView');
       fbq('trackSingle', '2', 'Lead'); fbq('trackSingleCustom', '1', 'Mine', { a: 1 }, { eventID: 'm' });`,
    )
    expect(await arrived(4)).toEqual(['1 Mine', '1 PageView', '2 Lead', '2 PageView'])
  })

  it('sends what does not fit a URL by POST', async () => {
    await open('/', `fbq('init', '1'); fbq('track', 'Search', { search_string: 'x'.repeat(5000) })`)
    const event = await emulator.waitForEvent({ event_name: 'Search' }, { timeoutMs: 5000 })
    expect(event.payload['custom_data']).toEqual({ search_string: 'x'.repeat(5000) })
  })
})

describe('the pixel script', () => {
  it.each(['/fbevents.js', '/en_US/fbevents.js', '/de_DE/fbevents.js'])(
    'is served at %s',
    async (path) => {
      const response = await createEmulator().fetch(path)
      expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
      expect(await response.text()).toContain('fbq.callMethod')
    },
  )
})
