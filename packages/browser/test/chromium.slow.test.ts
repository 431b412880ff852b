import { hasChromium } from '@capi/testing/chromium'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commonCases, MUG, pair, until, visit } from './cases.ts'
import { PIXEL_ID } from './site.ts'
import { startChromium, type TestBrowser } from './visitor.ts'

const HASH = 'a'.repeat(64)
const INSTAGRAM =
  'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 Instagram 350.0.0.10 Android (34/14)'
/** Only the app is made up: it answers requests of a scheme of its own. */
const ANDROID_APP = `XMLHttpRequest = class {
  open(method, url) { this.responseText = url === 'properties://browser/clickID' ? 'IwApp_click-1' : '' }
  send() { setTimeout(() => this.onloadend(), 50) }
}`

describe.skipIf(!hasChromium())('the tracker, in Chromium,', { timeout: 60_000 }, () => {
  let browser: TestBrowser
  beforeAll(async () => {
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  commonCases(() => browser)

  it('tells nobody anything of a visitor who denies, before or later', async () => {
    const { site, tab, cookies } = await visit(browser, {
      options: { consent: 'denied' },
      path: '/?fbclid=IwAR0aBc_D-e',
      script: `tracker.watch(); tracker.track(${MUG})`,
    })
    await tab.run(`tracker.setConsent('nonsense'), tracker.track(${MUG})`)
    expect(await cookies()).toEqual({ '': undefined })
    await tab.run(
      `tracker.setConsent('granted'), tracker.track('Lead', {}, { event_id: 'allowed' })`,
    )
    await tab.run(`tracker.setConsent('denied'), tracker.track(${MUG})`)
    expect(await site.arrived(2)).toEqual(pair('Lead', 'allowed'))
  })

  it('limits the use of data on both sides', async () => {
    const { site, tab } = await visit(browser, { options: { consent: 'ldu' } })
    await tab.run(`tracker.track(${MUG})`)
    await site.arrived(2)
    const [event] = site.emulator.events({ source: 'server' })
    expect(event?.payload).toMatchObject({
      data_processing_options: ['LDU'],
      data_processing_options_country: 0,
      data_processing_options_state: 0,
    })
  })

  it('tells the page’s own Pixel what the visitor allows, in the order of its calls', async () => {
    const { tab } = await visit(browser, {
      options: { pixelId: undefined, consent: 'ldu' },
      before: 'const calls = []; fbq = (...call) => calls.push(call)',
      script: `tracker.setConsent('pending'); tracker.track('Lead', {}, { event_id: '1' }); tracker.setConsent('granted')`,
    })
    expect(await tab.run('calls')).toEqual([
      ['dataProcessingOptions', ['LDU'], 0, 0],
      ['consent', 'grant'],
      ['dataProcessingOptions', [], 0, 0],
      ['consent', 'revoke'],
      ['consent', 'grant'],
      ['track', 'Lead', {}, { eventID: '1' }],
    ])
  })

  it('asks for no consent of a Pixel where none was named', async () => {
    const { tab } = await visit(browser, {
      options: { pixelId: undefined },
      before: 'const calls = []; fbq = (...call) => calls.push(call)',
      script: `tracker.track('Lead', {}, { event_id: '1' })`,
    })
    expect(await tab.run('calls')).toEqual([['track', 'Lead', {}, { eventID: '1' }]])
  })

  it('calls a Pixel of the page that comes late', async () => {
    const { tab } = await visit(browser, {
      options: { pixelId: undefined },
      script: `tracker.track('Lead', {}, { event_id: '1' }); const calls = []
        addEventListener('load', () => setTimeout(() => { fbq = (...call) => calls.push(call) }, 100))`,
    })
    await until(tab, 'calls', [['track', 'Lead', {}, { eventID: '1' }]])
  })

  it('reports a sale with a ticket, as the server signed it, to both', async () => {
    const { site, tab } = await visit(browser)
    const sale = { value: 24, currency: 'EUR', content_name: 'Tasse “für” Zoë > 🍵?~' } as const
    const ticket = JSON.stringify(site.sign('order.7', sale))
    expect(await tab.run(`tracker.track('Purchase', undefined, { ticket: ${ticket} })`)).toBe(
      'order.7',
    )
    expect(await site.arrived(2)).toEqual(pair('Purchase', 'order.7'))
    const [server] = site.emulator.events({ source: 'server' })
    const [pixel] = site.emulator.events({ source: 'browser' })
    expect(server?.payload['custom_data']).toEqual(sale)
    expect(pixel?.payload['custom_data']).toMatchObject({ content_name: sale.content_name })
    expect(site.refused).toEqual([])
  })

  it('repeats what the server has tracked on the Pixel alone', async () => {
    const { site, tab } = await visit(browser, {
      script: `tracker.track('Purchase', { value: 24, currency: 'EUR' }, { event_id: 'order.7', endpoint: false })
        tracker.watch({ pageViewId: 'view.1' })`,
    })
    await tab.run(`history.pushState({}, '', '/next')`)
    const arrived = await site.arrived(4)
    expect(arrived).toEqual(
      expect.arrayContaining(['browser Purchase order.7', 'browser PageView view.1']),
    )
    expect(arrived.filter((text) => text.startsWith('server'))).toHaveLength(1)
  })

  it('takes hashes of the visitor, and nothing else', async () => {
    const { site, tab } = await visit(browser, {
      before: `const warned = []; console.warn = (...words) => warned.push(words.join(' '))`,
      script: `tracker.setUser({ em: '${HASH}', ph: '+49 151 1234567', external_id: undefined })`,
    })
    await tab.run(`tracker.track(${MUG})`)
    await site.arrived(2)
    for (const { payload } of site.emulator.events()) {
      expect(payload['user_data']).toMatchObject({ em: expect.toBeOneOf([HASH, [HASH]]) })
      expect(payload['user_data']).not.toHaveProperty('ph')
    }
    expect(await tab.run('warned')).toEqual(['No SHA-256: ph', 'No SHA-256: external_id'])
  })

  it.each([
    ['Instagram’s on Android', { before: ANDROID_APP, userAgent: INSTAGRAM }],
    [
      'Facebook’s on iOS',
      {
        before: `webkit = { messageHandlers: { browserProperties: {
          postMessage: async (key) => key === 'clickID' && 'IwApp_click-1' } } }`,
      },
    ],
  ])('asks the app for the click id: %s', async (_app, given) => {
    const { site, tab, cookies } = await visit(browser, { ...given, script: 'tracker.page()' })
    await site.arrived(2)
    expect((await cookies())['_fbc']).toMatch(/^fb\.0\.\d{13}\.IwApp_click-1$/)
    for (const { payload } of site.emulator.events())
      expect(payload['user_data']).toMatchObject({ fbc: expect.stringContaining('IwApp_click-1') })
    expect(await tab.run('lost')).toEqual([])
  })

  it('waits for no app that is silent', async () => {
    const { site } = await visit(browser, {
      before:
        'webkit = { messageHandlers: { browserProperties: { postMessage: () => new Promise(() => {}) } } }',
      script: 'tracker.page()',
    })
    expect(await site.arrived(2)).toHaveLength(2)
  })

  it('needs of a Content-Security-Policy its own origin, and Meta’s for the Pixel', async () => {
    const { site, tab, url } = await visit(browser)
    const meta = new URL(site.pixelUrl).origin
    site.show('<script src="/events/c.js"></script>', {
      'content-security-policy': `default-src 'none'; script-src 'self' ${meta}; connect-src 'self'; img-src ${meta}`,
    })
    await tab.open(url('/strict'))
    const options = JSON.stringify({ pixelId: PIXEL_ID, pixelUrl: site.pixelUrl })
    const id = await tab.run<string>(`capi.createTracker(${options}).track(${MUG})`)
    expect(await site.arrived(2)).toEqual(pair('AddToCart', id))
  })

  it('leaves one global, and Meta’s two where it loads the Pixel', async () => {
    const { tab, url, site } = await visit(browser)
    site.show('')
    await tab.open(url('/bare'))
    const names = () => tab.run<string[]>('Object.getOwnPropertyNames(window)')
    const before = await names()
    site.show(
      `<script src="/events/c.js"></script><script>capi.createTracker({ pixelId: '1', pixelUrl: '/none.js' }).watch()</script>`,
    )
    await tab.open(url('/full'))
    expect((await names()).filter((name) => !before.includes(name)).sort()).toEqual([
      '_fbq',
      'capi',
      'fbq',
    ])
  })

  it.each([
    ['an address', '127.0.0.1', {}, /^fb\.0\./],
    ['a domain that is named', 'www.shop.test', { cookieDomain: 'www.shop.test' }, /^fb\.2\./],
    ['a domain that is another’s', 'www.shop.test', { cookieDomain: 'other.example' }, /^fb\.\d\./],
  ])('keeps its cookies on %s', async (_what, host, options, due) => {
    const { cookies } = await visit(browser, { host, options: { pixelId: false, ...options } })
    expect((await cookies())['_fbp']).toMatch(due)
  })

  it('has one browser id a page where the browser keeps no cookies', async () => {
    const { site, tab } = await visit(browser, {
      options: { pixelId: false },
      before: `Object.defineProperty(document, 'cookie', { get: () => '', set() {} })`,
    })
    await tab.run(`tracker.track('Lead'), tracker.track('Lead')`)
    await site.arrived(2)
    const users = site.emulator
      .events()
      .map(({ payload }) => payload['user_data'] as { fbp?: string })
    expect(users[0]?.fbp).toMatch(/^fb\.0\.\d{13}\.\d+$/)
    expect(users[1]?.fbp).toBe(users[0]?.fbp)
  })

  it('throws for no arguments, and reports what can be', async () => {
    const { site, tab } = await visit(browser)
    const given = [
      'null, null',
      '{ value: 10n }',
      `{}, 'text'`,
      '(() => { const a = {}; return (a.a = a) })()',
    ]
    const calls = given.map((args) => `tracker.track('Lead', ${args})`)
    const ids = await tab.run<string[]>(`[${calls.join()}]`)
    expect(await site.arrived(8)).toEqual(ids.flatMap((id) => pair('Lead', id)).sort())
  })
})
