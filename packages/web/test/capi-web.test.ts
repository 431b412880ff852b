import { describe, expect, it } from 'vitest'
import { IP, page, webWorld } from './world.ts'

const HERE = { remoteAddress: IP }
const COOKIE = /^_fbp=fb\.1\.\d+\.\d+; Max-Age=7776000; Path=\/; SameSite=Lax; Secure$/
const cookiesOf = ({ headers }: Response) => headers.getSetCookie()

/** As `fetch` gives it: its headers cannot be changed. */
const fetched = (head = '') => fetch(`data:text/html${head},ok`)

describe('open and finish', () => {
  it('give a page its cookies and its view, and the same ids to what runs behind', async () => {
    const { web, sent } = webWorld({ autoPageView: true })
    const visit = web.open(page('/p?fbclid=AbC', { cookie: 'a=b; _fbc=old' }), HERE)
    expect(visit.cookieHeader).toMatch(/^a=b; _fbc=fb\.1\.\d+\.AbC; _fbp=fb\.1\.\d+\.\d+$/)
    const response = new Response('ok')
    expect(visit.finish(response)).toBe(response)
    const set = cookiesOf(response).map((line) => line.split(';')[0])
    expect(`a=b; ${set.join('; ')}`).toBe(visit.cookieHeader)
    expect(await sent()).toMatchObject([
      {
        event_name: 'PageView',
        event_id: visit.capi.pageViewId,
        event_source_url: 'https://shop.example/p?fbclid=AbC',
        user_data: { client_ip_address: IP, client_user_agent: 'UA/1' },
      },
    ])
  })

  it('leave the Cookie header as it is where nothing is set', () => {
    const { web } = webWorld({ consent: 'denied' })
    expect(web.open(page('/', { cookie: 'a=b;c=d' })).cookieHeader).toBe('a=b; c=d')
    expect(web.open(page()).cookieHeader).toBeUndefined()
    expect(
      web.open(new Request('https://shop.example/api', { method: 'POST' })).cookieHeader,
    ).toBeUndefined()
  })

  it('give one request one tracker, and finish it once', async () => {
    const { web, sent } = webWorld({ autoPageView: true })
    const request = page()
    expect(web.open(request).capi).toBe(web.open(request, HERE).capi)
    const first = web.open(request).finish(new Response('ok'))
    expect(cookiesOf(web.open(request).finish(first))).toHaveLength(1)
    expect(await sent()).toHaveLength(1)
  })

  it.each([
    ['a page of its own', async () => new Response('ok')],
    ['a redirect', async () => Response.redirect('https://a.example/', 302)],
    ['a fetched page', () => fetched()],
    ['an error page', async () => new Response('no', { status: 500 })],
    ['a page without content', async () => new Response(null, { status: 204 })],
    [
      'a stream',
      async () =>
        new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(new TextEncoder().encode('ok'))
              controller.close()
            },
          }),
        ),
    ],
  ])('set the cookie on %s, and change nothing else', async (_name, answer) => {
    const { web } = webWorld()
    const [plain, response] = [await answer(), web.open(page()).finish(await answer())]
    expect(cookiesOf(response)).toEqual([expect.stringMatching(COOKIE)])
    response.headers.delete('set-cookie')
    expect([...response.headers]).toEqual([...plain.headers])
    expect([response.status, response.statusText]).toEqual([plain.status, plain.statusText])
    expect(await response.text()).toBe(await plain.text())
  })

  it.each(['public, max-age=60', 's-maxage=60', 'max-age=0, s-maxage=60'])(
    'set no cookie on a page that shared caches keep (%s)',
    (value) => {
      const { web } = webWorld()
      const response = new Response('ok', { headers: { 'cache-control': value } })
      expect(cookiesOf(web.open(page()).finish(response))).toEqual([])
    },
  )

  it('leave the cookies of the application alone', () => {
    const { web } = webWorld()
    const headers = new Headers([
      ['set-cookie', '_fbp=own'],
      ['set-cookie', 'a=b'],
    ])
    expect(
      cookiesOf(web.open(page('/?fbclid=AbC')).finish(new Response('ok', { headers }))),
    ).toEqual(['_fbp=own', 'a=b', expect.stringMatching(/^_fbc=/)])
  })

  it('return a response as it is where there can be no copy, and report that once', async () => {
    const { web, log } = webWorld()
    for (let time = 0; time < 2; time++) {
      const used = await fetched()
      await used.text()
      expect(web.open(page(), HERE).finish(used)).toBe(used)
    }
    const failed = Response.error()
    expect(web.open(page(), HERE).finish(failed)).toBe(failed)
    expect(log).toEqual([
      expect.stringMatching(/^@capi\/web: .*body was read.*\(response_used\)\.$/),
    ])
  })

  it.each([undefined, null, 'ok', {}])('return %j as it is', (answer) => {
    const { web } = webWorld()
    expect(web.open(page()).finish(answer as never)).toBe(answer)
  })
})

describe('handle', () => {
  it('hands the tracker to the handler, and finishes its response', async () => {
    const { web, sent } = webWorld()
    const response = await web.handle(page(), HERE, async (capi) => {
      await capi.track('Lead', {}, { event_id: 'lead.1' })
      return Response.redirect('https://a.example/', 303)
    })
    expect([response.status, cookiesOf(response).length]).toEqual([303, 1])
    expect(await sent()).toMatchObject([{ event_id: 'lead.1' }])
  })

  it('throws what the handler throws, and delivers what it tracked', async () => {
    const { web, emulator } = webWorld()
    const works: Promise<unknown>[] = []
    const platform = {
      ...HERE,
      isolated: true,
      waitUntil: (work: Promise<unknown>) => void works.push(work),
    }
    const handled = web.handle(page(), platform, async (capi) => {
      await capi.track('Lead')
      throw new RangeError('no')
    })
    await expect(handled).rejects.toThrow(RangeError)
    await Promise.all(works)
    expect(emulator.events()).toHaveLength(1)
  })
})

describe('options', () => {
  it('stop the start where one is malformed, with the name of the function', () => {
    expect(() => webWorld({ address: 'heroku' as never })).toThrow(
      expect.objectContaining({
        code: 'config_invalid',
        message: expect.stringContaining('address'),
      }),
    )
    expect(() => webWorld({ waitUntil: 'yes' as never })).toThrow(/waitUntil/)
    expect(() => webWorld({ consnt: () => 'granted' } as never)).toThrow(/capiWeb.*"consent"/)
    expect(() => webWorld({ siteUrl: 'shop.example' })).toThrow(/siteUrl/)
  })

  it('report a misspelt one', () => {
    const { log } = webWorld({ adress: 'vercel' } as never)
    expect(log).toEqual([expect.stringMatching(/^@capi\/web: .*"adress".*address/)])
  })
})
