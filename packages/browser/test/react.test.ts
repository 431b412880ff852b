import { hasChromium } from '@capi/testing/chromium'
import { build } from 'esbuild'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CapiProvider, useCapi } from '../src/react.ts'
import { pair, until, visit } from './cases.ts'
import { PIXEL_ID } from './site.ts'
import { startChromium, type TestBrowser } from './visitor.ts'

async function application(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [new URL('react-app.ts', import.meta.url).pathname],
    bundle: true,
    write: false,
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"development"' },
  })
  return outputFiles
    .map(({ text }) => text)
    .join('')
    .replaceAll('</script', '<\\/script')
}

describe.skipIf(!hasChromium())('a React application, in Chromium,', { timeout: 60_000 }, () => {
  let browser: TestBrowser
  let app = ''
  beforeAll(async () => {
    app = await application()
    browser = await startChromium()
  })
  afterAll(() => browser?.close())

  const open = async (props: object) => {
    const visited = await visit(browser, { options: { consent: 'denied' } })
    const { site, tab, url } = visited
    site.show(`<body><script>${app}</script></body>`)
    await tab.open(url('/'))
    const all = { pixelId: PIXEL_ID, pixelUrl: site.pixelUrl, ...props }
    await tab.run(`void (window.again = start(${JSON.stringify(all)}))`)
    return { ...visited, all }
  }
  const click = (text: string) =>
    `[...document.querySelectorAll('a, button')].find((one) => one.textContent === '${text}')?.click() ?? true`

  it('counts each page of React Router once, and tracks from a component', async () => {
    const { site, tab, url } = await open({})
    await until(tab, '!!document.querySelector("a")', true)
    await tab.run(click('Mug'))
    await until(tab, '!!document.querySelector("button")', true)
    await tab.run(click('Add'))
    const arrived = await site.arrived(6)
    expect(arrived).toHaveLength(6)
    expect(arrived).toEqual(expect.arrayContaining(pair('AddToCart', 'cart.1')))
    const views = site.emulator.events({ source: 'server', event_name: 'PageView' })
    expect(views.map(({ payload }) => payload['event_source_url'])).toEqual([url('/'), url('/mug')])
    expect(site.emulator.pairs().pairs).toHaveLength(3)
  })

  it('follows the consent that it is given', async () => {
    const { site, tab, all } = await open({
      consent: 'pending',
      pageViews: { pageViewId: 'view.1' },
    })
    await until(tab, '!!document.querySelector("a")', true)
    await tab.run(click('Mug'))
    await until(tab, '!!document.querySelector("button")', true)
    expect(await tab.run('document.cookie')).toBe('')
    await tab.run(`void again(${JSON.stringify({ ...all, consent: 'granted' })})`)
    const arrived = await site.arrived(3)
    expect(arrived).toHaveLength(3)
    expect(arrived).toContain('browser PageView view.1')
  })

  it('counts no page where you do', async () => {
    const { site, tab } = await open({ pageViews: false })
    await until(tab, '!!document.querySelector("a")', true)
    await tab.run(click('Mug'))
    await until(tab, '!!document.querySelector("button")', true)
    await tab.run(click('Add'))
    expect(await site.arrived(2)).toEqual(pair('AddToCart', 'cart.1'))
  })
})

describe('on a server, a React application', () => {
  it('renders, and does nothing else', () => {
    const Child = () => `has a tracker: ${typeof useCapi().track}`
    const app = createElement(CapiProvider, { pixelId: PIXEL_ID }, createElement(Child))
    expect(renderToString(app)).toBe('has a tracker: function')
  })

  it('throws where the provider is missing', () => {
    const Child = () => typeof useCapi()
    expect(() => renderToString(createElement(Child))).toThrow('CapiProvider')
  })
})
