import express, { type RequestHandler } from 'express'
import express4 from 'express4'
import { describe, expect, it } from 'vitest'
import { capiCollector, capiMiddleware } from '../../src/index.ts'
import { createWorld, serve } from '../serve.ts'

const ORIGIN = 'https://shop.example'
const VIEW = {
  event_name: 'ViewContent',
  event_id: 'view.1',
  custom_data: { content_ids: ['mug'] },
}

async function mount(before: readonly RequestHandler[] = [], factory = express) {
  const world = createWorld()
  const refusals: [reason: string, path: string | undefined][] = []
  const app = factory()
  for (const handler of before) app.use(handler)
  app.use(capiMiddleware({ client: world.client }))
  app.use(
    '/collect',
    capiCollector({
      allowedOrigins: [ORIGIN],
      events: ['ViewContent'],
      logger: world.logger,
      onRefused: (reason, req) => void refusals.push([reason, (req as never)['originalUrl']]),
    }),
  )
  const url = `${await serve(app as never)}/collect`
  const post = (type = 'application/json', body: string | null = JSON.stringify(VIEW)) =>
    fetch(url, {
      method: 'POST',
      body,
      headers: { origin: ORIGIN, 'user-agent': 'UA/1', 'content-type': type },
    })
  return { ...world, url, refusals, post }
}

describe.each([
  ['Express 5', express],
  ['Express 4', express4],
] as const)('on %s takes', (_name, factory) => {
  it.each([
    ['JSON that a parser read', 'application/json', [express.json()]],
    ['JSON whose bytes a parser kept', 'application/json', [express.json({ verify: keepBytes })]],
    ['text that a parser read', 'text/plain', [express.text()]],
    ['bytes that a parser read', 'application/json', [express.raw({ type: '*/*' })]],
    ['text that a JSON parser left', 'text/plain', [express.json()]],
    ['text that two parsers left', 'text/plain', [express.json(), express.urlencoded()]],
  ] as [string, string, RequestHandler[]][])('%s', async (_kind, type, before) => {
    const { post, sent, refusals } = await mount(before, factory)
    expect((await post(type)).status).toBe(204)
    expect(refusals).toEqual([])
    expect(await sent()).toMatchObject([VIEW])
  })
})

function keepBytes(req: object, _res: object, bytes: Buffer): void {
  Object.assign(req, { rawBody: bytes })
}

it('logs once that something in front ate the body', async () => {
  const eater: RequestHandler = (req, _res, next) => void req.on('end', next).resume()
  const { post, log, refusals } = await mount([eater])
  await post()
  await post()
  const refusal = ['body_already_read', '/collect']
  expect(refusals).toEqual([refusal, refusal])
  expect(log).toEqual([expect.stringMatching(/^@capi\/express: body_already_read\. /)])
})

it('refuses an empty body that a parser left as an empty object', async () => {
  const { post, refusals } = await mount([express.json()], express4)
  await post('text/plain', null)
  expect(refusals.map(([reason]) => reason)).toEqual(['malformed'])
})

it('leaves other methods to the application', async () => {
  const { url } = await mount()
  expect((await fetch(url)).status).toBe(404)
})

it('explains itself without the middleware', async () => {
  const app = express()
  app.use('/collect', capiCollector({ allowedOrigins: [ORIGIN], events: [] }))
  app.use(
    ((error, _req, res, _next) =>
      void res.status(500).send(error.message)) as express.ErrorRequestHandler,
  )
  const response = await fetch(`${await serve(app as never)}/collect`, { method: 'POST' })
  expect(await response.text()).toContain('app.use(capiMiddleware())')
})

it('refuses options that would stand open under its own name', () => {
  const options = { allowedOrigins: [ORIGIN], events: ['Lead'], allowedOrigin: ORIGIN }
  const { log, logger } = createWorld()
  capiCollector({ ...options, logger } as never)
  expect(log).toEqual([expect.stringContaining('@capi/express: capiCollector ignores')])
  expect(() => capiCollector({ ...options, allowedOrigins: ['*'] })).toThrow('allowedOrigins')
})
