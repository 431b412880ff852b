import { createServer } from 'node:http'
import { type CapiOptions, createCapi } from '@capi/core'
import express from 'express'
import express4 from 'express4'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { capiCollector, capiMiddleware, getCapi, type RequestOptions } from '../src/index.ts'
import { PAGE, serve } from './serve.ts'

const boom = (): never => {
  throw new Error('boom')
}
const reject = (): never => Promise.reject(new Error('boom')) as never
const hang = (): never => new Promise(() => {}) as never

const FAULTS = { throws: boom, rejects: reject, 'never ends': hang } as const

const HOOKS = [
  'pageUrl',
  'consent',
  'user',
  'clientIp',
  'skip',
  'autoPageView',
  'cookieDomain',
  'trustedProxies',
] as const
const CLIENT_HOOKS = [
  'onIssue',
  'onDropped',
  'onDelivered',
  'accessToken',
  'fetch',
  'random',
  'parsePhone',
] as const
const STORE = ['put', 'lease', 'settle', 'sweep', 'recover', 'stats', 'close'] as const
const FRAMEWORKS = { 'Express 5': express, 'Express 4': express4 } as const

const unhandled: unknown[] = []
const onUnhandled = (reason: unknown) => void unhandled.push(reason)
beforeEach(() => {
  unhandled.length = 0
  process.on('unhandledRejection', onUnhandled)
})
afterEach(() => {
  process.removeListener('unhandledRejection', onUnhandled)
})

/** A page that tracks, behind a middleware with one broken part. */
async function visit(
  options: RequestOptions & CapiOptions,
  mount: (serving: ReturnType<typeof capiMiddleware>) => Promise<string>,
) {
  const quiet = { warn() {}, error() {} }
  const client = createCapi({
    pixelId: '1234567890',
    accessToken: 'token',
    logger: quiet,
    fetch: async () => Response.json({ events_received: 1 }),
    ...options,
    baseUrl: 'http://127.0.0.1:9',
  } as object)
  // What is for the client has been given to it above, and is said to be ignored here.
  const all: object = { logger: quiet, ...options, client }
  const url = await mount(capiMiddleware(all))
  const response = await fetch(`${url}/?fbclid=AbC`, {
    headers: { ...PAGE, 'x-forwarded-for': '203.0.113.7' },
    signal: AbortSignal.timeout(5_000),
  })
  const text = await response.text()
  await client.close({ timeoutMs: 50 })
  await new Promise((resolve) => setImmediate(resolve))
  return { status: response.status, text }
}

function page(factory: typeof express) {
  return (middleware: ReturnType<typeof capiMiddleware>) => {
    const app = factory()
    app.use(middleware)
    app.get('/', (req, res, next) => {
      void (async () => {
        req.capi.setUser({ em: 'anna@example.com', ph: '079 123 45 67' })
        await req.capi.track('Lead', {}, { event_id: '1' })
        await req.capi.with({ custom_data: { a: 1 } }).track('Search')
        res.json([req.capi.context.action_source, req.capi.eventId('a')])
      })().catch(next)
    })
    return serve(app as never)
  }
}

describe.each(Object.keys(FAULTS) as (keyof typeof FAULTS)[])('a function that %s', (fault) => {
  const broken = FAULTS[fault]

  describe.each(Object.keys(FRAMEWORKS) as (keyof typeof FRAMEWORKS)[])('on %s', (framework) => {
    it.each([...HOOKS, ...CLIENT_HOOKS])('as %s fails no request', async (hook) => {
      // A put that never ends is the outbox's promise not to lose the event: that one a request waits for.
      const { status, text } = await visit({ [hook]: broken }, page(FRAMEWORKS[framework]))
      expect([status, text]).toEqual([200, '["website","a"]'])
      expect(unhandled).toEqual([])
    })
  })

  it('as any of the logger’s fails no request', async () => {
    const logger = { warn: broken, error: broken }
    const { status } = await visit({ logger, clientIp: broken }, page(express))
    expect(status).toBe(200)
    expect(unhandled).toEqual([])
  })

  it.each([['autoPageView with it', { autoPageView: true }]] as const)(
    'as everything at once, %s',
    async (_name, more) => {
      const all = Object.fromEntries(HOOKS.map((hook) => [hook, broken]))
      const { status } = await visit({ ...all, ...more }, page(express))
      expect(status).toBe(200)
      expect(unhandled).toEqual([])
    },
  )

  it('as a hook of a bare server fails no request', async () => {
    const all = Object.fromEntries(HOOKS.map((hook) => [hook, broken]))
    const { status, text } = await visit(all, (middleware) =>
      serve(
        createServer((req, res) =>
          middleware(req, res, () => {
            void getCapi(req)
              .track('Lead')
              .then(({ outcome }) => res.end(outcome))
          }),
        ),
      ),
    )
    expect(status).toBe(200)
    expect(['accepted', 'dropped']).toContain(text)
    expect(unhandled).toEqual([])
  })

  it('as the collector’s onRefused or clock changes no answer', async () => {
    const options = {
      allowedOrigins: ['https://shop.example'],
      events: ['Lead'],
      onRefused: broken,
      clock: { now: broken, tick: broken, after: broken } as never,
    }
    const { status } = await visit({}, async (middleware) => {
      const app = express()
      app.use(middleware)
      app.use('/collect', capiCollector(options))
      const url = await serve(app as never)
      for (const origin of ['https://shop.example', 'https://evil.example']) {
        const answer = await fetch(`${url}/collect`, {
          method: 'POST',
          headers: { origin },
          body: '{}',
        })
        expect(answer.status).toBe(204)
      }
      app.get('/', (_req, res) => void res.send('ok'))
      return url
    })
    expect(status).toBe(200)
    expect(unhandled).toEqual([])
  })
})

describe.each(['throws', 'rejects'] as const)('an outbox that %s', (fault) => {
  it.each(STORE)('on %s fails no request', async (method) => {
    const { memoryOutbox } = await import('@capi/core')
    const outbox = { ...memoryOutbox(), [method]: FAULTS[fault] }
    const { status, text } = await visit({ outbox }, page(express))
    expect([status, text]).toEqual([200, '["website","a"]'])
    expect(unhandled).toEqual([])
  })
})
