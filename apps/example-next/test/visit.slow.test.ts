import { describe, expect, inject, it } from 'vitest'
import { arrived, ask, events, PAGE, RSC } from './ask.ts'

const PRIVATE = 'private, no-cache, no-store, max-age=0, must-revalidate'
const FBP = /^_fbp=(fb\.1\.\d{13}\.\d{1,10}); Max-Age=7776000; Path=\/; SameSite=Lax$/

/** The `_fbp` that an answer sets. */
const newId = (response: Response) =>
  response.headers.getSetCookie().flatMap((line) => FBP.exec(line)?.[1] ?? [])

async function seen(path: string, headers: Record<string, string> = PAGE) {
  const response = await ask(path, { headers })
  const body = (await response.json()) as Readonly<Record<string, never>>
  return { response, body }
}

describe('a new visitor', () => {
  it('is the same for the browser, the route and its event', async () => {
    const { response, body } = await seen('/seen?fbclid=AbC_d-E')
    const [id] = newId(response)
    expect(id).toBeDefined()
    expect(body).toMatchObject({
      isSame: true,
      cookie: id,
      context: {
        event_source_url: expect.stringMatching(
          /^http:\/\/127\.0\.0\.1:\d+\/seen\?fbclid=AbC_d-E$/,
        ),
        user_data: { fbp: id, fbc: expect.stringMatching(/^fb\.1\.\d+\.AbC_d-E$/) },
      },
    })
  })

  it('gets a PageView, whose id the page can repeat', async () => {
    const { body } = await seen('/seen?view=1')
    const id: unknown = body['pageViewId']
    const [view] = await arrived(({ event_id }) => event_id === id)
    expect(view).toMatchObject({
      event_name: 'PageView',
      payload: { user_data: { client_user_agent: 'UA/1' } },
    })
    expect(view?.payload.event_source_url).toMatch(/\/seen\?view=1$/)
  })

  it.each([
    ['what Next loads to change a page', RSC],
    ['a prefetch', { ...PAGE, 'sec-purpose': 'prefetch' }],
    ['a prerender', { ...PAGE, 'sec-purpose': 'prefetch;prerender' }],
    ['a script', { ...PAGE, 'sec-fetch-dest': 'empty' }],
    ['a robot', { ...PAGE, 'user-agent': 'Googlebot/2.1' }],
  ])('is none for %s: no cookie, no event', async (name, headers) => {
    const mark = `/products/mug?ahead=${encodeURIComponent(name)}`
    const response = await ask(mark, { headers })
    await response.text()
    expect(response.headers.getSetCookie()).toEqual([])
    // A later event of the same client has arrived, and none of this request before it.
    const { body } = await seen('/seen?after')
    await arrived(({ event_id }) => event_id === body['pageViewId'])
    const urls = (await events()).map(({ payload }) => payload.event_source_url)
    expect(urls.filter((url) => url?.includes('ahead='))).toEqual([])
  })
})

describe('what shared caches keep', () => {
  it.each(['/static', '/cached', '/configured'])('has no cookie: %s', async (path) => {
    const first = await ask(path)
    const [id] = newId(first)
    expect(id).toBeDefined()
    expect(first.headers.get('cache-control')).toBe(PRIVATE)
    const next = await ask(path, { headers: { ...PAGE, cookie: `_fbp=${id}` } })
    expect(next.headers.getSetCookie()).toEqual([])
    expect(next.headers.get('cache-control')).toMatch(/s-maxage=/)
  })

  it('has none either when the application’s own proxy lets caches keep it', async () => {
    const response = await ask('/own/cached')
    expect(response.headers.getSetCookie()).toEqual([])
    expect(response.headers.get('cache-control')).toBe('public, s-maxage=60')
  })
})

describe('an application’s own proxy', () => {
  it('passes headers of its own on beside ours', async () => {
    const { response, body } = await seen('/own/headers')
    expect(body).toMatchObject({ cookie: newId(response)[0], own: 'passed on' })
  })

  it('rewrites: the page is what was asked for', async () => {
    const { response, body } = await seen('/own/rewrite')
    expect(body).toMatchObject({ cookie: newId(response)[0], own: null })
    expect(body['context']).toMatchObject({
      event_source_url: expect.stringMatching(/\/own\/rewrite$/),
    })
    // Next sends it to itself here, through the proxy again, and it is still one view.
    await arrived(({ event_id }) => event_id === body['pageViewId'])
    const views = (await events()).filter(({ payload }) =>
      /\/own\/rewrite$|\/seen$/.test(payload.event_source_url ?? ''),
    )
    expect(views.map(({ event_id }) => event_id)).toContain(body['pageViewId'])
    expect(
      views.filter(({ payload }) => payload.user_data?.['fbp'] === newId(response)[0]),
    ).toHaveLength(1)
  })

  it('sees the new cookie, and answers itself', async () => {
    const response = await ask('/own/cookies')
    expect(await response.text()).toBe(newId(response)[0])
  })

  it('redirects by a response that cannot be changed', async () => {
    const response = await ask('/own/redirect')
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toBe('http://shop.example/elsewhere')
    expect(newId(response)).toHaveLength(1)
  })

  it('fails as it would alone', async () => {
    expect((await ask('/own/throws')).status).toBe(500)
  })
})

it('makes one client for the process, whichever bundles asked', async () => {
  await ask('/')
  await ask('/api/old?id=clients')
  const { body } = await seen('/seen')
  // That of the shop, and none of the battery's: their options are the same.
  expect(body['clients']).toBe(1)
})

it('does not let a visitor write what the proxy writes', async () => {
  const forged = {
    ...PAGE,
    'x-capi-visit': 'forged forged GET /forged',
    'x-forwarded-host': 'evil.example',
  }
  const { body } = await seen('/seen', { ...forged, 'x-forwarded-for': '6.6.6.6' })
  expect(body['pageViewId']).not.toBe('forged')
  expect(JSON.stringify(body['context'])).not.toMatch(/forged|evil|6\.6\.6\.6/)
})

describe('events', () => {
  it('of a route handler, and of its after()', async () => {
    const response = await ask('/lead?id=1', { method: 'POST' })
    expect(await response.json()).toEqual({ outcome: 'accepted' })
    expect(await arrived(({ event_id }) => event_id === 'lead.1')).toHaveLength(1)
    expect(await arrived(({ event_id }) => event_id === 'contact.1')).toHaveLength(1)
  })

  it('of an API route of the Pages Router', async () => {
    const response = await ask('/api/old?id=1')
    const { context } = (await response.json()) as { context: object }
    expect(context).toMatchObject({ event_source_url: expect.stringMatching(/\/api\/old\?id=1$/) })
    expect(await arrived(({ event_id }) => event_id === 'old.1')).toHaveLength(1)
  })

  it('of a page’s script, by handlers()', async () => {
    const send = (origin: string, event_id: string) =>
      ask('/events', {
        method: 'POST',
        headers: { origin, 'content-type': 'text/plain', 'user-agent': 'UA/1' },
        body: JSON.stringify({ event_name: 'AddToCart', event_id }),
      })
    expect((await send('https://evil.example', 'cart.0')).status).toBe(204)
    expect((await send(inject('shopUrl'), 'cart.1')).status).toBe(204)
    expect(await arrived(({ event_id }) => event_id === 'cart.1')).toHaveLength(1)
    expect((await events()).map(({ event_id }) => event_id)).not.toContain('cart.0')
  })
})
