import { Readable } from 'node:stream'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import type { FastifyInstance } from 'fastify'
import { describe, expect, it } from 'vitest'
import { PAGE, serve, shop } from './world.ts'

const cookieNames = (response: { headers: Headers }) =>
  response.headers.getSetCookie().map((line) => line.split('=')[0])

describe('cookies', () => {
  async function visit(
    prepare: (app: FastifyInstance) => unknown,
    path = '/',
  ): Promise<{ response: Response; body: string }> {
    const { app } = await shop()
    await app.register(cookie)
    await prepare(app)
    const url = await serve(app)
    const response = await fetch(url + path, { headers: PAGE, redirect: 'manual' })
    return { response, body: await response.text() }
  }

  it.each<[string, number, (app: FastifyInstance) => unknown]>([
    ['a text', 200, (app) => app.get('/', () => 'ok')],
    [
      'a stream',
      200,
      (app) => app.get('/', (_req, reply) => reply.send(Readable.from(['o', 'k']))),
    ],
    [
      'a web stream',
      200,
      (app) => app.get('/', (_req, reply) => reply.send(new Blob(['ok']).stream())),
    ],
    ['a web Response', 200, (app) => app.get('/', () => new Response('ok'))],
    [
      'an immutable Response',
      302,
      (app) => app.get('/', () => Response.redirect('https://shop.example/', 302)),
    ],
    ['a redirect', 302, (app) => app.get('/', (_req, reply) => reply.redirect('/cart'))],
    ['a page that does not exist', 404, () => {}],
    [
      'a not-found handler',
      404,
      (app) => app.setNotFoundHandler((_req, reply) => reply.code(404).send('none')),
    ],
    [
      'an error that is thrown',
      500,
      (app) =>
        app.get('/', async () => {
          throw new Error('boom')
        }),
    ],
    [
      'a hook that answers',
      401,
      (app) => {
        app.addHook('preHandler', (_req, reply) => reply.code(401).send('no'))
        app.get('/', () => 'ok')
      },
    ],
    [
      'a hijacked reply',
      200,
      (app) =>
        app.get('/', (_req, reply) => {
          reply.hijack()
          reply.raw.end('ok')
        }),
    ],
  ])('stand on %s', async (_name, status, prepare) => {
    const { response } = await visit(prepare)
    expect(response.status).toBe(status)
    expect(cookieNames(response)).toEqual(['_fbp'])
  })

  it('stand beside those of @fastify/cookie, of a hook and of a web Response', async () => {
    const { response } = await visit((app) => {
      app.addHook('onSend', async (_request, reply) => void reply.header('set-cookie', 'sent=1'))
      app.get('/', (_request, reply) => {
        void reply.setCookie('session', 's', { path: '/' })
        return new Response('ok', { headers: { 'set-cookie': 'own=1' } })
      })
    })
    expect(new Set(cookieNames(response))).toEqual(new Set(['_fbp', 'own', 'sent', 'session']))
  })

  it('are left out where the application sets or clears them itself', async () => {
    const { response } = await visit((app) =>
      app.get('/', (_request, reply) => reply.clearCookie('_fbp', { path: '/' }).send('ok')),
    )
    expect(cookieNames(response)).toEqual(['_fbp'])
    expect(response.headers.getSetCookie()[0]).toMatch(/^_fbp=;/)
  })

  it('are left out of pages that a shared cache keeps', async () => {
    const { response } = await visit((app) =>
      app.get('/', (_req, reply) => reply.header('cache-control', 's-maxage=60').send('ok')),
    )
    expect(cookieNames(response)).toEqual([])
  })
})

describe('automatic page views', () => {
  it('count answered pages, and neither errors nor redirects', async () => {
    const { app, sent } = await shop({ autoPageView: (request) => request.url !== '/health' })
    for (const [path, status] of [
      ['/', 200],
      ['/health', 200],
      ['/old', 302],
      ['/broken', 500],
    ] as const)
      app.get(path, (_request, reply) => reply.code(status).send('page'))
    const url = await serve(app)
    for (const path of ['/', '/health', '/old', '/broken', '/missing'])
      await (await fetch(url + path, { headers: PAGE, redirect: 'manual' })).text()
    expect(
      (await sent()).map((event) => new URL(String(event['event_source_url'])).pathname),
    ).toEqual(['/'])
  })

  it('have the id that the page shows', async () => {
    const { app, sent } = await shop({ autoPageView: true })
    app.get('/', (request) => request.capi.pageViewId)
    const response = await fetch(await serve(app), { headers: PAGE })
    expect(await sent()).toMatchObject([
      { event_name: 'PageView', event_id: await response.text() },
    ])
  })
})

it('leaves the body of a form to its parser', async () => {
  const { app, sent } = await shop()
  await app.register(formbody)
  app.post<{ Body: { email: string } }>('/contact', async (request) => {
    return await request.capi.track('Lead', {}, { user_data: { em: request.body.email } })
  })
  const url = await serve(app)
  const body = new URLSearchParams({ email: 'anna@example.com' })
  await fetch(`${url}/contact`, { method: 'POST', headers: PAGE, body })
  expect(await sent()).toMatchObject([
    { user_data: { em: [expect.stringMatching(/^[0-9a-f]{64}$/)] } },
  ])
})
