import express from 'express'
import { describe, expect, it } from 'vitest'
import { capiMiddleware, type RequestOptions } from '../src/index.ts'
import { createWorld, PAGE, serve } from './serve.ts'

/** Two visits to a page that tracks; what was logged for them, and what became of the events. */
async function visit(options: object) {
  const { client, log, logger } = createWorld()
  const app = express()
  app.use(capiMiddleware({ client, logger, autoPageView: true, ...options }))
  app.get('/', async (req, res) => {
    const { outcome } = await req.capi.track('Lead', {}, { user_data: { em: 'a@b.example' } })
    res.json(outcome)
  })
  const url = await serve(app as never)
  const outcomes = []
  for (const path of ['/', '/?again'])
    outcomes.push(await (await fetch(url + path, { headers: PAGE })).json())
  await client.close({ timeoutMs: 1_000 })
  return { outcomes, log: log.filter((line) => line.includes('@capi/express')) }
}

const OPTIONS = [
  'consent',
  'user',
  'clientIp',
  'pageUrl',
  'cookieDomain',
  'skip',
  'autoPageView',
] as const

const insteadOf = (option: string) => (option === 'consent' ? '"denied"' : 'no answer')

describe.each(OPTIONS)('the option %s says once', (option) => {
  it('that it is async', async () => {
    const { log } = await visit({ [option]: async () => undefined })
    expect(log).toEqual([
      expect.stringMatching(`Option ${option} returned a promise: .*\\(option_async\\)`),
    ])
  })

  it('that it threw, without what was thrown', async () => {
    const { log } = await visit({
      [option]: () => {
        throw new TypeError('anna@example.com')
      },
    })
    expect(log).toEqual([
      `@capi/express: Option ${option} threw TypeError: that counts as ${insteadOf(option)}. Logged once (option_threw).`,
    ])
  })

  it('that its answer is none', async () => {
    const { log } = await visit({ [option]: () => 7 })
    expect(log).toEqual([
      expect.stringMatching(`Option ${option} returned no .*\\(option_invalid\\)`),
    ])
    expect(log.join()).not.toContain('7')
  })

  it.each([undefined, null])(
    'nothing of %s, which is the answer of all who know none',
    async (nothing) => {
      expect((await visit({ [option]: () => nothing })).log).toEqual([])
    },
  )
})

it.each([
  ['Error', { name: 'anna@example.com' }],
  ['a text', 'anna@example.com'],
])('names no error whose name may be a person’s: %s', async (_kind, given) => {
  const thrown = typeof given === 'string' ? given : Object.assign(new Error('x'), given)
  const { log } = await visit({
    user: () => {
      throw thrown
    },
  })
  expect(log).toEqual([
    expect.stringContaining('Option user threw something: that counts as no answer.'),
  ])
})

it.each<[how: string, consent: () => unknown]>([
  ['a promise of a yes', async () => 'granted'],
  ['a word nobody knows', () => 'maybe'],
  ['a no from a form', () => '0'],
])('takes %s for no consent', async (_how, consent) => {
  expect((await visit({ consent })).outcomes).toEqual(['dropped', 'dropped'])
})

it.each(['maybe', '', 2, () => 'granted', undefined, null])(
  'takes setConsent(%s) for denied, and says so once',
  async (given) => {
    const { client, log, logger } = createWorld()
    const app = express().use(capiMiddleware({ client, logger, consent: 'pending' }))
    app.get('/', (req, res) => {
      req.capi.setConsent(given as never)
      req.capi.setConsent(given as never)
      res.json(req.capi.consent)
    })
    expect(await (await fetch(await serve(app as never))).json()).toBe('denied')
    expect(log).toEqual([expect.stringContaining('(consent_unknown)')])
  },
)

it.each(['yes', 'true', '1', 1, true, 'Granted'])(
  'takes consent %j, as forms and cookies write it, for granted',
  async (consent) => {
    const { outcomes, log } = await visit({ consent: () => consent })
    expect(outcomes).toEqual(['accepted', 'accepted'])
    expect(log).toEqual([])
  },
)

it.each<[option: string, wrong: object]>([
  ['siteUrl', { siteUrl: 'shop.example' }],
  ['cookieDomain', { cookieDomain: 'https://shop.example' }],
  ['cookieDomain', { cookieDomain: 'localhost:3000' }],
  ['consent', { consent: 'yes' }],
  ['consent', { consent: Promise.resolve('granted') }],
])('refuses a %s that would be ignored, at start-up', (option, wrong) => {
  const { client } = createWorld()
  expect(() => capiMiddleware({ client, ...wrong })).toThrow(`Option ${option} must be`)
})

it.each<RequestOptions>([
  { cookieDomain: 'shop.example' },
  { cookieDomain: '.Shop.example' },
  { cookieDomain: 'localhost' },
  { consent: 'ldu' },
])('starts with %j', (options) => {
  const { client } = createWorld()
  expect(capiMiddleware({ client, ...options }).client).toBe(client)
})
