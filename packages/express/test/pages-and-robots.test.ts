import express from 'express'
import { describe, expect, it } from 'vitest'
import { capiMiddleware, type RequestOptions } from '../src/index.ts'
import { createWorld, PAGE, serve } from './serve.ts'

async function shop(options: RequestOptions = {}) {
  const world = createWorld()
  const app = express()
  app.use(
    capiMiddleware({ client: world.client, logger: world.logger, autoPageView: true, ...options }),
  )
  app.get('/', (_req, res) => void res.send('ok'))
  app.get('/id', (req, res) => {
    const { cache } = req.query as { cache: string }
    res.set('Cache-Control', cache).send(req.capi.pageViewId)
  })
  app.get('/head', (req, res) => {
    res.writeHead(200, { 'Cache-Control': 'public, s-maxage=60' }).end(req.capi.pageViewId)
  })
  app.get('/no-id', (_req, res) => void res.set('Cache-Control', 'public, max-age=600').send('ok'))
  const url = await serve(app as never)
  const get = (path: string, headers: object = {}) =>
    fetch(url + path, { headers: { ...PAGE, ...headers } })
  return { ...world, get }
}

describe('autoPageView', () => {
  it.each([
    ['Googlebot', { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' }],
    ['the crawler of Facebook', { 'user-agent': 'facebookexternalhit/1.1' }],
    ["a prefetch of Facebook's app", { 'user-agent': 'Mozilla/5.0 [FBAN/FBIOS;FBRV/83160404]' }],
    ["a prefetch of Facebook's app, by its header", { 'x-purpose': 'preview' }],
    ['a prefetch of the browser', { 'sec-purpose': 'prefetch' }],
  ])('sends no PageView and sets no cookie for %s', async (_name, headers) => {
    const { get, sent } = await shop()
    expect((await get('/', headers)).headers.getSetCookie()).toEqual([])
    expect(await sent()).toEqual([])
  })

  it("sends one for a person in Facebook's app", async () => {
    const { get, sent } = await shop()
    const response = await get('/', { 'user-agent': 'Mozilla/5.0 [FBAN/FBIOS;FBRV/0]' })
    expect(response.headers.getSetCookie()).toHaveLength(1)
    expect(await sent()).toMatchObject([{ event_name: 'PageView' }])
  })
})

describe('pageViewId', () => {
  const warnings = (log: readonly string[]) => log.filter((line) => line.includes('page_id_cached'))

  it.each(['/id?cache=public,max-age=600', '/id?cache=s-maxage=60', '/head'])(
    'on a page that a shared cache keeps is warned of, once: %s',
    async (path) => {
      const { get, log } = await shop()
      await get(path)
      await get(path)
      expect(warnings(log)).toEqual([expect.stringContaining('Send it as private')])
    },
  )

  it('is warned of without cookies, too', async () => {
    const { get, log } = await shop({ cookies: false })
    const response = await get('/head')
    expect(response.headers.getSetCookie()).toEqual([])
    expect(warnings(log)).toHaveLength(1)
  })

  it.each(['/no-id', '/id?cache=private,max-age=600', '/id?cache=no-store', '/'])(
    'is fine on %s',
    async (path) => {
      const { get, log } = await shop()
      await get(path)
      expect(warnings(log)).toEqual([])
    },
  )

  it('is the id of the PageView that is sent', async () => {
    const { get, sent } = await shop()
    const id = await (await get('/id?cache=private')).text()
    expect(await sent()).toMatchObject([{ event_name: 'PageView', event_id: id }])
  })
})
