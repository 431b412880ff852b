import { createEmulator } from '@capi/emulator'
import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { capi, capiCollector } from '../src/hono.ts'

function world(more = {}) {
  const emulator = createEmulator()
  const app = new Hono()
  const middleware = capi({
    pixelId: '1234567890',
    accessToken: 'token',
    fetch: emulator.fetch,
    ...more,
  })
  app.use(middleware)
  return { app, middleware, sent: () => emulator.events().map(({ payload }) => payload) }
}

const PAGE = { headers: { accept: 'text/html', 'user-agent': 'UA/1' } }
const COOKIE = /^_fbp=fb\.1\.\d+\.\d+; Max-Age=7776000; Path=\/; SameSite=Lax; Secure$/

it.each<[name: string, add: (app: Hono) => unknown, own?: readonly string[]]>([
  ['c.text', (app) => app.get('/', (c) => c.text('ok'))],
  ['a Response of its own', (app) => app.get('/', () => new Response('ok'))],
  ['Response.json', (app) => app.get('/', () => Response.json({}))],
  [
    'an immutable redirect',
    (app) => app.get('/', () => Response.redirect('https://a.example', 302)),
  ],
  ['a fetched response', (app) => app.get('/', () => fetch('data:text/html,ok'))],
  [
    'an error',
    (app) =>
      app.get('/', () => {
        throw new Error('no')
      }),
  ],
  ['a 404', (app) => app],
  [
    'cookies of the application',
    (app) =>
      app.get('/', (c) => {
        c.header('set-cookie', 'a=1')
        c.header('set-cookie', 'b=2', { append: true })
        return c.text('ok')
      }),
    ['a=1', 'b=2'],
  ],
  [
    'cookies of an immutable response',
    (app) =>
      app
        .use(async (c, next) => {
          await next()
          c.header('set-cookie', 'a=1', { append: true })
        })
        .get('/', () => Response.redirect('https://a.example', 302)),
    ['a=1'],
  ],
])('sets the cookie beside %s', async (_name, add, own = []) => {
  const { app } = world()
  app.onError((_error, c) => c.text('sorry', 500))
  add(app)
  const response = await app.request('https://shop.example/', PAGE)
  expect(response.headers.getSetCookie()).toEqual([...own, expect.stringMatching(COOKIE)])
})

it('takes events from pages, and serves the page’s script', async () => {
  const { app, middleware, sent } = world()
  app.use(
    '/events/*',
    capiCollector({
      allowedOrigins: ['https://shop.example'],
      events: ['ViewContent'],
      script: { name: 'c.1.js', text: 'void 0' },
    }),
  )
  const response = await app.request('https://shop.example/events', {
    method: 'POST',
    headers: { origin: 'https://shop.example', 'content-type': 'text/plain', 'user-agent': 'UA/1' },
    body: JSON.stringify({ event_name: 'ViewContent', event_id: 'view.1' }),
  })
  expect(response.status).toBe(204)
  const script = await app.request('https://shop.example/events/c.js')
  expect(await script.text()).toBe('void 0')
  expect((await app.request('https://shop.example/events/other.js')).status).toBe(404)
  await middleware.client.flush()
  expect(sent()).toMatchObject([{ event_name: 'ViewContent', event_id: 'view.1' }])
})
