import { expect, it, onTestFinished } from 'vitest'
import { PIXEL_ID, type Site, startSite } from './site.ts'
import { PLAIN_HOST, type Tab, type TestBrowser, type Visitor } from './visitor.ts'

/** What a visit starts with. */
export interface Visit {
  readonly options?: object
  readonly path?: string
  readonly host?: string
  /** Before the tracker is made. */
  readonly before?: string
  /** Behind it. */
  readonly script?: string
  readonly userAgent?: string
  readonly headers?: Readonly<Record<string, string>>
  /** A path that is blocked. */
  readonly blocked?: string
}

export interface Visited {
  readonly site: Site
  readonly visitor: Visitor
  readonly tab: Tab
  /** The address of another page of the site. */
  readonly url: (path: string) => string
  readonly cookies: () => Promise<Readonly<Record<string, string>>>
}

export const MUG = `'AddToCart', { content_ids: ['mug'], value: 12.5, currency: 'EUR' }`

/** A visitor on a page with the tracker, until the test ends. */
export async function visit(browser: TestBrowser, given: Visit = {}): Promise<Visited> {
  const { options, path = '/', host = 'localhost', before = '', script = '' } = given
  const site = await startSite()
  const visitor = await browser.visitor(given.userAgent)
  onTestFinished(async () => {
    await visitor.leave()
    await site.close()
  })
  const all = JSON.stringify({ pixelId: PIXEL_ID, pixelUrl: site.pixelUrl, ...options })
  site.show(
    `<title>shop</title><script>${before}</script><script src="/events/c.js"></script><script>
     const lost = []
     const tracker = capi.createTracker({ onBlocked: (copy) => lost.push(copy), ...${all} })
     ${script}</script>`,
    given.headers,
  )
  const url = (to: string) => `http://${host}:${site.port}${to}`
  const tab = await visitor.tab()
  if (given.blocked !== undefined) await visitor.block(given.blocked)
  await tab.open(url(path))
  const cookies = async () => {
    const text = await tab.run<string>('document.cookie')
    return Object.fromEntries(text.split('; ').map((pair) => pair.split('=') as [string, string]))
  }
  return { site, visitor, tab, url, cookies }
}

/** A condition in the page, within a deadline. */
export async function until(tab: Tab, expression: string, value: unknown): Promise<void> {
  const read = () => tab.run(expression).catch(() => undefined)
  await expect.poll(read, { timeout: 15_000 }).toEqual(value)
}

/** Both copies of an event, as `arrived` has them. */
export const pair = (name: string, id: string) => [`browser ${name} ${id}`, `server ${name} ${id}`]

/** What holds in every browser. */
export function commonCases(browser: () => TestBrowser): void {
  it('reports an event from the Pixel and from the server, which counts once', async () => {
    const { site, tab, url, cookies } = await visit(browser(), {
      path: '/mug?a=1&fbclid=IwAR0aBc_D-e',
    })
    const id = await tab.run<string>(`tracker.track(${MUG})`)
    expect(await site.arrived(2)).toEqual(pair('AddToCart', id))
    expect(site.emulator.pairs().pairs).toHaveLength(1)
    const { _fbc = '', _fbp = '' } = await cookies()
    expect(_fbc).toMatch(/^fb\.0\.\d{13}\.IwAR0aBc_D-e$/)
    expect(_fbp).toMatch(/^fb\.0\.\d{13}\.\d+$/)
    for (const { payload } of site.emulator.events())
      expect(payload).toMatchObject({
        event_source_url: url('/mug?a=1&fbclid=IwAR0aBc_D-e'),
        user_data: { fbc: _fbc, fbp: _fbp },
      })
    expect(await tab.run('lost')).toEqual([])
    expect(site.refused).toEqual([])
  })

  it('sends the server’s copy where the Pixel is blocked, and reports that', async () => {
    const { site, tab } = await visit(browser(), { blocked: '/en_US/fbevents.js' })
    const id = await tab.run<string>(`tracker.track(${MUG})`)
    expect(await site.arrived(1)).toEqual([`server AddToCart ${id}`])
    await until(tab, 'lost', ['pixel'])
  })

  it('sends the Pixel’s copy where the collector is blocked, and reports that', async () => {
    const { site, tab, visitor } = await visit(browser())
    await visitor.block('/events')
    const id = await tab.run<string>(`tracker.track(${MUG})`)
    expect(await site.arrived(1)).toEqual([`browser AddToCart ${id}`])
    await until(tab, 'lost', ['server'])
  })

  it('waits for consent: no cookie, no script of Meta’s, then the first 50 events', async () => {
    const { site, tab, cookies } = await visit(browser(), {
      options: { consent: 'pending' },
      path: '/?fbclid=IwAR0aBc_D-e',
      script: `for (let n = 0; n < 60; n++) tracker.track('Lead', {}, { event_id: 'lead.' + n })`,
    })
    expect(await tab.run('[!!window.fbq, document.cookie, document.scripts.length]')).toEqual([
      false,
      '',
      3,
    ])
    await tab.run(`history.pushState({}, '', '/next'), tracker.setConsent('granted')`)
    const arrived = await site.arrived(100)
    const due = Array.from({ length: 50 }, (_, n) => pair('Lead', `lead.${n}`)).flat()
    expect(arrived).toEqual(due.sort())
    expect((await cookies())['_fbc']).toMatch(/IwAR0aBc_D-e$/)
    expect(site.asked).not.toContain('/next')
  })

  it('sends what is tracked while the visitor leaves', async () => {
    const { site, tab, url } = await visit(browser(), {
      script: `addEventListener('pagehide', () => tracker.track('Lead', {}, { event_id: 'last' }))`,
    })
    await until(tab, '!!fbq.callMethod', true)
    await tab.run(
      `void (tracker.track(${MUG}, { event_id: 'click' }), (location.href = '${url('/?next')}'))`,
    )
    await until(tab, 'location.search', '?next')
    await expect
      .poll(() => site.arrived(2), { timeout: 15_000 })
      .toEqual(expect.arrayContaining(['server AddToCart click', 'server Lead last']))
  })

  it('counts a page that the back-forward cache brings back', async () => {
    const { site, tab, url } = await visit(browser(), {
      script: 'window.born = Math.random(); tracker.watch()',
    })
    const born = await tab.run('born')
    await tab.open(url('/other'))
    await tab.back()
    await until(tab, 'location.pathname', '/')
    expect(await tab.run('born')).toBe(born)
    const arrived = await site.arrived(6)
    expect(new Set(arrived).size).toBe(6)
    const views = site.emulator
      .events({ source: 'server' })
      .map(({ payload }) => payload['event_source_url'])
    expect(views).toEqual([url('/'), url('/other'), url('/')])
    // A beacon is for the end of a page alone: it would not notice a blocker.
    await tab.run(`tracker.track(${MUG})`)
    expect(await site.arrived(8)).toHaveLength(8)
  })

  it('counts the pages of a single-page application, by their path', async () => {
    const { site, tab, url } = await visit(browser(), { path: '/?a', script: 'tracker.watch()' })
    await tab.run(`history.replaceState({}, '', '/?filter=1'), history.pushState({}, '', '/#top')`)
    await tab.run(`history.pushState({}, '', '/mug'), history.pushState({}, '', '/mug?size=2')`)
    await tab.run(`history.go(-2)`)
    await until(tab, 'location.pathname', '/')
    await site.arrived(6)
    const of = (source: string) =>
      site.emulator.events({ source } as never).map(({ payload }) => payload['event_source_url'])
    expect(new Set(of('server'))).toEqual(new Set([url('/'), url('/?a'), url('/mug')]))
    expect(of('server')).toHaveLength(3)
    expect(of('browser')).toHaveLength(3)
    expect(await tab.run('[fbq.disablePushState, fbq.allowDuplicatePageViews]')).toEqual([
      true,
      true,
    ])
    expect(site.emulator.pairs().pairs).toHaveLength(3)
  })

  it('works on a page of plain http, and shares its cookies with all sub-domains', async () => {
    const { site, tab, cookies } = await visit(browser(), {
      host: PLAIN_HOST,
      path: '/?fbclid=IwAR0aBc_D-e',
    })
    expect(await tab.run('isSecureContext')).toBe(false)
    const id = await tab.run<string>(`tracker.track(${MUG})`)
    expect(await site.arrived(2)).toEqual(pair('AddToCart', id))
    const { _fbc, _fbp } = await cookies()
    expect(_fbc).toMatch(/^fb\.1\.\d{13}\.IwAR0aBc_D-e$/)
    expect(_fbp).toMatch(/^fb\.1\.\d{13}\.\d+$/)
  })

  it('has one browser id in two tabs, and keeps the click of the later one', async () => {
    const { visitor, tab, url, cookies } = await visit(browser(), {
      options: { pixelId: false },
      path: '/?fbclid=first-click',
    })
    const { _fbp } = await cookies()
    const other = await visitor.tab()
    await other.open(url('/?fbclid=second-click'))
    await tab.run(`tracker.track(${MUG})`)
    expect((await cookies())['_fbp']).toBe(_fbp)
    expect((await cookies())['_fbc']).toMatch(/second-click$/)
  })

  it('cuts the contents of an event that is too large, and keeps its worth and its id', async () => {
    const { site, tab } = await visit(browser())
    const contents = `Array.from({ length: 2000 }, (_, n) => ({ id: 'product-number-' + n, quantity: 1 }))`
    const id = await tab.run<string>(
      `tracker.track('AddToCart', { contents: ${contents}, value: 12.5, currency: 'EUR', order_id: 'ä'.repeat(99) })`,
    )
    expect(await site.arrived(1)).toContain(`server AddToCart ${id}`)
    const [event] = site.emulator.events({ source: 'server' })
    expect(event?.payload['custom_data']).toEqual({
      value: 12.5,
      currency: 'EUR',
      order_id: 'ä'.repeat(99),
    })
    expect(site.refused).toEqual([])
  })

  it('sends more at once than browsers keep alive', async () => {
    const { site, tab } = await visit(browser(), { options: { pixelId: false } })
    await tab.run(
      `void Array.from({ length: 12 }, (_, n) => tracker.track('Lead', { note: 'x'.repeat(15000) }, { event_id: 'big.' + n }))`,
    )
    expect(await site.arrived(12)).toHaveLength(12)
    expect(await tab.run('lost')).toEqual([])
  })
}
